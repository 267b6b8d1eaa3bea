import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { dynamoExecutions } from '../../src/adapters/dynamodb/executions.ts'
import { memoryQueue } from '../../src/adapters/memory/queue.ts'
import { renderCard } from '../../src/adapters/slack/render.ts'
import { systemClock } from '../../src/adapters/system/clock.ts'
import type { Card } from '../../src/conversation/card.ts'
import { headlineCard } from '../../src/conversation/headline-card.ts'
import { outcomeCard } from '../../src/conversation/outcome-card.ts'
import { planCard } from '../../src/conversation/plan-card.ts'
import { begin } from '../../src/domain/begin.ts'
import type { ChangeRecord } from '../../src/domain/change.ts'
import { type Execution, executionId, statusOf } from '../../src/domain/execution.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { keep } from '../../src/engine/keep.ts'
import type { Working } from '../../src/engine/look.ts'
import type { TaskType } from '../../src/engine/task-types/task-type.ts'
import { jobsIn, wake } from '../../src/engine/wake.ts'
import { newsOf } from '../../src/engine/what-is-new.ts'
import { work } from '../../src/engine/work.ts'
import { checkBlocks } from '../../src/sandbox/slack/blocks/validate.ts'
import { freshTable } from '../adapters/dynamodb/fresh-table.ts'
import { ANNA, planOf } from '../domain/run.ts'

const TASKS = 2_000
const EDGES = 5_000
/** DynamoDB takes no larger item; far below it means that no plan comes near. */
const FAR_BELOW_BYTES = 400_000 / 8

/** Done as soon as it is started: what takes time here is the engine. */
const noop: TaskType = {
  ...{ type: 'noop', title: () => 'No-op', inputs: z.strictObject({}), timeoutMinutes: 60, quietSeconds: 0 },
  describe: () => 'Does nothing.',
  start: async () => ['nothing'],
  find: async () => [['nothing']],
  check: async () => ({ kind: 'completed', summary: 'Done.', lines: [] }),
  cancel: async () => 'Nothing runs.',
}
const types = new Map([[noop.type, noop]])

/** The first opens the way to 500, which all lead to one; the others hang on to what comes before them. */
function largePlan(): Plan {
  const id = (place: number) => `task-${String(place).padStart(4, '0')}`
  const successors = Array.from({ length: TASKS }, () => new Set<string>())
  const link = (from: number, to: number) => successors[from]?.add(id(to))
  for (let place = 1; place <= 500; place++) {
    link(0, place)
    link(place, 501)
  }
  for (let place = 502; place < TASKS; place++)
    link(place - 1 - ((place * 7) % Math.min(place - 501, 40)), place)
  let edges = 1_000 + TASKS - 502
  for (let step = 1; edges < EDGES; step++) {
    const from = 501 + ((step * 37) % 1_400)
    const to = from + 1 + ((step * 11) % 80)
    if (to >= TASKS || successors[from]?.has(id(to))) continue
    link(from, to)
    edges++
  }
  const tasks = successors.map((after, place) => ({
    ...{
      task_id: id(place),
      task_type: 'noop',
      name: `Step ${place} of the large plan`,
      task_successors: [...after],
    },
  }))
  return planOf({ recovery_plan_id: 'large', name: 'Large', tasks }, types)
}

test('a plan of 2,000 tasks and 5,000 edges, with a fan-in of 500, is loaded, run and told', async () => {
  const plan = largePlan()
  expect(plan.tasks.flatMap(({ successors }) => successors)).toHaveLength(EDGES)
  expect(Math.max(...plan.tasks.map(({ predecessors }) => predecessors.length))).toBe(500)

  const [client, table] = await freshTable()
  const sent = new Map<string, number>()
  client.middlewareStack.add((next, { commandName = '' }) => (args) => {
    sent.set(commandName, (sent.get(commandName) ?? 0) + 1)
    return next(args)
  })
  const store = dynamoExecutions(client, table)
  const clock = systemClock
  const queue = memoryQueue(clock, { work: (job) => work(job, working) })
  const kept = keep(store, clock, (_execution, record) => void queue.put(jobsIn(record)))
  let tokens = 0
  const working: Working = {
    ...{
      keep: kept,
      index: store,
      types,
      clock,
      log: pino({ level: 'silent' }),
      pollSeconds: 1,
      leaseSeconds: 15,
    },
    // A no-op asks nothing of it.
    world: Object.create(null),
    newToken: () => `token-${++tokens}`,
  }
  const at = clock.now().toISOString()
  const order = {
    id: executionId.parse('01LARGE'),
    mode: 'drill' as const,
    places: [],
    at,
    by: ANNA,
    source: 'test',
  }
  const { execution, record } = begin(plan, 1, order)
  expect(await kept.create(execution, record)).toEqual({ kind: 'created' })
  await wake(execution.id, { keep: kept })
  const end = await settled(() => kept.known(execution.id))
  expect(statusOf(end)).toBe('COMPLETED')

  // A save touches up to ninety tasks, so a wide plan costs far less than a write a step; nothing is read again and again.
  expect(sent.get('TransactWriteItemsCommand') ?? 0).toBeLessThan(2 * TASKS)
  expect((sent.get('QueryCommand') ?? 0) + (sent.get('TransactGetItemsCommand') ?? 0)).toBeLessThan(
    TASKS / 10,
  )
  expect(await store.load(execution.id)).toEqual(end)
  expect(await largestItem(client, table)).toBeLessThan(FAR_BELOW_BYTES)

  const records = await store.changesSince(execution.id, 0)
  const half = {
    ...end,
    tasks: new Map(
      [...end.tasks].map(([id, task], place) => [
        id,
        place % 2 ? task : { ...task, status: 'FAILED' as const },
      ]),
    ),
  }
  for (const card of [
    planCard(plan, new Map()),
    headlineCard(half, clock.now()),
    outcomeCard(end),
    ...[0, 3_600].map((later) => news(records, end, later)),
  ]) {
    const { text, blocks } = renderCard(card)
    expect(checkBlocks(blocks)).toMatchObject({ kind: 'valid' })
    expect(blocks.length).toBeLessThanOrEqual(40)
    expect(text.length).toBeLessThanOrEqual(4_000)
  }
}, 240_000)

/** What is told of these records so many seconds after the first of them. */
function news(records: readonly ChangeRecord[], end: Execution, later: number): Card {
  const now = new Date(Date.parse(records[0]?.at ?? '') + later * 1000)
  const told = newsOf(records, end, { now, told: 0, progressSeconds: 10 })
  if (!told) throw new Error('Nothing is told.')
  return told.card
}

async function settled(known: () => Execution | undefined): Promise<Execution> {
  for (;;) {
    const now = known()
    if (now?.endedAt) return now
    await new Promise(setImmediate)
  }
}

async function largestItem(
  client: Awaited<ReturnType<typeof freshTable>>[0],
  table: string,
): Promise<number> {
  let [largest, from] = [0, undefined as Record<string, unknown> | undefined]
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: table, ...(from ? { ExclusiveStartKey: from } : {}) }),
    )
    largest = Math.max(largest, ...Items.map((item) => Buffer.byteLength(JSON.stringify(item))))
    from = LastEvaluatedKey
  } while (from)
  return largest
}
