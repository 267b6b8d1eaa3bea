import { type Ballot, GATE_EVENTS, type GateEvent, type Voter } from '../domain/ballot.ts'
import { cardDigest, type Request } from '../domain/decide.ts'
import type { Execution } from '../domain/execution.ts'
import { type Requirement, requirementFor } from '../domain/gate-rules.ts'
import { forbids, humanOf, type Policy, voterOf } from '../domain/permission.ts'
import { type Refused, refused } from '../domain/refusal.ts'
import { type Actor, type Task, taskId } from '../domain/task.ts'
import type { Directory } from '../ports/directory.ts'
import type { PlanStore } from '../ports/plan-store.ts'

export interface Voting {
  readonly policy: Policy
  readonly directory: Directory
  readonly plans: Pick<PlanStore, 'get'>
}

type TaskRequest = Extract<Request, { task: string }>

/** The gate that the request decides or goes around; undefined where it is about anything else. */
export function gateOf(
  execution: Execution,
  request: Request,
): { gate: Task; asks: GateEvent; request: TaskRequest } | undefined {
  const asks = GATE_EVENTS.find((event) => event === request.asks)
  if (!('task' in request) || !asks) return undefined
  const gate = execution.tasks.get(taskId.parse(request.task))
  return gate?.type === 'approval' ? { gate, asks, request } : undefined
}

export const requirementOf = (policy: Policy, { plan, mode }: Execution, { id }: Task): Requirement =>
  requirementFor(policy.approvals, { plan: plan.id, id, mode })

/**
 * Who decides about the gate, looked up at this moment: the one who asks, and of those who asked before only who still may.
 * Throws TransientFailure while the directory does not answer: nothing is allowed then.
 */
export async function ballotOn(
  execution: Execution,
  { gate, request }: { gate: Task; request: TaskRequest },
  actor: Actor,
  { policy, directory, plans }: Voting,
): Promise<{ kind: 'ballot'; ballot: Ballot } | Refused> {
  const requirement = requirementOf(policy, execution, gate)
  const identity = await directory.identify(actor)
  const voter = voterOf(policy, requirement, identity, execution.plan.id)
  const asked = request.asks
  if (!voter) return refused({ why: 'nobody', task: gate.id, asked })
  const isAsked = request.breakGlass
    ? voter.mayBreakGlass
    : voter.rows.length > 0 || (asked === 'reject' && voter.mayVeto)
  if (!isAsked) {
    const no = forbids(policy, identity, request, { plan: execution.plan.id, execution })
    return refused(no ?? { why: 'not-asked', task: gate.id, asked, needs: requirement.needs })
  }
  if (requirement.four_eyes && !request.breakGlass && asked !== 'reject') {
    const did = await ownWork(execution, voter)
    if (did) return refused({ why: 'own-work', task: gate.id, asked, did })
  }
  const digest = cardDigest(execution, gate)
  const counting = (gate.votes ?? []).filter((vote) => vote.digest === digest && vote.human !== voter.human)
  const before = await Promise.all(
    counting.map(async (vote) => {
      const still = voterOf(policy, requirement, await directory.identify(vote.by), execution.plan.id)
      return still && still.human === vote.human ? [{ vote, voter: still }] : []
    }),
  )
  return { kind: 'ballot', ballot: { requirement, voter, before: before.flat() } }

  async function ownWork(
    { plan, startedBy }: Execution,
    { human }: Voter,
  ): Promise<'started' | 'edited' | undefined> {
    if (humanOf(policy, await directory.identify(startedBy)) === human) return 'started'
    const editor = editorOf((await plans.get(plan.id, plan.version))?.savedBy)
    return editor && humanOf(policy, await directory.identify(editor)) === human ? 'edited' : undefined
  }
}

/** A plan may have been put there by no human being, e.g. from a folder at the start. */
const editorOf = (id = ''): Actor | undefined =>
  id.includes(':') ? { kind: id.startsWith('token:') ? 'token' : 'person', id, name: id } : undefined
