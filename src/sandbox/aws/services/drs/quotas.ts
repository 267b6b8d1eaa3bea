import type { Estate } from '../../estate.ts'
import type { Context } from '../../operation.ts'
import { type AwsRefusal, refuse } from '../../refusal.ts'
import { isActive, jobsOf } from './job.ts'

/** One quota of an account. */
interface Quota {
  readonly code: string
  /** As documented. */
  readonly limit: number
  readonly name: string
}

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

/** What Service Quotas tells of DRS. */
export const quotasOf = ({ quotas }: Estate): readonly Quota[] =>
  [SERVERS_IN_ONE_JOB, SERVERS_IN_ALL_JOBS, JOBS_AT_ONCE].map((quota) => inEstate(quota, quotas))

const inEstate = (quota: Quota, quotas: Estate['quotas']): Quota => ({
  ...quota,
  limit: quotas[quota.code] ?? quota.limit,
})

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

  const { quotas } = context.estate
  const inOne = inEstate(SERVERS_IN_ONE_JOB, quotas)
  const inAll = inEstate(SERVERS_IN_ALL_JOBS, quotas)
  const atOnce = inEstate(JOBS_AT_ONCE, quotas)
  if (servers.length > inOne.limit) return exceeded(inOne)
  if (inJobs.length + servers.length > inAll.limit) return exceeded(inAll)
  if (active.length >= atOnce.limit) return exceeded(atOnce)
  return undefined
}

const exceeded = ({ code, limit, name }: Quota): AwsRefusal =>
  refuse('ServiceQuotaExceededException', `${name}: the quota of ${limit} is reached.`, {
    status: 402,
    fields: { quotaCode: code, serviceCode: 'drs' },
  })
