import type { DescribeRecoveryInstancesResponse, RecoveryInstance } from '@aws-sdk/client-drs'
import { z } from 'zod'
import { shareOf } from '../../identity.ts'
import { isPast } from '../../moment.ts'
import { type Context, operation } from '../../operation.ts'
import { pageOf } from '../../page.ts'
import type { AwsRefusal } from '../../refusal.ts'
import { badToken, instanceId, paging, serverId, serversOf } from './input.ts'
import { isActive, jobsOf } from './job.ts'

export interface Instance {
  readonly id: string
  readonly server: string
  readonly job: string
  readonly isDrill: boolean
  readonly pointInTime: string
  /** A job that terminates it is under way. */
  readonly leaving: boolean
}

/** The recovery instances there are now: what jobs have launched, less what later jobs have removed. */
export function instancesOf(context: Context): Instance[] {
  const { now } = context
  const jobs = jobsOf(context)
  const courses = jobs.flatMap((job) => job.courses.map((course) => ({ job, ...course })))
  const gone = courses
    .filter(({ removes }) => isPast(removes?.at ?? null, now))
    .map(({ removes }) => removes?.instance)
  const leaving = courses
    .filter(({ job }) => job.type === 'TERMINATE' && isActive(job, now))
    .map(({ instance }) => instance)
  return courses.flatMap(({ job, server, result, endsAt, instance, pointInTime }) => {
    if (result !== 'LAUNCHED' || !isPast(endsAt, now) || !instance || !pointInTime) return []
    if (gone.includes(instance)) return []
    const isDrill = job.initiatedBy === 'START_DRILL'
    return [{ id: instance, server, job: job.id, isDrill, pointInTime, leaving: leaving.includes(instance) }]
  })
}

const input = z.strictObject({
  filters: z
    .strictObject({
      recoveryInstanceIDs: z.array(instanceId).optional(),
      sourceServerIDs: z.array(serverId).optional(),
    })
    .default({}),
  ...paging,
})

function describe(
  wanted: z.output<typeof input>,
  context: Context,
): DescribeRecoveryInstancesResponse | AwsRefusal {
  const { recoveryInstanceIDs, sourceServerIDs } = wanted.filters
  const found = instancesOf(context)
    .filter(({ id }) => recoveryInstanceIDs?.includes(id) ?? true)
    .filter(({ server }) => sourceServerIDs?.includes(server) ?? true)
  const page = pageOf(found, wanted.maxResults, wanted.nextToken)
  if (page === 'bad-token') return badToken(wanted.nextToken)
  return {
    items: page.items.map((instance) => view(instance, context)),
    ...(page.next ? { nextToken: page.next } : {}),
  }
}

function view(instance: Instance, context: Context): RecoveryInstance {
  const { caller, region } = context
  const hostname = serversOf(context).find(({ id }) => id === instance.server)?.name ?? instance.server
  const host = 4 + Math.floor(250 * shareOf(instance.id))
  return {
    recoveryInstanceID: instance.id,
    ec2InstanceID: instance.id,
    ec2InstanceState: instance.leaving ? 'SHUTTING-DOWN' : 'RUNNING',
    arn: `arn:aws:drs:${region}:${caller.account}:recovery-instance/${instance.id}`,
    sourceServerID: instance.server,
    jobID: instance.job,
    isDrill: instance.isDrill,
    pointInTimeSnapshotDateTime: instance.pointInTime,
    originEnvironment: 'AWS',
    failback: { state: 'FAILBACK_NOT_STARTED' },
    recoveryInstanceProperties: {
      identificationHints: { hostname },
      networkInterfaces: [{ ips: [`10.20.0.${host}`], isPrimary: true }],
    },
    tags: {},
  }
}

export const describeRecoveryInstances = operation({ input, run: describe })
