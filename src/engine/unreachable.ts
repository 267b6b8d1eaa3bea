import { plainText } from '../conversation/as-text.ts'
import { clockTime } from '../conversation/in-words.ts'
import { say } from '../conversation/words/index.ts'
import type { ExecutionId, Place } from '../domain/execution.ts'
import type { Broken } from '../ports/thread-store.ts'

/** Where nothing can be said, as far as this process knows. */
export interface Unreachable {
  /** Whether that is news: it is said in the other places of the run. */
  note(run: ExecutionId, place: Place, broken: Broken | undefined): boolean
  knows(run: ExecutionId, place: Place): boolean
  elsewhere(run: ExecutionId, place: Place): readonly Elsewhere[]
  inWords(): readonly string[]
}

export interface Elsewhere {
  readonly place: Place
  readonly broken: Broken
}

export function unreachable(): Unreachable {
  const runs = new Map<ExecutionId, readonly Elsewhere[]>()
  return {
    note(run, place, broken) {
      const others = (runs.get(run) ?? []).filter((known) => !isSame(known.place, place))
      const isKnown = others.length < (runs.get(run)?.length ?? 0)
      const all = broken ? [...others, { place, broken }] : others
      if (all.length > 0) runs.set(run, all)
      else runs.delete(run)
      return broken !== undefined && !isKnown
    },
    knows: (run, place) => (runs.get(run) ?? []).some((known) => isSame(known.place, place)),
    elsewhere: (run, place) => (runs.get(run) ?? []).filter((known) => !isSame(known.place, place)),
    inWords() {
      // Many runs may be told in the one place.
      const first = new Map<string, Elsewhere>()
      for (const known of [...runs.values()].flat()) {
        const key = JSON.stringify([known.place.platform, known.place.channel])
        const other = first.get(key)
        if (!other || Date.parse(known.broken.since) < Date.parse(other.broken.since)) first.set(key, known)
      }
      return [...first.values()].map(({ place, broken }) =>
        say().answers.desk.cannotSpeak(place.channel, plainText([clockTime(broken.since)]), broken.why),
      )
    },
  }
}

const isSame = (one: Place, other: Place): boolean =>
  one.platform === other.platform && one.channel === other.channel
