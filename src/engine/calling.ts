import type { Logger } from 'pino'
import { askedBy, onCall, roleHolders } from '../domain/called.ts'
import type { Execution } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import { humanOf, type Policy } from '../domain/permission.ts'
import type { Task } from '../domain/task.ts'
import type { Clock } from '../ports/clock.ts'
import { TransientFailure } from '../ports/failure.ts'
import type { MuteStore } from '../ports/mute-store.ts'
import type { Member, Roster } from '../ports/roster.ts'
import { unmuted } from './muting.ts'
import { requirementOf } from './voting.ts'

export interface Calling {
  readonly policy: Policy
  readonly rosters: ReadonlyMap<string, Roster>
  readonly clock: Clock
  readonly log: Logger
  readonly mutes?: MuteStore
}

/** Somebody who is written to, in their language where it is known. */
export interface Called {
  readonly to: string
  readonly locale?: string
}

/** A decision takes a few people; more than these are not woken for it. */
const CALLED_AT_MOST = 10

/**
 * Who is written to directly about a task that waits: those on call first, then everybody who may decide. A starter who may not
 * decide is not asked to. While the platform does not say who they are, nobody is; the card in the thread stands.
 */
export async function called(
  { policy, rosters, clock, log, mutes }: Calling,
  execution: Execution,
  task: Task,
  platform: string,
): Promise<readonly Called[]> {
  const roster = rosters.get(platform)
  if (!roster || !task.rung) return []
  const plan = execution.plan.id
  const isGate = task.type === 'approval'
  const requirement = requirementOf(policy, execution, task)
  const may = isGate ? askedBy(policy, requirement, plan) : roleHolders(policy, 'operator', plan)
  const now = clock.now()
  try {
    const all = await roster.members(may)
    const able = mutes ? await unmuted(execution, task, all, { mutes, policy, clock }) : all
    const duty = new Set((await roster.members(onCall(policy, plan, now))).map(idOf))
    const first = able.filter((member) => duty.has(idOf(member)))
    // Where nobody who may decide is on call, there is nobody to ask first.
    const asked = task.rung === 'on-call' && first.length > 0 ? first : [...first, ...able]
    const voted = new Set(task.votes?.map(({ human }) => human))
    const starter = isGate && requirement.four_eyes ? execution.startedBy.id : undefined
    const wanted = asked.filter(
      (member) => idOf(member) !== starter && !voted.has(humanOf(policy, member.identity) ?? ''),
    )
    const each = new Map(wanted.map((member) => [idOf(member), member.locale]))
    return [...each].slice(0, CALLED_AT_MOST).map(([to, locale]) => ({ to, ...optional('locale', locale) }))
  } catch (error) {
    if (!(error instanceof TransientFailure)) throw error
    log.warn({ execution: execution.id, task: task.id, error }, 'nobody could be called')
    return []
  }
}

const idOf = ({ identity }: Member): string => identity.actor.id
