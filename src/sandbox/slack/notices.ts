import { createWaiting, type Waiting } from '../waiting.ts'
import type { PageEvent } from './page-api.ts'

/** Who is told what, as it happens. */
export interface Notices extends Waiting {
  tell(people: readonly string[], event: PageEvent): void
  watch(person: string, listener: (event: PageEvent) => void): () => void
  /** The banners this person was shown, oldest first. */
  troubles(person: string): readonly string[]
}

const TROUBLES_REMEMBERED = 100

export function createNotices(): Notices {
  const watchers = new Map<string, Set<(event: PageEvent) => void>>()
  const troubles = new Map<string, string[]>()
  const waiting = createWaiting('The workspace was closed before what was waited for came about.')
  const { stir } = waiting

  return {
    stir,
    tell: (people, event) => {
      for (const person of people) {
        if (event.kind === 'trouble') {
          troubles.set(person, [...(troubles.get(person) ?? []), event.text].slice(-TROUBLES_REMEMBERED))
        }
        for (const listener of watchers.get(person) ?? []) listener(event)
      }
      stir()
    },
    watch: (person, listener) => {
      const known = watchers.get(person) ?? new Set()
      watchers.set(person, known.add(listener))
      return () => known.delete(listener)
    },
    troubles: (person) => troubles.get(person) ?? [],
    until: waiting.until,
    close: waiting.close,
  }
}
