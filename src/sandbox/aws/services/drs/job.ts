import type { Job, JobStatus, LaunchStatus } from '@aws-sdk/client-drs'
import { z } from 'zod'
import { isPast } from '../../moment.ts'
import type { Context } from '../../operation.ts'

const logEntry = z.object({
  at: z.string(),
  event: z.enum([
    'JOB_START',
    'SERVER_SKIPPED',
    'CLEANUP_START',
    'CLEANUP_END',
    'SNAPSHOT_START',
    'SNAPSHOT_END',
    'SNAPSHOT_FAIL',
    'USING_PREVIOUS_SNAPSHOT',
    'CONVERSION_START',
    'CONVERSION_END',
    'LAUNCH_START',
    'LAUNCH_FAILED',
    'JOB_END',
  ]),
  server: z.string().optional(),
  instance: z.string().optional(),
  conversionServer: z.string().optional(),
  error: z.string().optional(),
})

/** What a job does with one server. All of it is settled when the job starts, and comes to light as time passes. */
const course = z.object({
  server: z.string(),
  beginsAt: z.string(),
  /** Null when it hangs. */
  endsAt: z.string().nullable(),
  result: z.enum(['LAUNCHED', 'FAILED', 'SKIPPED', 'TERMINATED']),
  /** The recovery instance that is launched or terminated. */
  instance: z.string().optional(),
  /** The state of the source server's disks that the instance was launched from. */
  pointInTime: z.string().optional(),
  /** An earlier recovery instance that goes, and when. */
  removes: z.object({ instance: z.string(), at: z.string() }).optional(),
})

export const jobSchema = z.object({
  id: z.string(),
  account: z.string(),
  region: z.string(),
  type: z.enum(['LAUNCH', 'TERMINATE']),
  initiatedBy: z.enum(['START_RECOVERY', 'START_DRILL', 'TERMINATE_RECOVERY_INSTANCES']),
  createdAt: z.string(),
  startsAt: z.string(),
  /** Null when it never ends. */
  endsAt: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  courses: z.array(course),
  log: z.array(logEntry),
})

export type DrsJob = z.output<typeof jobSchema>
export type Course = DrsJob['courses'][number]
export type LogEntry = DrsJob['log'][number]

/** The jobs of the caller's account and Region, oldest first. */
export const jobsOf = ({ world, caller, region }: Context): DrsJob[] =>
  world.jobs.filter((job) => job.account === caller.account && job.region === region)

export const isActive = (job: DrsJob, now: Date): boolean => !isPast(job.endsAt, now)

export function launchStatusOf({ beginsAt, endsAt, result }: Course, now: Date): LaunchStatus {
  if (!isPast(beginsAt, now)) return 'PENDING'
  if (!isPast(endsAt, now)) return 'IN_PROGRESS'
  return result === 'SKIPPED' ? 'PENDING' : result
}

/** The job as DRS shows it at this moment. */
export function jobView(job: DrsJob, now: Date): Job {
  const status: JobStatus = !isActive(job, now)
    ? 'COMPLETED'
    : isPast(job.startsAt, now)
      ? 'STARTED'
      : 'PENDING'
  return {
    jobID: job.id,
    arn: `arn:aws:drs:${job.region}:${job.account}:job/${job.id}`,
    type: job.type,
    initiatedBy: job.initiatedBy,
    creationDateTime: job.createdAt,
    ...(job.endsAt && status === 'COMPLETED' ? { endDateTime: job.endsAt } : {}),
    status,
    participatingServers: job.courses.map((course) => {
      const launchStatus = launchStatusOf(course, now)
      const shown = launchStatus === 'LAUNCHED' || job.type === 'TERMINATE'
      return {
        sourceServerID: course.server,
        launchStatus,
        ...(shown && course.instance ? { recoveryInstanceID: course.instance } : {}),
      }
    }),
    tags: job.tags,
  }
}
