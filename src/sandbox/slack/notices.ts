import type { PageEvent } from './page-api.ts'

/** Who is told what, as it happens. */
export interface Notices {
  tell(people: readonly string[], event: PageEvent): void
  /** Something changed that no page shows, but that somebody may be waiting for. */
  stir(): void
  watch(person: string, listener: (event: PageEvent) => void): () => void
  /** The banners this person was shown, oldest first. */
  troubles(person: string): readonly string[]
  /** The first answer other than undefined, now or after any later change. */
  until<Found>(look: () => Found | undefined): Promise<Found>
  close(): void
}

const TROUBLES_REMEMBERED = 100

export function createNotices(): Notices {
  const watchers = new Map<string, Set<(event: PageEvent) => void>>()
  const troubles = new Map<string, string[]>()
  const waiting = new Set<{ look(): boolean; giveUp(): void }>()
  const stir = () => {
    for (const waiter of waiting) if (waiter.look()) waiting.delete(waiter)
  }

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
    until: (look) =>
      new Promise((resolve, reject) => {
        const waiter = {
          look: () => {
            try {
              const found = look()
              if (found !== undefined) resolve(found)
              return found !== undefined
            } catch (error) {
              // Whoever waits must hear of it, and not whoever happened to change something.
              reject(error)
              return true
            }
          },
          giveUp: () => reject(new Error('The workspace was closed before what was waited for came about.')),
        }
        if (!waiter.look()) waiting.add(waiter)
      }),
    close: () => {
      for (const waiter of waiting) waiter.giveUp()
      waiting.clear()
    },
  }
}
