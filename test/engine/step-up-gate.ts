import { pino } from 'pino'
import { expect } from 'vitest'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryLinks } from '../../src/adapters/memory/links.ts'
import { memoryMutes } from '../../src/adapters/memory/mutes.ts'
import { memoryPlans } from '../../src/adapters/memory/plans.ts'
import { cardDigest, type Request } from '../../src/domain/decide.ts'
import { executionId, type Mode, taskOf } from '../../src/domain/execution.ts'
import { humanOf, type Identity, policySchema } from '../../src/domain/permission.ts'
import type { Proof } from '../../src/domain/step-up.ts'
import { type Actor, taskId } from '../../src/domain/task.ts'
import { desk } from '../../src/engine/desk.ts'
import { engine } from '../../src/engine/engine.ts'
import { keep } from '../../src/engine/keep.ts'
import { withLinks } from '../../src/engine/link.ts'
import type { Clock } from '../../src/ports/clock.ts'
import { TransientFailure } from '../../src/ports/failure.ts'
import type { StepUp } from '../../src/ports/step-up.ts'
import { KINDS } from '../domain/run.ts'

export const RUN = executionId.parse('01STEPUP')
export const GATE = taskId.parse('gate')

type GateRequest = Extract<Request, { task: string }>

/** A run that stands at a gate with step_up, and people who decide about it through the engine's door. */
export async function atStepUpGate({
  clock,
  stepUp,
  rule = {},
  mode = 'recovery',
}: {
  clock: Clock
  stepUp?: StepUp
  rule?: object
  mode?: Mode
}) {
  const policy = policySchema.parse({
    bindings: [
      {
        role: 'approver',
        people: ['slack:ann', 'slack:ben', 'slack:nemo', 'teams:ann'],
        emails: ['gus@example.com'],
      },
      { role: 'operator', emails: ['otto@example.com'] },
    ],
    approvals: [{ step_up: true, ...rule }],
    humans: [{ human: 'ann@example.com', ids: ['teams:ann'] }],
  })
  const known: { [id: string]: Partial<Identity> | undefined } = {
    'slack:starter': { roles: ['admin'], email: 'starter@example.com' },
    'slack:ann': { email: 'Ann@Example.com' },
    'slack:ben': { email: 'ben@example.com' },
    'slack:nemo': {},
    // Approves as gus@example.com, but the platform does not say that this is Gus.
    'slack:gus': {},
    // Operates as otto@example.com, likewise.
    'slack:otto': {},
    'slack:otto2': {},
    'teams:ann': {},
    'token:ci': { roles: ['admin'] },
  }
  const links = memoryLinks()
  const platform = {
    identify: async (actor: Actor): Promise<Identity> => {
      const found = known[actor.id]
      if (!found) throw new TransientFailure(`Nobody knows ${actor.id}.`)
      return { actor, groups: [], ...found }
    },
  }
  const directory = withLinks(platform, links)
  const store = memoryExecutions()
  const plans = memoryPlans()
  const runs = keep(store, clock)
  const log = pino({ level: 'silent' })
  const queue = { put: async () => true, trouble: async () => undefined, close: async () => {} }
  const door = engine({
    ...{ keep: runs, index: store, queue, clock, log, plans, policy, directory, kinds: KINDS },
    ...(stepUp && { stepUp }),
  })
  const as = (id: string): Actor => ({ kind: id.startsWith('token:') ? 'token' : 'person', id, name: id })
  const document = {
    recovery_plan_id: 'payments',
    name: 'Payments',
    tasks: [
      {
        task_id: 'gate',
        task_type: 'approval',
        name: 'Approve <b>the</b> cutover',
        inputs: { description: 'Moves all customers. "Quoted" & <script>alert(1)</script>' },
        task_successors: ['open'],
      },
      { task_id: 'open', task_type: 'work', name: 'Move the customers' },
    ],
  }
  await plans.put({ id: 'payments', hash: 'h', document, savedAt: '', savedBy: 'plans-folder' })
  const ledger = {
    recovery_plan_id: 'ledger',
    name: 'Ledger',
    tasks: [{ task_id: 'open', task_type: 'work', name: 'Open' }],
  }
  await plans.put({ id: 'ledger', hash: 'l', document: ledger, savedAt: '', savedBy: 'plans-folder' })
  const order = { id: RUN, plan: 'payments', mode, places: [] }
  expect(await door.start(order, { actor: as('slack:starter'), source: 'test' })).toMatchObject({
    kind: 'done',
  })
  const current = async () => {
    const execution = await store.load(RUN)
    if (!execution) throw new Error('no run')
    return execution
  }
  const gate = async () => taskOf(await current(), GATE)
  return {
    door,
    known,
    links,
    runs,
    current,
    gate,
    humanOf: async (actor: Actor) => humanOf(policy, await directory.identify(actor)),
    records: () => store.changesSince(RUN, 0),
    as: (id: string) => ({ actor: as(id), source: 'test' }),
    desk: desk({
      ...{
        door,
        clock,
        store,
        toldIn: [],
        types: new Map(),
        mutes: memoryMutes(),
        trouble: async () => undefined,
      },
      explaining: { policy, directory, plans, clock, rosters: new Map(), ...(stepUp && { stepUp }) },
    }),
    digest: async () => cardDigest(await current(), await gate()),
    /** A proof that fits, but for what the test changes in it. */
    proof: async (more: Partial<Proof> = {}): Promise<Proof> => ({
      execution: RUN,
      task: GATE,
      attempt: 1,
      digest: cardDigest(await current(), await gate()),
      asks: 'approve',
      human: 'ann@example.com',
      at: clock.now().toISOString(),
      ...more,
    }),
    say: (id: string, asks: GateRequest['asks'], proof?: Proof, more: Partial<GateRequest> = {}) =>
      door.handle(
        RUN,
        { asks, task: 'gate', reason: `because ${id} says so`, ...more },
        { actor: as(id), source: 'test', ...(proof && { proof }) },
      ),
  }
}
