import type { Rich } from '../conversation/card.ts'
import type { Pending } from '../conversation/pending-card.ts'
import { refusalRich } from '../conversation/refusals.ts'
import type { Somebody, WhoIsWho } from '../conversation/who-card.ts'
import type { WhyOf } from '../conversation/why-card.ts'
import { onCall, roleHolders } from '../domain/called.ts'
import type { Execution } from '../domain/execution.ts'
import type { Named } from '../domain/gate-rules.ts'
import { forbids } from '../domain/permission.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Task } from '../domain/task.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'
import type { Asker } from '../ports/door.ts'
import { TransientFailure } from '../ports/failure.ts'
import type { Member, Roster } from '../ports/roster.ts'
import { atHand, membersFor } from './reach.ts'
import type { SteppingUp } from './step-up.ts'
import { ballotOn, requirementOf, type Voting } from './voting.ts'

export interface Explaining extends Voting, SteppingUp {
  readonly rosters: ReadonlyMap<string, Roster>
}

/** What waits for people in these runs, and whether for the asker: by the same rules as when they decide. */
export async function pendingIn(
  executions: readonly Execution[],
  asker: Asker,
  explaining: Explaining,
): Promise<Pending[]> {
  const waiting = executions.flatMap((execution) =>
    [...execution.tasks.values()]
      .filter((task) => waitsForPeople(execution, task))
      .map((task) => ({ execution, task })),
  )
  return Promise.all(
    waiting.map(async ({ execution, task }) => ({
      ...{ execution, task },
      isMine: (await refusalOf(execution, task, asker, explaining)) === undefined,
    })),
  )
}

export async function whyOf(
  execution: Execution,
  task: Task,
  asker: Asker,
  explaining: Explaining,
): Promise<WhyOf> {
  const { policy, rosters } = explaining
  const requirement = requirementOf(policy, execution, task)
  const roster = rosterFor(asker, rosters)
  const members = await membersFor(requirement, execution.plan.id, { policy, roster })
  const refusal = await refusalOf(execution, task, asker, explaining)
  const no: Rich | undefined = refusal && refusalRich(refusal, asker.actor.id)
  const names = (some: readonly Member[] | undefined) => some?.map(({ identity }) => identity.actor.name)
  return {
    requirement,
    people: members && {
      all: names(members) ?? [],
      active: names(atHand(members)),
    },
    ...(no ? { no } : {}),
  }
}

export async function whoIsWho(
  { plan }: Execution,
  asker: Asker,
  { policy, rosters, clock }: Explaining,
): Promise<WhoIsWho> {
  const roster = rosterFor(asker, rosters)
  const people = async (who: Named): Promise<Somebody[] | undefined> => {
    try {
      const members = await roster?.members(who)
      return members?.map(({ identity: { actor }, state }) => ({ id: actor.id, name: actor.name, state }))
    } catch (error) {
      if (error instanceof TransientFailure) return undefined
      throw error
    }
  }
  return {
    onCall: await people(onCall(policy, plan.id, clock.now())),
    approvers: await people(roleHolders(policy, 'approver', plan.id)),
    operators: await people(roleHolders(policy, 'operator', plan.id)),
  }
}

/** Whoever comes over the API is not on a platform that knows people: there the first one is asked. */
export function rosterFor(
  { actor }: Pick<Asker, 'actor'>,
  rosters: Explaining['rosters'],
): Roster | undefined {
  const [first] = rosters.values()
  return actor.kind === 'token' ? first : rosters.get(actor.id.split(':')[0] ?? '')
}

/** Why the asker may not decide the task now; undefined where they may. */
async function refusalOf(
  execution: Execution,
  task: Task,
  asker: Asker,
  explaining: Explaining,
): Promise<Refusal | undefined> {
  const { policy, directory } = explaining
  try {
    if (task.type !== 'approval') {
      const identity = await directory.identify(asker.actor)
      return forbids(
        policy,
        identity,
        { asks: 'retry', task: task.id },
        { plan: execution.plan.id, execution },
      )
    }
    const request = { asks: 'approve' as const, task: task.id }
    const voting = await ballotOn(execution, { gate: task, request }, asker.actor, explaining)
    if (voting.kind === 'refused') return voting.refusal
    const own = task.votes?.find(({ human }) => human === voting.ballot.voter.human)
    return own && { why: 'already-voted', task: task.id, asked: own.for, at: own.at }
  } catch (error) {
    if (error instanceof TransientFailure) return { why: 'directory-unavailable', asked: 'approve' }
    throw error
  }
}
