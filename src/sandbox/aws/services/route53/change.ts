import type { ChangeResourceRecordSetsResponse, GetChangeResponse } from '@aws-sdk/client-route-53'
import { z } from 'zod'
import { newId } from '../../identity.ts'
import { isPast, later } from '../../moment.ts'
import { type Context, operation } from '../../operation.ts'
import { type AwsRefusal, isRefusal, refuse } from '../../refusal.ts'
import { concerning, inOrder, placeOf, type RecordSet, recordSetSchema, type Zone, zoneOf } from './zone.ts'

const changeInput = z.strictObject({
  Id: z.string(),
  ChangeBatch: z.strictObject({
    Comment: z.string().optional(),
    Changes: z
      .array(
        z.strictObject({
          Action: z.enum(['CREATE', 'DELETE', 'UPSERT']),
          ResourceRecordSet: recordSetSchema,
        }),
      )
      .min(1)
      .max(1000),
  }),
})

type Change = z.output<typeof changeInput>['ChangeBatch']['Changes'][number]

/** AWS seconds until every name server knows a change. */
const SECONDS_TO_SYNC = 40

function change(
  input: z.output<typeof changeInput>,
  context: Context,
): ChangeResourceRecordSetsResponse | AwsRefusal {
  const zone = zoneOf(input.Id, context)
  if (isRefusal(zone)) return zone
  // One bad change spoils the batch: nothing of it happens.
  const outcome = applied(zone, input.ChangeBatch.Changes)
  if ('problems' in outcome) return refuse('InvalidChangeBatch', `[${outcome.problems.join(', ')}]`)
  zone.records = inOrder(outcome.records)

  const { world, now, speed } = context
  const at = now.toISOString()
  const made = {
    id: `C${newId(world, 'change', 20).toUpperCase()}`,
    at,
    inSyncAt: later(at, SECONDS_TO_SYNC, speed),
    comment: input.ChangeBatch.Comment,
  }
  zone.changes.push(made)
  return { ChangeInfo: changeView(made, now) }
}

function applied(zone: Zone, changes: readonly Change[]): { records: RecordSet[] } | { problems: string[] } {
  const records = new Map(zone.records.map((record) => [placeOf(record), record]))
  const problems: string[] = []
  for (const { Action, ResourceRecordSet: record } of changes) {
    const place = placeOf(record)
    const problem = problemOf(Action, record, records.get(place), zone)
    if (problem) problems.push(problem)
    else if (Action === 'DELETE') records.delete(place)
    else records.set(place, record)
  }
  const left = [...records.values()]
  for (const alias of left.filter(({ Type }) => Type === 'CNAME')) {
    const other = left.find(({ Name, Type }) => Name === alias.Name && Type !== 'CNAME')
    if (other)
      problems.push(`RRSet of type CNAME with DNS name ${alias.Name} is not permitted beside ${other.Type}`)
  }
  return problems.length > 0 ? { problems } : { records: left }
}

function problemOf(action: Change['Action'], record: RecordSet, there: RecordSet | undefined, zone: Zone) {
  const what = `resource record set [name='${record.Name}', type='${record.Type}']`
  if (record.Name !== zone.name && !record.Name.endsWith(`.${zone.name}`))
    return `RRSet with DNS name ${record.Name} is not permitted in zone ${zone.name}`
  if (!record.AliasTarget && (record.TTL === undefined || !record.ResourceRecords?.length))
    return `Invalid request: ${what} needs a TTL and resource records, or an alias target`
  if (action === 'CREATE' && there) return `Tried to create ${what} but it already exists`
  if (action === 'DELETE' && !there) return `Tried to delete ${what} but it was not found`
  if (action === 'DELETE' && !isSame(record, there))
    return `Tried to delete ${what} but the values provided do not match the current values`
  return undefined
}

/** Members in whatever order they came. */
const isSame = (a: RecordSet, b: RecordSet | undefined): boolean =>
  JSON.stringify(recordSetSchema.parse(a)) === JSON.stringify(recordSetSchema.parse(b))

const changeView = ({ id, at, inSyncAt, comment }: Zone['changes'][number], now: Date) => ({
  Id: `/change/${id}`,
  Status: isPast(inSyncAt, now) ? ('INSYNC' as const) : ('PENDING' as const),
  SubmittedAt: new Date(at),
  Comment: comment,
})

function getChange({ Id }: { Id: string }, { world, now, caller }: Context): GetChangeResponse | AwsRefusal {
  const changes = world.zones
    .filter(({ account }) => account === caller.account)
    .flatMap((zone) => zone.changes)
  const made = changes.find(({ id }) => id === Id)
  if (!made) return refuse('NoSuchChange', `Could not find resource with ID: ${Id}`, { status: 404 })
  return { ChangeInfo: changeView(made, now) }
}

export const changeResourceRecordSets = operation({
  input: changeInput,
  changes: true,
  concerns: concerning,
  run: change,
})

export const getChangeOperation = operation({ input: z.strictObject({ Id: z.string() }), run: getChange })
