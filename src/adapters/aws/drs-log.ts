import { z } from 'zod'
import { plain } from './failure.ts'

export const logSchema = z.object({
  logDateTime: z.string().default(''),
  event: z.string().min(1),
  eventData: z
    .object({
      sourceServerID: z.string().optional(),
      targetInstanceID: z.string().optional(),
      rawError: z.string().optional(),
    })
    .optional(),
})

const WORDS: { readonly [event: string]: string } = {
  JOB_START: 'the job has started',
  JOB_END: 'the job has ended',
  JOB_CANCEL: 'the job was cancelled',
  SERVER_SKIPPED: 'SKIPPED, it was not launched',
  CLEANUP_START: 'removing the instance of an earlier launch',
  CLEANUP_END: 'instance of an earlier launch removed',
  CLEANUP_FAIL: 'the instance of an earlier launch could not be removed',
  SNAPSHOT_START: 'taking a snapshot',
  SNAPSHOT_END: 'snapshot taken',
  SNAPSHOT_FAIL: 'the snapshot FAILED',
  USING_PREVIOUS_SNAPSHOT: 'an OLDER snapshot is used, the newest data will be missing',
  USING_PREVIOUS_SNAPSHOT_FAILED: 'FAILED to use an older snapshot',
  CONVERSION_START: 'converting the disks',
  CONVERSION_END: 'disks converted',
  CONVERSION_FAIL: 'the conversion of the disks FAILED',
  LAUNCH_START: 'launching',
  LAUNCH_FAILED: 'the launch FAILED',
}

/** "payments-app-1: snapshot taken". */
export function inWords(
  { event, eventData = {} }: z.output<typeof logSchema>,
  nameOf: (server: string) => string,
): string {
  const { sourceServerID, targetInstanceID, rawError } = eventData
  const what = WORDS[event] ?? plain(event).toLowerCase().replaceAll('_', ' ')
  const instance = targetInstanceID && event === 'LAUNCH_START' ? ` ${plain(targetInstanceID)}` : ''
  const who = sourceServerID ? plain(nameOf(sourceServerID)) : 'DRS'
  return `${who}: ${what}${instance}${rawError ? ` (${plain(rawError)})` : ''}`
}
