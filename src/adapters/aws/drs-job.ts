import { z } from 'zod'
import type { RecoveryJob, RecoveryServer } from '../../ports/aws.ts'

export const jobSchema = z.object({
  jobID: z.string().min(1),
  type: z.string().optional(),
  initiatedBy: z.string().optional(),
  creationDateTime: z.string().default(''),
  status: z.string().optional(),
  participatingServers: z
    .array(
      z.object({
        sourceServerID: z.string(),
        launchStatus: z.string().optional(),
        recoveryInstanceID: z.string().optional(),
      }),
    )
    .default([]),
  tags: z.record(z.string(), z.string()).default({}),
})

const MODES: { readonly [initiatedBy: string]: RecoveryJob['mode'] } = {
  START_RECOVERY: 'recovery',
  START_DRILL: 'drill',
}

/** What DRS does not say, or says in a word that is not known here, is still going on. */
const STATES: { readonly [launchStatus: string]: RecoveryServer['state'] } = {
  PENDING: 'waiting',
  IN_PROGRESS: 'launching',
  LAUNCHED: 'launched',
  FAILED: 'failed',
  TERMINATED: 'terminated',
}

/** A job as DRS shows it; nothing for what is no job at all. */
export function jobOf(item: unknown): RecoveryJob[] {
  const { data: job } = jobSchema.safeParse(item)
  if (!job) return []
  return [
    {
      id: job.jobID,
      ended: job.status === 'COMPLETED',
      startedAt: job.creationDateTime,
      mode: MODES[job.initiatedBy ?? ''] ?? 'other',
      servers: job.participatingServers.map(({ sourceServerID, launchStatus, recoveryInstanceID }) => ({
        id: sourceServerID,
        state: STATES[launchStatus ?? ''] ?? 'launching',
        instance: recoveryInstanceID,
      })),
      tags: job.tags,
    },
  ]
}
