import type { Reply } from '../conversation/card.ts'
import { noticeCard } from '../conversation/help-card.ts'
import { clip, clockTime, MODE_WORDS } from '../conversation/in-words.ts'
import { say } from '../conversation/words/index.ts'
import { isFeasible } from '../domain/ballot.ts'
import type { Execution } from '../domain/execution.ts'
import { humanOf, type Policy, voterOf } from '../domain/permission.ts'
import type { Task } from '../domain/task.ts'
import type { Clock } from '../ports/clock.ts'
import type { Directory } from '../ports/directory.ts'
import type { Asker } from '../ports/door.ts'
import { TransientFailure } from '../ports/failure.ts'
import type { MuteStore } from '../ports/mute-store.ts'
import type { Member } from '../ports/roster.ts'
import { requirementOf } from './voting.ts'

export interface Muting {
  readonly mutes: MuteStore
  readonly policy: Policy
  readonly directory: Directory
  readonly clock: Clock
}

/** No direct messages about this run for so many minutes, on any platform; 0: they come again. */
export async function mute(
  { id, plan, mode }: Execution,
  minutes: number,
  asker: Asker,
  { mutes, policy, directory, clock }: Muting,
): Promise<Reply> {
  const words = say().answers.mute
  if (asker.actor.kind !== 'person') return { kind: 'whisper', card: noticeCard(words.nobody), no: 'refused' }
  const identity = await directory.identify(asker.actor).catch(unknown)
  if (!identity) return { kind: 'whisper', card: noticeCard(words.notKnown, 'attention'), no: 'refused' }
  const human = humanOf(policy, identity) ?? asker.actor.id
  const until = new Date(clock.now().getTime() + minutes * 60_000)
  await mutes.mute(id, human, until)
  const run = `${MODE_WORDS[mode]} · ${clip(plan.name, 60)}`
  const text = minutes > 0 ? words.muted(run, clockTime(until.toISOString())) : words.heard(run)
  return { kind: 'whisper', card: { ...noticeCard(run), blocks: [{ kind: 'text', text }] } }
}

/** Those who may be written to: without who is muted, but where the rest could not decide, all of them. */
export async function unmuted(
  execution: Execution,
  task: Task,
  able: readonly Member[],
  { mutes, policy, clock }: Pick<Muting, 'mutes' | 'policy' | 'clock'>,
): Promise<readonly Member[]> {
  const muted = await mutes.mutedIn(execution.id).catch(nobody)
  const now = clock.now()
  const rest = able.filter(({ identity }) => {
    const until = muted.get(humanOf(policy, identity) ?? '')
    return until === undefined || until <= now
  })
  if (rest.length === able.length) return able
  return canDecide(execution, task, rest, policy) ? rest : able
}

function unknown(error: unknown): undefined {
  if (error instanceof TransientFailure) return undefined
  throw error
}

/** To be left in peace is a wish; to be called is a need. */
function nobody(error: unknown): ReadonlyMap<string, Date> {
  if (error instanceof TransientFailure) return new Map()
  throw error
}

function canDecide(execution: Execution, task: Task, some: readonly Member[], policy: Policy): boolean {
  if (task.type !== 'approval') return some.length > 0
  const requirement = requirementOf(policy, execution, task)
  const plan = execution.plan.id
  // Whoever started the run or edited its plan may be among them: nobody is spared.
  if (requirement.four_eyes) return false
  const voters = some.flatMap(({ identity }) => voterOf(policy, requirement, identity, plan) ?? [])
  return isFeasible(requirement, voters)
}
