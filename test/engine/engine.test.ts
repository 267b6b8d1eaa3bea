import { pino } from 'pino'
import { expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryPlans } from '../../src/adapters/memory/plans.ts'
import { executionId } from '../../src/domain/execution.ts'
import { policySchema, type Role } from '../../src/domain/permission.ts'
import { engine } from '../../src/engine/engine.ts'
import { keep } from '../../src/engine/keep.ts'
import { ANNA, KINDS, planOf } from '../domain/run.ts'

const ID = executionId.parse('01SAMPLE')
const ASKER = { actor: ANNA, source: 'test' }
const planWith = (name: string) => ({
  recovery_plan_id: 'sample',
  description: name,
  tasks: [{ task_id: 'gate', task_type: 'approval', task_successors: [] }],
})

/** An engine over memory. What its directory says of Anna can change, and something can happen just before its next save. */
async function ground() {
  const clock = manualClock()
  const store = memoryExecutions()
  const plans = memoryPlans()
  let roles: readonly Role[] = ['operator', 'approver']
  let beforeSave = async () => {}
  const slow: typeof store = {
    ...store,
    save: async (...save) => {
      const before = beforeSave
      beforeSave = async () => {}
      await before()
      return store.save(...save)
    },
  }
  const put = async (name: string) => {
    const document = planWith(name)
    const { hash } = planOf(document)
    await plans.put({ id: 'sample', hash, document, savedAt: clock.now().toISOString(), savedBy: 'test' })
    return hash
  }
  const door = engine({
    ...{ keep: keep(slow, clock), index: store, plans, kinds: KINDS, clock },
    queue: { put: async () => true, trouble: async () => undefined, close: async () => {} },
    policy: policySchema.parse({ bindings: [] }),
    directory: { identify: async (actor) => ({ actor, groups: [], roles }) },
    log: pino({ level: 'silent' }),
  })
  const order = { id: ID, plan: 'sample', mode: 'drill' as const, places: [] }
  return {
    door,
    put,
    order,
    another: keep(store, clock),
    become: (...now: Role[]) => {
      roles = now
    },
    beforeNextSave: (doing: () => Promise<void>) => {
      beforeSave = doing
    },
  }
}

test('whoever loses their role while somebody else saves first is refused, though they might when they clicked', async () => {
  const { door, put, order, another, become, beforeNextSave } = await ground()
  await put('Sample')
  expect(await door.start(order, ASKER)).toMatchObject({ kind: 'done' })
  beforeNextSave(async () => {
    become('viewer')
    const execution = await another.current(ID)
    const pausing = { by: ANNA, source: 'test', changes: [{ what: 'paused' as const }] }
    if (execution) await another.commit(execution, pausing)
  })
  const approving = await door.handle(ID, { asks: 'approve', task: 'gate' }, ASKER)
  expect(approving).toMatchObject({ kind: 'refused', refusal: { why: 'no-permission', has: ['viewer'] } })
  const seen = await door.see(ID, ASKER)
  expect(seen.kind === 'done' && [...seen.execution.tasks.values()][0]).toMatchObject({
    status: 'PENDING_APPROVAL',
  })
})

test('a plan that was changed since its preview is not started, and the one previewed is', async () => {
  const { door, put, order } = await ground()
  const seenHash = await put('Sample')
  const newer = await put('Sample, changed')
  expect(await door.start({ ...order, seenHash }, ASKER)).toMatchObject({
    kind: 'refused',
    refusal: { why: 'changed-since-shown' },
  })
  expect(await door.see(ID, ASKER)).toMatchObject({ kind: 'refused' })
  expect(await door.start({ ...order, seenHash: newer }, ASKER)).toMatchObject({ kind: 'done' })
})
