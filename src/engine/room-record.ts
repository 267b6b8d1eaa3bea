import { say } from '../conversation/words/index.ts'
import type { Execution } from '../domain/execution.ts'
import { FinalFailure, TransientFailure } from '../ports/failure.ts'
import type { Room, Trouble } from '../ports/room-store.ts'
import type { HowFar } from './how-far.ts'
import { STEPS, type StepName } from './room-steps.ts'

const FIRST_WAIT_SECONDS = 2
const WAIT_AT_MOST_SECONDS = 60
/** A refusal may come from a moment's state of the chat; one that comes so often is meant. */
const REFUSED_AT_MOST = 5
/** A trouble that passes by itself within so many tries is none of people's business. */
const QUIET_TRIES = 3

/** The trouble that stands for the whole room: nothing can be said in it any more. */
export const LOST = 'lost'

/** What is on record of the room that the run asks for now; a room it had before is another one. */
export function roomNow(execution: Execution, found: Room | undefined): Room {
  const openedAt = execution.room?.opened.at ?? ''
  if (found?.openedAt === openedAt) return found
  return { execution: execution.id, openedAt, done: {}, trouble: {}, revision: found?.revision ?? 0 }
}

export function isDue(name: StepName, execution: Execution, room: Room): boolean {
  const step = STEPS[name]
  const wanted = step.wants(execution)
  const isItsTime = (step.when === 'closed') === (execution.room?.closed !== undefined)
  const isReady = step.needs.every((other) => room.done[other] !== undefined)
  return isItsTime && isReady && !room.trouble[LOST] && wanted !== undefined && room.done[name] !== wanted
}

/** Not while it waits for its next try; and what the chat has refused for good is tried no more. */
export function mayTry(name: StepName, { trouble }: Room, now: number): boolean {
  const had = trouble[name]
  return !had || (!isGivenUp(had) && Date.parse(had.notBefore) <= now)
}

/** Until the next of these steps may be tried. */
export function waitFor(
  due: readonly (readonly [StepName, unknown])[],
  { trouble }: Room,
  now: number,
): HowFar {
  const waits = due.flatMap(([name]) => {
    const had = trouble[name]
    if (had && isGivenUp(had)) return []
    return had ? [Math.max(1, Math.ceil((Date.parse(had.notBefore) - now) / 1000))] : [FIRST_WAIT_SECONDS]
  })
  return waits.length > 0 ? { inSeconds: Math.min(...waits) } : 'told'
}

const isGivenUp = ({ isFinal, tries }: Trouble): boolean => isFinal && tries >= REFUSED_AT_MOST

/** The step could not be done once more, because of an error or because it is too early ('later'): each wait is longer. */
export function troubleAfter(had: Trouble | undefined, error: unknown, name: StepName, now: Date): Trouble {
  // That it was too early before says nothing of how often it failed.
  const again = had && (had.says === '') === (error === 'later')
  const tries = (again ? had.tries : 0) + 1
  const asked = error instanceof TransientFailure ? error.retryAfterSeconds : undefined
  const seconds = asked ?? Math.min(FIRST_WAIT_SECONDS * 2 ** (tries - 1), WAIT_AT_MOST_SECONDS)
  return {
    tries,
    says: error === 'later' ? '' : inWords(error, name),
    notBefore: new Date(now.getTime() + seconds * 1000).toISOString(),
    isFinal: error !== 'later' && !(error instanceof TransientFailure),
  }
}

/** In the language of this moment; the record keeps it so. */
function inWords(error: unknown, name: StepName): string {
  const { lacks, trouble, ourFault } = say().answers.room
  const isKnown = error instanceof TransientFailure || error instanceof FinalFailure
  return isKnown ? trouble(lacks[name], error.message) : ourFault(lacks[name])
}

/** What people should know of, a sentence each. */
export const troublesOf = ({ trouble }: Room): string[] =>
  Object.values(trouble)
    .filter(({ tries, isFinal, says }) => says !== '' && (isFinal || tries >= QUIET_TRIES))
    .map(({ says }) => says)
