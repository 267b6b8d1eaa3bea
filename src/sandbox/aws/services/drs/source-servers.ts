import type { DescribeSourceServersResponse, LastLaunchResult, SourceServer } from '@aws-sdk/client-drs'
import { z } from 'zod'
import type { Application, EstateServer } from '../../estate.ts'
import { type Context, operation } from '../../operation.ts'
import { pageOf } from '../../page.ts'
import type { AwsRefusal } from '../../refusal.ts'
import { badToken, paging, serverId, serversOf } from './input.ts'
import { instancesOf } from './instances.ts'
import { jobsOf, launchStatusOf } from './job.ts'

const input = z.strictObject({
  filters: z.strictObject({ sourceServerIDs: z.array(serverId).optional() }).default({}),
  ...paging,
})

function describe(
  wanted: z.output<typeof input>,
  context: Context,
): DescribeSourceServersResponse | AwsRefusal {
  const { sourceServerIDs } = wanted.filters
  const found = serversOf(context).filter(({ id }) => sourceServerIDs?.includes(id) ?? true)
  const page = pageOf(found, wanted.maxResults, wanted.nextToken)
  if (page === 'bad-token') return badToken(wanted.nextToken)
  return {
    items: page.items.map((server) => view(server, context)),
    ...(page.next ? { nextToken: page.next } : {}),
  }
}

function view(server: EstateServer, context: Context): SourceServer {
  const { estate, now, caller, region } = context
  const application = estate.applications.find(({ servers }) => servers.includes(server))
  const instance = instancesOf(context).find((there) => there.server === server.id)
  const { state, lagSeconds } = server.replication
  return {
    sourceServerID: server.id,
    arn: `arn:aws:drs:${region}:${caller.account}:source-server/${server.id}`,
    tags: tagsOf(server, application),
    ...(instance ? { recoveryInstanceId: instance.id } : {}),
    ...launchHistory(server, context),
    dataReplicationInfo: {
      dataReplicationState: state,
      lagDuration: durationOf(lagSeconds),
      stagingAvailabilityZone: `${region}a`,
      ...(state === 'STALLED' ? { dataReplicationError: { error: 'AGENT_NOT_SEEN' } } : {}),
    },
    sourceProperties: {
      identificationHints: { hostname: server.name, fqdn: `${server.name}.example.com` },
      recommendedInstanceType: server.instanceType,
      os: { fullString: 'Linux version 6.1 (sample)' },
      lastUpdatedDateTime: now.toISOString(),
    },
    sourceCloudProperties: {
      originAccountID: caller.account,
      originRegion: estate.primaryRegion,
      originAvailabilityZone: `${estate.primaryRegion}a`,
    },
    replicationDirection: 'FAILOVER',
  }
}

const tagsOf = (server: EstateServer, application: Application | undefined): Record<string, string> => ({
  Name: server.name,
  tier: server.tier,
  application: application?.name ?? '',
})

type History = Pick<SourceServer, 'lastLaunchResult' | 'lifeCycle'>

/** The last launch, as DRS remembers it at the server itself: jobs can be deleted, this cannot. */
function launchHistory(server: EstateServer, context: Context): History {
  const launches = jobsOf(context).filter(({ type }) => type === 'LAUNCH')
  const job = launches.findLast(({ courses }) => courses.some((course) => course.server === server.id))
  const course = job?.courses.find((one) => one.server === server.id)
  const lifeCycle = {
    addedToServiceDateTime: '2025-11-03T09:00:00.000Z',
    firstByteDateTime: '2025-11-03T09:12:00.000Z',
    lastSeenByServiceDateTime: context.now.toISOString(),
  }
  if (!job || !course) return { lastLaunchResult: 'NOT_STARTED', lifeCycle }
  const status = launchStatusOf(course, context.now)
  const result: LastLaunchResult =
    status === 'LAUNCHED' ? 'SUCCEEDED' : status === 'FAILED' ? 'FAILED' : 'PENDING'
  return {
    lastLaunchResult: result,
    lifeCycle: {
      ...lifeCycle,
      lastLaunch: {
        status,
        initiated: {
          apiCallDateTime: job.createdAt,
          jobID: job.id,
          type: job.initiatedBy === 'START_DRILL' ? 'DRILL' : 'RECOVERY',
        },
      },
    },
  }
}

/** ISO 8601 as DRS writes it: PT1H30M, PT0S. */
function durationOf(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const parts = [hours && `${hours}H`, minutes && `${minutes}M`, rest && `${rest}S`].filter(Boolean)
  return `PT${parts.join('') || '0S'}`
}

export const describeSourceServers = operation({ input, run: describe })
