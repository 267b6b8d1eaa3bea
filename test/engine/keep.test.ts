import { expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { type Execution, taskOf } from '../../src/domain/execution.ts'
import { taskId } from '../../src/domain/task.ts'
import { keep } from '../../src/engine/keep.ts'
import { ALICE, begun, move } from '../support/executions.ts'

async function ground() {
  const store = memoryExecutions()
  const { execution, record } = begun()
  await store.create(execution, record)
  return { store, execution, kept: keep(store, manualClock()) }
}

test('a save that would break a promise throws, and nothing is written', async () => {
  const { store, execution, kept } = await ground()
  const start = move(execution, 't0', 'start')
  const twice = { by: ALICE, source: 'test', changes: [start, start] }
  await expect(kept.commit(execution, twice)).rejects.toThrow('every status change is a cell of the table')
  expect(await store.load(execution.id)).toEqual(execution)
})

test('what others have saved since is known, and a save on what stood before it is stale', async () => {
  const { store, execution, kept } = await ground()
  await kept.current(execution.id)
  const saved = await keep(store, manualClock()).commit(execution, {
    by: ALICE,
    source: 'test',
    changes: [move(execution, 't0', 'start')],
  })
  const late = { by: ALICE, source: 'test', changes: [move(execution, 't1', 'start')] }
  expect(await kept.commit(execution, late)).toEqual({ kind: 'stale' })
  expect(saved).toEqual({ kind: 'saved', execution: await kept.current(execution.id) })
})

test('of two changes of one task that are asked for at once one counts, and both hear what then stands', async () => {
  const { execution, kept } = await ground()
  const skip = () => kept.change(execution.id, skipOnce)
  const [one, other] = await Promise.all([skip(), skip()])
  expect([one?.counted, other?.counted]).toEqual([true, false])
  expect(other?.execution).toEqual(await kept.current(execution.id))
})

test('a change without an effect on what is known is asked for again on what others have saved', async () => {
  const { store, execution, kept } = await ground()
  // Now nothing is owed, and all tasks are under way.
  await kept.change(execution.id, () => [])
  const another = keep(store, manualClock())
  await another.change(execution.id, (found) => [move(found, 't0', 'complete')])
  const retry = await kept.change(execution.id, (found) =>
    taskOf(found, T0).status === 'COMPLETED' ? [move(found, 't0', 'retry')] : [],
  )
  expect(retry?.counted).toBe(true)
  expect(taskOf(retry?.execution ?? execution, T0).attempt).toBe(2)
})

const T0 = taskId.parse('t0')

/** Skips the first task of the run while it may be skipped. */
const skipOnce = (found: Execution) =>
  taskOf(found, T0).status === 'PENDING' ? [move(found, 't0', 'skip', 'not needed')] : []

test('whoever asks in the very moment in which the last one is answered is answered as well', async () => {
  const { execution, kept } = await ground()
  for (let late = 0; late < 20; late++) {
    const first = kept.change(execution.id, () => [])
    const second = first.then(async () => {
      for (let turn = 0; turn < late; turn++) await Promise.resolve()
      return kept.change(execution.id, () => [])
    })
    expect(await second).toMatchObject({ counted: false })
  }
})

test('what is asked for at once goes into one save', async () => {
  const { store, execution, kept } = await ground()
  const ask = (id: string) => kept.change(execution.id, (found) => [move(found, id, 'hold')])
  await Promise.all(['t0', 't1', 't2'].map(ask))
  const records = await store.changesSince(execution.id, 1)
  expect(records.map(({ changes }) => changes.length)).toEqual([3])
})
