import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
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

/** "payments-app-1: snapshot taken". */
export function inWords(
  { event, eventData = {} }: z.output<typeof logSchema>,
  nameOf: (server: string) => string,
): string {
  const { sourceServerID, targetInstanceID, rawError } = eventData
  const words: { readonly [event: string]: string } = say().outcome.drs.log
  const what =
    (Object.hasOwn(words, event) && words[event]) || plain(event).toLowerCase().replaceAll('_', ' ')
  const instance = targetInstanceID && event === 'LAUNCH_START' ? ` ${plain(targetInstanceID)}` : ''
  const who = sourceServerID ? plain(nameOf(sourceServerID)) : 'DRS'
  return `${who}: ${what}${instance}${rawError ? ` (${plain(rawError)})` : ''}`
}
