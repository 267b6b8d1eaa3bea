import type { Ballot } from '../domain/ballot.ts'
import { begin } from '../domain/begin.ts'
import { decide, type Request } from '../domain/decide.ts'
import { type Execution, executionId, type Mode } from '../domain/execution.ts'
import { requirementFor } from '../domain/gate-rules.ts'
import { nearest } from '../domain/nearest.ts'
import { optional } from '../domain/optional.ts'
import { forbids, type Permit, type Policy } from '../domain/permission.ts'
import type { Plan, TaskKind } from '../domain/plan.ts'
import { readPlan } from '../domain/read-plan.ts'
import { type Refused, refused } from '../domain/refusal.ts'
import type { TaskId } from '../domain/task.ts'
import type { Directory } from '../ports/directory.ts'
import type { Asker, Door, Handled } from '../ports/door.ts'
import { TransientFailure } from '../ports/failure.ts'
import type { PlanStore, StoredPlan } from '../ports/plan-store.ts'
import { linkOwed } from './link.ts'
import { type SteppingUp, stepUpOwed } from './step-up.ts'
import { ballotOn, gateOf } from './voting.ts'
import { type Waking, wake } from './wake.ts'

/** How often a decision is taken anew because somebody else saved first. */
const TRIES = 8

export interface EngineParts extends Waking, SteppingUp {
  readonly plans: PlanStore
  readonly directory: Directory
  readonly policy: Policy
  readonly kinds: ReadonlyMap<string, TaskKind>
  /** Which runs have a war room from their start; without it, those that are asked for. */
  readonly warRoom?: 'real' | 'always' | 'asked'
}

/** The engine behind its door: load → permit → decide → save → wake. */
export function engine(parts: EngineParts): Door {
  const { keep, plans, policy, clock, kinds, log } = parts

  /** Asks the directory anew each time: what somebody was allowed a minute ago decides nothing. */
  async function forbidden(asker: Asker, permit: Permit, plan: string, execution?: Execution) {
    try {
      const identity = await parts.directory.identify(asker.actor)
      return forbids(policy, identity, permit, { plan, ...optional('execution', execution) })
    } catch (error) {
      return unknown(error, asker, permit).refusal
    }
  }

  /** Whom the directory does not know at this moment is allowed nothing. */
  function unknown(error: unknown, asker: Asker, permit: Permit): Refused {
    if (!(error instanceof TransientFailure)) throw error
    log.warn({ actor: asker.actor.id, error }, 'directory did not answer, so nothing was allowed')
    return refused({ why: 'directory-unavailable', asked: permit.asks })
  }

  async function wakeSoon(execution: Execution): Promise<Execution> {
    try {
      return (await wake(execution.id, parts)) ?? execution
    } catch (error) {
      if (!(error instanceof TransientFailure)) throw error
      // What was decided is saved; the stream and the sweep carry on from there.
      log.warn({ execution: execution.id, error }, 'waking failed after a save')
      return execution
    }
  }

  async function readStored(stored: StoredPlan): Promise<{ kind: 'plan'; plan: Plan } | Refused> {
    const read = readPlan(stored.document, kinds)
    return read.kind === 'plan' ? read : refused({ why: 'plan-invalid', problems: read.problems })
  }

  async function plan(id: string, asker: Asker, version?: number) {
    const no = await forbidden(asker, { asks: 'see' }, id)
    if (no) return refused(no)
    const stored = await plans.get(id, version)
    if (!stored) {
      const names = (await plans.list()).map((other) => other.id)
      return refused({ why: 'no-such-plan', plan: id, nearest: nearest(id, names) })
    }
    const read = await readStored(stored)
    return read.kind === 'plan' ? { ...read, stored } : read
  }

  /** The gates that silence declines in this mode; undefined where there are none. */
  function declined({ id: plan, tasks }: Plan, mode: Mode): TaskId[] | undefined {
    const silent = tasks.filter(
      ({ id, type }) =>
        type === 'approval' && requirementFor(policy.approvals, { plan, id, mode }).on_silence === 'decline',
    )
    return silent.length > 0 ? silent.map(({ id }) => id) : undefined
  }

  /** Permission for the request, and who votes where it decides a gate. */
  async function admitted(
    id: string,
    request: Request,
    asker: Asker,
  ): Promise<{ kind: 'admitted'; execution: Execution; ballot?: Ballot } | Refused> {
    const execution = await keep.current(executionId.parse(id))
    return execution
      ? permitted(execution, request, asker)
      : refused({ why: 'no-such-execution', execution: id })
  }

  async function permitted(
    execution: Execution,
    request: Request,
    asker: Asker,
  ): Promise<{ kind: 'admitted'; execution: Execution; ballot?: Ballot } | Refused> {
    const gate = gateOf(execution, request)
    if (!gate) {
      const no = await forbidden(asker, request, execution.plan.id, execution)
      return no ? refused(no) : { kind: 'admitted', execution }
    }
    try {
      const voting = await ballotOn(execution, gate, asker.actor, parts)
      return voting.kind === 'refused' ? voting : { kind: 'admitted', execution, ballot: voting.ballot }
    } catch (error) {
      return unknown(error, asker, request)
    }
  }

  async function mayHandle(id: string, request: Permit, asker: Asker): Promise<Handled> {
    const execution = await keep.current(executionId.parse(id))
    if (!execution) return refused({ why: 'no-such-execution', execution: id })
    const no = await forbidden(asker, request, execution.plan.id, execution)
    return no ? refused(no) : { kind: 'done', execution }
  }

  async function visible(ids: readonly string[], asker: Asker): Promise<Execution[]> {
    const seen = await Promise.all(ids.map((id) => mayHandle(id, { asks: 'see' }, asker)))
    return seen.flatMap((one) => (one.kind === 'done' ? [one.execution] : []))
  }

  return {
    plan,
    async plans(asker, to = 'see') {
      const found = await Promise.all(
        (await plans.list()).map(async ({ id }) =>
          to === 'start' && (await forbidden(asker, { asks: to }, id)) ? undefined : plan(id, asker),
        ),
      )
      return found.flatMap((one) => (one?.kind === 'plan' ? [one.plan] : []))
    },
    async putPlan(id, document, asker) {
      const no = await forbidden(asker, { asks: 'edit-plan' }, id)
      if (no) return refused(no)
      const read = readPlan(document, kinds)
      if (read.kind === 'invalid') return refused({ why: 'plan-invalid', problems: read.problems })
      if (read.plan.id !== id) {
        const message = `The plan's id is "${read.plan.id}", but it was sent as "${id}". Make them equal.`
        return refused({ why: 'plan-invalid', problems: [{ path: 'recovery_plan_id', message }] })
      }
      const stored = await plans.put({
        id,
        hash: read.plan.hash,
        document: JSON.parse(JSON.stringify(document)),
        savedAt: clock.now().toISOString(),
        savedBy: asker.actor.id,
      })
      return { kind: 'plan', plan: read.plan, stored }
    },
    async start(order, asker) {
      const no = await forbidden(asker, { asks: 'start' }, order.plan)
      if (no) return refused(await linkOwed(no, { kind: 'start', order }, asker, parts))
      const found = await plan(order.plan, asker)
      if (found.kind === 'refused') return found
      if (order.seenHash && order.seenHash !== found.plan.hash) {
        return refused({ why: 'changed-since-shown', subject: found.plan.name })
      }
      if (found.plan.missing.length > 0) {
        return refused({ why: 'inputs-missing', plan: order.plan, missing: found.plan.missing })
      }
      const { execution, record } = begin(found.plan, found.stored.version, {
        id: order.id,
        mode: order.mode,
        places: order.places,
        at: clock.now().toISOString(),
        by: asker.actor,
        source: asker.source,
        ...optional('declinedBySilence', declined(found.plan, order.mode)),
        ...optional('reason', order.reason),
        ...optional('room', hasRoom(order.mode, parts.warRoom)),
      })
      const created = await keep.create(execution, record)
      if (created.kind === 'plan-busy') {
        return refused({ why: 'plan-busy', plan: order.plan, execution: created.execution })
      }
      if (created.kind === 'created') {
        log.info(
          { execution: execution.id, plan: order.plan, mode: order.mode, by: asker.actor.id },
          'run started',
        )
      }
      return { kind: 'done', execution: await wakeSoon(execution) }
    },
    async handle(id, request: Request, asker) {
      const wants = { kind: 'request' as const, execution: executionId.parse(id), request }
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const may = await admitted(id, request, asker)
        if (may.kind === 'refused') return refused(await linkOwed(may.refusal, wants, asker, parts))
        const would = decide(may.execution, request, may.ballot)
        if (would.kind === 'refused') return would
        const owed = await stepUpOwed(may, request, asker, parts)
        if (owed && owed !== 'without') return refused(await linkOwed(owed, wants, asker, parts))
        const decided = owed ? decide(may.execution, request, withoutSignIn(may.ballot)) : would
        if (decided.kind === 'refused') return decided
        const committed = await keep.commit(may.execution, {
          by: asker.actor,
          source: asker.source,
          changes: decided.changes,
        })
        if (committed.kind === 'plan-busy') {
          return refused({ why: 'plan-busy', plan: may.execution.plan.id, execution: committed.execution })
        }
        if (committed.kind === 'saved') {
          log.info({ execution: id, by: asker.actor.id, ...named(request) }, 'decision recorded')
          return { kind: 'done', execution: await wakeSoon(committed.execution) }
        }
      }
      return refused({ why: 'busy', asked: request.asks })
    },
    async would(execution, request, asker) {
      const may = await permitted(execution, request, asker)
      return may.kind === 'refused' ? may : decide(execution, request, may.ballot)
    },
    see: (id, asker) => mayHandle(id, { asks: 'see' }, asker),
    async history(id, asker) {
      const may = await mayHandle(id, { asks: 'see' }, asker)
      if (may.kind === 'refused') return may
      const history = await keep.history(may.execution.id)
      return history ? { kind: 'history', ...history } : refused({ why: 'no-such-execution', execution: id })
    },
    async recent(asker, limit, before) {
      const ids = await parts.index.recent(limit, ...(before ? [executionId.parse(before)] : []))
      return visible(ids, asker)
    },
    active: async (asker) => visible(await parts.index.active(), asker),
  }
}

const withoutSignIn = (ballot: Ballot | undefined): Ballot | undefined =>
  ballot && { ...ballot, withoutSignIn: true }

const hasRoom = (mode: Mode, when: EngineParts['warRoom']): true | undefined =>
  when === 'always' || (when === 'real' && mode === 'recovery') ? true : undefined

/** What a log line says of a request: never its reason, which is people's own text. */
const named = (request: Request): object => ({
  asks: request.asks,
  ...('task' in request ? { task: request.task, attempt: request.seen?.attempt } : {}),
})
