import { PutCommand } from '@aws-sdk/lib-dynamodb'
import fc from 'fast-check'
import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import { findExecution } from '../../../src/adapters/dynamodb/audit.ts'
import { dynamoExecutions } from '../../../src/adapters/dynamodb/executions.ts'
import { manualClock } from '../../../src/adapters/memory/clock.ts'
import { verify } from '../../../src/domain/audit.ts'
import { begin, blankOf } from '../../../src/domain/begin.ts'
import { evolve } from '../../../src/domain/evolve.ts'
import { executionId } from '../../../src/domain/execution.ts'
import { canonical } from '../../../src/domain/json.ts'
import type { Plan } from '../../../src/domain/plan.ts'
import { keep } from '../../../src/engine/keep.ts'
import { TransientFailure } from '../../../src/ports/failure.ts'
import { planOf } from '../../domain/run.ts'
import { AVERY, minute, nextOf } from '../../support/histories.ts'
import { freshTable } from './fresh-table.ts'

const table = await freshTable()
const store = dynamoExecutions(...table)

/** Each run has a plan of its own, since a plan has one unfinished run. */
const planFor = (id: string, more = 0): Plan =>
  planOf({
    recovery_plan_id: `plan-${id}`,
    tasks: [
      { task_id: 'gate', task_type: 'approval', task_successors: ['a', 'b'] },
      { task_id: 'a', task_type: 'work', task_successors: ['c'], retries: 1 },
      { task_id: 'b', task_type: 'work', inputs: { size: 7 }, task_successors: ['c'] },
      { task_id: 'c', task_type: 'work' },
      ...Array.from({ length: more }, (_, place) => ({ task_id: `more-${place}`, task_type: 'work' })),
    ],
  })

/** Begins a run and takes a step a die, as the engine does; a process that knows the run, or one that just started, saves it. */
async function walk(id: string, plan: Plan, dice: readonly number[]) {
  const clock = manualClock(minute(0))
  const order = {
    id: executionId.parse(id),
    mode: 'drill',
    reason: 'rehearsal',
    places: [{ platform: 'slack', channel: 'C1' }],
    at: minute(0),
    by: AVERY,
    source: 'slack',
  } as const
  const begun = begin(plan, 1, order)
  await store.create(begun.execution, begun.record)
  let keeping = keep(store, clock)
  for (const die of dice) {
    clock.advance(60_000)
    if (die % 5 === 0) keeping = keep(store, clock)
    const execution = await keeping.current(order.id)
    const next = execution && nextOf(execution, die, clock.now().toISOString())
    if (execution && next) await keeping.commit(execution, next)
  }
  return order
}

async function expectReplayed(plan: Plan, order: Awaited<ReturnType<typeof walk>>): Promise<number> {
  const records = await store.changesSince(order.id, 0)
  const replayed = records.reduce(evolve, blankOf(plan, 1, order))
  const loaded = await store.load(order.id)
  expect(canonical(replayed)).toBe(canonical(loaded))
  expect([...replayed.tasks.keys()]).toEqual([...(loaded?.tasks.keys() ?? [])])
  const found = await findExecution(...table, order.id)
  expect(found && verify(found, plan)).toEqual([])
  return records.length
}

test('the records of a run, replayed over its plan, give what the table holds, byte for byte', async () => {
  const lengths: number[] = []
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { minLength: 5, maxLength: 30, size: 'max' }), async (dice) => {
      const id = ulid()
      const plan = planFor(id)
      lengths.push(await expectReplayed(plan, await walk(id, plan, dice)))
    }),
    { numRuns: 12, endOnFailure: true },
  )
  expect(Math.max(...lengths)).toBeGreaterThan(10)
})

test('so do those of a run too large for one transaction', async () => {
  const id = ulid()
  const plan = planFor(id, 200)
  expect(await expectReplayed(plan, await walk(id, plan, [1, 2, 3, 64, 5, 6, 128, 7]))).toBeGreaterThan(4)
})

test('what a start that died has left does not count', async () => {
  const [id, plan] = [ulid(), planFor('dead', 0)]
  const order = await walk(id, plan, [1, 2, 3])
  const [client, name] = table
  const left = { pk: `EXECUTION#${id}`, sk: 'TASK#0000000000000000#gate', version: 1, order: 0, json: '{}' }
  await client.send(new PutCommand({ TableName: name, Item: left }))
  await expectReplayed(plan, order)
})

test('a run that goes on while it is read is never taken for a tampered one', async () => {
  const [id, plan] = [ulid(), planFor('busy')]
  const dice = Array.from({ length: 40 }, (_, place) => place * 67 + 1)
  let goesOn = true
  const walked = walk(id, plan, dice).finally(() => {
    goesOn = false
  })
  let read = 0
  while (goesOn) {
    const found = await findExecution(...table, executionId.parse(id)).catch(unlessTransient)
    if (!found) continue
    read += 1
    expect(verify(found, plan)).toEqual([])
  }
  expect(read).toBeGreaterThan(0)
  await expectReplayed(plan, await walked)
})

/** It changed during each of the reads: the audit says so, and checks it another time. */
function unlessTransient(error: unknown): undefined {
  if (!(error instanceof TransientFailure)) throw error
}
