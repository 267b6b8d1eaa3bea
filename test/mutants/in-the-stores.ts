import type { Mutant } from './mutant.ts'

const STORES = ['test/adapters/dynamodb/stores.test.ts']
const EXECUTIONS = 'src/adapters/dynamodb/executions.ts'
const GUARDS = ['test/adapters/dynamodb/saves.test.ts']
const LEASE = ['test/adapters/dynamodb/lease.test.ts']

/** DynamoDB and Redis. */
export const IN_THE_STORES: readonly Mutant[] = [
  {
    name: 'a save on an old version passes (b.1 row 16)',
    file: EXECUTIONS,
    from: `        put(table, head, 'version = :read', { ':read': before.version }),
        put(table, change, NOT_THERE),`,
    to: `        put(table, head),
        put(table, change),`,
    caughtBy: STORES,
  },
  {
    name: 'the head is saved whatever version it has',
    file: EXECUTIONS,
    from: "put(table, head, 'version = :read', { ':read': before.version }),",
    to: 'put(table, head),',
    caughtBy: GUARDS,
  },
  {
    name: 'a record may be written over another one',
    file: EXECUTIONS,
    from: 'put(table, change, NOT_THERE),\n        ...lockWrites',
    to: 'put(table, change),\n        ...lockWrites',
    caughtBy: GUARDS,
  },
  {
    name: 'a save whose reply was lost is told as a failure',
    file: EXECUTIONS,
    from: "if (await isOurs(record).catch(() => false)) return { kind: 'saved' }",
    to: '',
    caughtBy: ['test/adapters/dynamodb/faults.test.ts'],
  },
  {
    name: 'a save that was repeated is told as stale',
    file: EXECUTIONS,
    from: "return (await isOurs(record)) ? { kind: 'saved' } : { kind: 'stale' }",
    to: "return { kind: 'stale' }",
    caughtBy: STORES,
  },
  {
    name: 'two runs of one plan go on side by side',
    file: 'src/adapters/dynamodb/writes.ts',
    from: 'put(table, { ...activeKey(plan.id), execution: id }, NOT_THERE)',
    to: 'put(table, { ...activeKey(plan.id), execution: id })',
    caughtBy: STORES,
  },
  {
    name: 'a conflict of two transactions is taken for a verdict',
    file: 'src/adapters/dynamodb/transact.ts',
    from: 'if (!isPassing(error)) throw error',
    to: 'throw error',
    caughtBy: ['test/adapters/dynamodb/faults.test.ts'],
  },
  {
    name: 'a list ends with its first page (b.1 row 13)',
    file: 'src/adapters/dynamodb/query.ts',
    from: 'while (next && items.length < (range.limit ?? Number.POSITIVE_INFINITY))',
    to: 'while (next && items.length < 0)',
    caughtBy: ['test/adapters/dynamodb/pages.test.ts'],
  },
  {
    name: 'a call under a key runs again while the first one still runs',
    file: 'src/adapters/dynamodb/calls.ts',
    from: "'attribute_not_exists(pk) OR expires_at <= :seconds OR (attribute_not_exists(#status) AND claimed_at <= :dead)'",
    to: "'expires_at <= :seconds OR attribute_not_exists(#status) OR claimed_at > :dead'",
    caughtBy: STORES,
  },
  {
    name: 'two save the same revision of a thread',
    file: 'src/adapters/dynamodb/revisions.ts',
    from: "ConditionExpression: 'revision = :read',",
    to: "ConditionExpression: 'revision >= :read',",
    caughtBy: STORES,
  },
  {
    name: 'a change that could not be told is taken for told (b.1 row 9)',
    file: 'src/adapters/dynamodb/stream-records.ts',
    from: 'if (failed === undefined) return new Map()',
    to: 'if (failed !== null) return new Map()',
    caughtBy: ['test/adapters/dynamodb/stream-records.test.ts'],
  },
  {
    name: 'the lease of the stream is taken from whoever holds it',
    file: 'src/adapters/dynamodb/stream-lease.ts',
    from: 'const isFree = found?.owner === undefined || found.owner === owner',
    to: "const isFree = found?.owner !== ''",
    caughtBy: ['test/adapters/dynamodb/stream.test.ts'],
  },
  {
    name: 'several take the free lease of the stream at once',
    file: 'src/adapters/dynamodb/stream-lease.ts',
    from: "ConditionExpression: found ? 'beat = :seen' : 'attribute_not_exists(pk)',",
    to: "ConditionExpression: found ? 'beat >= :seen' : 'attribute_not_exists(nobody)',",
    caughtBy: LEASE,
  },
  {
    name: 'a reader that lost the lease goes on, and overwrites how far another one has come',
    file: 'src/adapters/dynamodb/stream-lease.ts',
    from: "ConditionExpression: '#owner = :me',",
    to: "ConditionExpression: '#owner = :me OR attribute_exists(#owner)',",
    caughtBy: LEASE,
  },
  {
    name: 'to put a job waits for as long as Redis is away',
    file: 'src/adapters/bullmq/queue.ts',
    from: 'const DEADLINE_MILLISECONDS = 500',
    to: 'const DEADLINE_MILLISECONDS = 3_000',
    caughtBy: ['test/adapters/bullmq/queue.test.ts'],
  },
  {
    name: 'a finished job stays behind in Redis, and its name is never run again',
    file: 'src/adapters/bullmq/queue.ts',
    from: 'removeOnComplete: true',
    to: 'removeOnComplete: false',
    caughtBy: ['test/adapters/bullmq/queue.test.ts'],
  },
  {
    name: 'every put of a job is another job',
    file: 'src/adapters/bullmq/queue.ts',
    from: 'opts: { jobId, ',
    to: 'opts: { jobId: jobId + Math.random(), ',
    caughtBy: ['test/adapters/bullmq/queue.test.ts'],
  },
]
