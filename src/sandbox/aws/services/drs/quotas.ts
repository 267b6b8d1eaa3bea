import type { Context } from '../../operation.ts'
import { type AwsRefusal, refuse } from '../../refusal.ts'
import { isActive, jobsOf } from './job.ts'

const SERVERS_IN_ONE_JOB = {
  code: 'L-B827C881',
  limit: 100,
  name: 'Max number of source servers in a single job',
}
const SERVERS_IN_ALL_JOBS = {
  code: 'L-05AFA8C6',
  limit: 500,
  name: 'Max number of source servers in all jobs',
}
const JOBS_AT_ONCE = { code: 'L-D88FAC3A', limit: 20, name: 'Concurrent jobs in progress' }

/** Why a job on these servers cannot start now: one of them is in a job, or the account has no room for another. */
export function busyOrFull(servers: readonly string[], context: Context): AwsRefusal | undefined {
  const active = jobsOf(context).filter((job) => isActive(job, context.now))
  const inJobs = active.flatMap(({ courses }) => courses.map(({ server }) => server))

  // At most one job per server (quota L-DD6D028C): DRS calls this a conflict, and does not name the other job.
  const busy = servers.find((server) => inJobs.includes(server))
  if (busy)
    return refuse('ConflictException', `Source server ${busy} is participating in an active job.`, {
      status: 409,
      fields: { resourceId: busy, resourceType: 'source-server' },
    })

  if (servers.length > SERVERS_IN_ONE_JOB.limit) return exceeded(SERVERS_IN_ONE_JOB)
  if (inJobs.length + servers.length > SERVERS_IN_ALL_JOBS.limit) return exceeded(SERVERS_IN_ALL_JOBS)
  if (active.length >= JOBS_AT_ONCE.limit) return exceeded(JOBS_AT_ONCE)
  return undefined
}

const exceeded = ({ code, limit, name }: typeof JOBS_AT_ONCE): AwsRefusal =>
  refuse('ServiceQuotaExceededException', `${name}: the quota of ${limit} is reached.`, {
    status: 402,
    fields: { quotaCode: code, serviceCode: 'drs' },
  })
