import type { DescribeRecoverySnapshotsResponse } from '@aws-sdk/client-drs'
import { z } from 'zod'
import type { EstateServer } from '../../estate.ts'
import { idOf } from '../../identity.ts'
import { type Context, operation } from '../../operation.ts'
import { pageOf } from '../../page.ts'
import { type AwsRefusal, isRefusal, refuse } from '../../refusal.ts'
import { badToken, moment, paging, serverId, serverOf } from './input.ts'

export interface Snapshot {
  readonly id: string
  readonly at: string
}

/** What DRS keeps unless told otherwise: every ten minutes for an hour, hourly for a day, daily for a week. */
const KEPT = [
  { everyMinutes: 10, forMinutes: 60 },
  { everyMinutes: 60, forMinutes: 24 * 60 },
  { everyMinutes: 24 * 60, forMinutes: 7 * 24 * 60 },
]

/** A server's points in time, newest first. They follow the clock, not the sped-up time of jobs. */
export function snapshotsOf(server: EstateServer, now: Date): Snapshot[] {
  const latest = now.getTime() - server.replication.lagSeconds * 1000
  const moments = KEPT.flatMap(({ everyMinutes, forMinutes }) => {
    const step = everyMinutes * 60_000
    const newest = Math.floor(latest / step) * step
    return Array.from({ length: forMinutes / everyMinutes }, (_, back) => newest - back * step)
  })
  return [...new Set(moments)]
    .sort((a, b) => b - a)
    .map((milliseconds) => new Date(milliseconds).toISOString())
    .map((at) => ({ id: `pit-${idOf(`${server.id} ${at}`, 17)}`, at }))
}

const input = z.strictObject({
  sourceServerID: serverId,
  filters: z.strictObject({ fromDateTime: moment.optional(), toDateTime: moment.optional() }).default({}),
  order: z.enum(['ASC', 'DESC']).default('ASC'),
  ...paging,
})

function describe(
  wanted: z.output<typeof input>,
  context: Context,
): DescribeRecoverySnapshotsResponse | AwsRefusal {
  const server = serverOf(wanted.sourceServerID, context)
  if (isRefusal(server)) return server
  const { fromDateTime = '', toDateTime = '9' } = wanted.filters
  const found = snapshotsOf(server, context.now).filter(({ at }) => at >= fromDateTime && at <= toDateTime)
  if (wanted.order === 'ASC') found.reverse()
  const page = pageOf(found, wanted.maxResults, wanted.nextToken)
  if (page === 'bad-token') return badToken(wanted.nextToken)
  return {
    items: page.items.map(({ id, at }) => ({
      snapshotID: id,
      sourceServerID: server.id,
      expectedTimestamp: at,
      timestamp: at,
      ebsSnapshots: [`snap-${idOf(id, 17)}`],
    })),
    ...(page.next ? { nextToken: page.next } : {}),
  }
}

export const describeRecoverySnapshots = operation({
  input,
  concerns: ({ sourceServerID }) => ({ server: [sourceServerID] }),
  run: describe,
})

/** The moment of a snapshot that StartRecovery was told to use. */
export function chosenMoment(id: string, server: EstateServer, now: Date): string | AwsRefusal {
  const snapshot = snapshotsOf(server, now).find((kept) => kept.id === id)
  if (snapshot) return snapshot.at
  return refuse('ResourceNotFoundException', `Recovery snapshot ${id} of ${server.id} was not found.`, {
    status: 404,
    fields: { resourceId: id, resourceType: 'recovery-snapshot' },
  })
}
