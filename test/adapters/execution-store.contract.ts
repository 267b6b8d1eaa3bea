import { describe, expect, test } from 'vitest'
import { evolve } from '../../src/domain/evolve.ts'
import type { Execution } from '../../src/domain/execution.ts'
import { executionId, taskOf } from '../../src/domain/execution.ts'
import { taskId } from '../../src/domain/task.ts'
import type { ExecutionIndex, ExecutionStore } from '../../src/ports/execution-store.ts'
import { begun, move, step } from '../support/executions.ts'

/** What every execution store promises; `make` gives an empty one. */
export function describeExecutionStore(
  name: string,
  make: () => Promise<ExecutionStore & ExecutionIndex>,
): void {
  describe(name, () => {
    test('what is loaded equals what was created, its tasks in their order', async () => {
      const store = await make()
      const { execution, record } = begun({ tasks: 12 })
      expect(await store.create(execution, record)).toEqual({ kind: 'created' })
      const loaded = await store.load(execution.id)
      expect(loaded).toStrictEqual(execution)
      expect([...(loaded?.tasks.keys() ?? [])]).toEqual([...execution.tasks.keys()])
    })

    test('an execution nobody created is undefined', async () => {
      expect(await (await make()).load(executionId.parse('none'))).toBeUndefined()
    })

    test.each([3, 200])('a second start of the same id with %i tasks changes nothing', async (tasks) => {
      const store = await make()
      const { execution, record } = begun({ tasks })
      await store.create(execution, record)
      const [before, moved, after] = step(execution, move(execution, 't1', 'start'))
      await store.save(before, moved, after)
      expect(await store.create(execution, record)).toEqual({ kind: 'exists' })
      const other = begun({ tasks, id: execution.id, plan: 'another' })
      expect(await store.create(other.execution, other.record)).toEqual({ kind: 'exists' })
      expect(await store.load(execution.id)).toStrictEqual(after)
    })

    test('a plan with an unfinished execution is busy, and says with which', async () => {
      const store = await make()
      const first = begun()
      const second = begun()
      await store.create(first.execution, first.record)
      expect(await store.create(second.execution, second.record)).toEqual({
        kind: 'plan-busy',
        execution: first.execution.id,
      })
      expect(await store.load(second.execution.id)).toBeUndefined()
      expect(await store.active()).toEqual([first.execution.id])
    })

    test('of 20 saves of one version exactly one passes', async () => {
      const store = await make()
      const { execution, record } = begun()
      await store.create(execution, record)
      const saves = Array.from({ length: 20 }, (_, place) =>
        step(execution, move(execution, `t${place % 3}`, 'abandon', `reason ${place}`)),
      )
      const kinds = await Promise.all(saves.map(async (save) => (await store.save(...save)).kind))
      expect(kinds.filter((kind) => kind === 'saved')).toHaveLength(1)
      expect(kinds.filter((kind) => kind === 'stale')).toHaveLength(19)
      expect(await store.load(execution.id)).toStrictEqual(saves[kinds.indexOf('saved')]?.[2])
    })

    test('a save that is repeated is saved, also after later ones', async () => {
      const store = await make()
      const { execution, record } = begun()
      await store.create(execution, record)
      const first = step(execution, move(execution, 't0', 'start'))
      expect(await store.save(...first)).toEqual({ kind: 'saved' })
      expect(await store.save(...first)).toEqual({ kind: 'saved' })
      const second = step(first[2], move(first[2], 't0', 'complete'))
      await store.save(...second)
      expect(await store.save(...first)).toEqual({ kind: 'saved' })
      expect(await store.load(execution.id)).toStrictEqual(second[2])
    })

    test('the records since a version carry a kept execution to the stored one', async () => {
      const store = await make()
      const { execution, record } = begun()
      await store.create(execution, record)
      let now: Execution = execution
      for (const event of ['start', 'fail', 'retry'] as const) {
        const save = step(now, move(now, 't0', event))
        await store.save(...save)
        now = save[2]
      }
      const records = await store.changesSince(execution.id, 1)
      expect(records.map(({ version }) => version)).toEqual([2, 3, 4])
      expect(records.reduce(evolve, execution)).toStrictEqual(await store.load(execution.id))
      expect(await store.changesSince(execution.id, 4)).toEqual([])
      expect((await store.changesSince(execution.id, 0))[0]).toStrictEqual(record)
    })

    test('the plan is free when the run is finished, and held again when it is revived', async () => {
      const store = await make()
      const first = begun({ tasks: 1 })
      await store.create(first.execution, first.record)
      const [before, record, finished] = step(first.execution, move(first.execution, 't0', 'abandon', 'why'))
      await store.save(before, record, finished)
      expect(await store.active()).toEqual([])
      const revival = step(finished, move(finished, 't0', 'retry'))

      const second = begun({ tasks: 1 })
      expect(await store.create(second.execution, second.record)).toEqual({ kind: 'created' })
      expect(await store.save(...revival)).toEqual({ kind: 'plan-busy', execution: second.execution.id })
      expect(await store.load(first.execution.id)).toStrictEqual(finished)

      await store.save(...step(second.execution, move(second.execution, 't0', 'skip', 'why')))
      expect(await store.save(...revival)).toEqual({ kind: 'saved' })
      expect(await store.active()).toEqual([first.execution.id])
    })

    test('executions are listed newest first, page by page', async () => {
      const store = await make()
      const ids = ['01A', '01B', '01C', '01D', '01E'].map((id) => executionId.parse(id))
      for (const id of ids) {
        const { execution, record } = begun({ id, plan: `plan-${id}` })
        await store.create(execution, record)
      }
      expect(await store.recent(2)).toEqual(['01E', '01D'])
      expect(await store.recent(2, executionId.parse('01D'))).toEqual(['01C', '01B'])
      expect(await store.recent(2, executionId.parse('01B'))).toEqual(['01A'])
      expect([...(await store.active())].sort()).toEqual(ids)
    })

    test('the versions of many are told at once, and those of unknown ones are not', async () => {
      const store = await make()
      const ids = Array.from({ length: 120 }, (_, place) =>
        executionId.parse(`01V${String(place).padStart(3, '0')}`),
      )
      for (const id of ids) {
        const { execution, record } = begun({ id, plan: `plan-${id}`, tasks: 1 })
        await store.create(execution, record)
        if (id === '01V077') await store.save(...step(execution, move(execution, 't0', 'start')))
      }
      const versions = await store.versions([...ids, executionId.parse('01NOBODY')])
      expect(versions.size).toBe(120)
      expect([...versions].filter(([, version]) => version === 2)).toEqual([['01V077', 2]])
      expect(await store.versions([])).toEqual(new Map())
    })

    test('2,000 tasks come back whole and in order, and one of them can be saved', async () => {
      const store = await make()
      const { execution, record } = begun({ tasks: 2_000 })
      expect(await store.create(execution, record)).toEqual({ kind: 'created' })
      const save = step(execution, move(execution, 't1999', 'start'))
      expect(await store.save(...save)).toEqual({ kind: 'saved' })
      const loaded = await store.load(execution.id)
      expect(loaded && [...loaded.tasks.keys()]).toEqual([...execution.tasks.keys()])
      expect(loaded).toStrictEqual(save[2])
      expect(loaded && taskOf(loaded, taskId.parse('t1999')).status).toBe('IN_PROGRESS')
    })
  })
}
