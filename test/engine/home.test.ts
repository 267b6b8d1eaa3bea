import { pino } from 'pino'
import { expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryMutes } from '../../src/adapters/memory/mutes.ts'
import { memoryPlans } from '../../src/adapters/memory/plans.ts'
import { executionId } from '../../src/domain/execution.ts'
import { policySchema } from '../../src/domain/permission.ts'
import { type Actor, taskId } from '../../src/domain/task.ts'
import { desk } from '../../src/engine/desk.ts'
import { engine } from '../../src/engine/engine.ts'
import { homeOf } from '../../src/engine/home.ts'
import { keep } from '../../src/engine/keep.ts'
import { wake } from '../../src/engine/wake.ts'
import type { Door } from '../../src/ports/door.ts'
import { KINDS, planOf } from '../domain/run.ts'

const ID = executionId.parse('01HOME')
const GATE = taskId.parse('gate')
const by = (name: string) => {
  const actor: Actor = { kind: 'person', id: `slack:${name}`, name }
  return { actor, source: 'test' }
}
const PLAN = {
  recovery_plan_id: 'sample',
  tasks: [{ task_id: 'gate', task_type: 'approval', task_successors: [] }],
}
const NEEDS_TWO = [{ needs: [{ count: 2 }], four_eyes: true }]

/** A run that stands at its gate, started by Olive. Ann, Ben and Olive are approvers, Olive and Otto operators, Val looks. */
async function atGate(approvals: object[]): Promise<Door> {
  const clock = manualClock()
  const store = memoryExecutions()
  const plans = memoryPlans()
  const log = pino({ level: 'silent' })
  const runs = keep(store, clock)
  const queue = { put: async () => true, trouble: async () => undefined, close: async () => {} }
  const waking = { keep: runs, index: store, queue, clock, log }
  const door = engine({
    ...waking,
    plans,
    kinds: KINDS,
    directory: { identify: async (actor) => ({ actor, groups: [] }) },
    policy: policySchema.parse({
      bindings: [
        { role: 'approver', people: ['slack:ann', 'slack:ben', 'slack:olive'] },
        { role: 'operator', people: ['slack:olive', 'slack:otto'] },
        { role: 'viewer', people: ['slack:val'] },
      ],
      approvals,
    }),
  })
  const { hash } = planOf(PLAN)
  await plans.put({ id: 'sample', hash, document: PLAN, savedAt: clock.now().toISOString(), savedBy: 'test' })
  const started = await door.start({ id: ID, plan: 'sample', mode: 'drill', places: [] }, by('olive'))
  expect(started.kind).toBe('done')
  await wake(ID, waking)
  return door
}

const waitingFor = async (door: Door, name: string) =>
  (await homeOf(door, by(name))).waiting.flatMap(({ tasks }) => tasks.map(({ id }) => id))

test.each<[string, object[], string[]]>([
  ['whoever may approve', [], ['ann', 'ben', 'olive']],
  ['others than who started it, where four eyes are asked for', NEEDS_TWO, ['ann', 'ben']],
  ['whose seats are named, for those alone', [{ needs: [{ people: ['slack:otto'] }] }], ['otto']],
  [
    'whoever may approve, and not for who may only say no',
    [{ veto: { people: ['slack:val'] } }],
    ['ann', 'ben', 'olive'],
  ],
])('a gate waits for %s', async (_, approvals, expected) => {
  const door = await atGate(approvals)
  const names = ['ann', 'ben', 'olive', 'otto', 'val', 'stranger']
  const found = await Promise.all(names.map((name) => waitingFor(door, name)))
  expect(names.filter((_, at) => found[at]?.includes(GATE))).toEqual(expected)
})

test('who has voted is not waited for any more, and a look has changed nothing', async () => {
  const door = await atGate(NEEDS_TWO)
  expect(await waitingFor(door, 'ann')).toEqual([GATE])
  await door.handle(ID, { asks: 'approve', task: 'gate' }, by('ann'))
  expect(await waitingFor(door, 'ann')).toEqual([])
  expect(await waitingFor(door, 'ben')).toEqual([GATE])
  const seen = await door.see(ID, by('ben'))
  expect(seen.kind === 'done' && seen.execution.tasks.get(GATE)?.votes).toHaveLength(1)
})

test('plans are offered to who may start them, runs are shown to who may see them, ended ones apart', async () => {
  const door = await atGate([])
  const [olive, val, stranger] = await Promise.all(
    ['olive', 'val', 'stranger'].map((name) => homeOf(door, by(name))),
  )
  expect([olive, val, stranger].map((home) => [home?.plans.length, home?.running.length])).toEqual([
    [1, 1],
    [0, 1],
    [0, 0],
  ])
  await door.handle(ID, { asks: 'approve', task: 'gate' }, by('ann'))
  const after = await homeOf(door, by('val'))
  expect([after.running.length, after.recent.map(({ id }) => id)]).toEqual([0, [ID]])
})

test('a plan and a mode are chosen of those that there are, and lead to the form that says what will happen', async () => {
  const door = await atGate([])
  const front = desk({
    door,
    types: new Map(),
    clock: manualClock(),
    trouble: async () => undefined,
    store: memoryExecutions(),
    mutes: memoryMutes(),
    toldIn: [],
    explaining: {
      policy: policySchema.parse({ bindings: [] }),
      directory: { identify: async (actor) => ({ actor, groups: [] }) },
      ...{ plans: memoryPlans(), rosters: new Map(), clock: manualClock() },
    },
  })
  const asked = await front.click({ command: 'start' }, by('olive'))
  if (asked.kind !== 'form') throw new Error(`answered by ${asked.kind}`)
  const submit = (plan: string, mode: string) => front.submit(asked.form.memory, { plan, mode }, by('olive'))
  expect(await submit('sample', 'drill')).toMatchObject({ kind: 'form', form: { title: 'Start drill' } })
  expect(await submit('sample', 'recovery')).toMatchObject({ form: { title: 'Start REAL failover' } })
  expect(await submit('other', '')).toMatchObject({
    errors: {
      plan: expect.stringContaining('no plan “other”'),
      mode: expect.stringContaining('drill, recovery'),
    },
  })
  expect(await front.command('start', by('val'))).toMatchObject({ kind: 'whisper', no: 'refused' })
})
