import type { Link, LinkStore } from '../../ports/link-store.ts'

export function memoryLinks(): LinkStore {
  const links = new Map<string, Link>()
  return {
    get: async (actor) => links.get(actor),
    accountsOf: async (human) => [...links].flatMap(([actor, link]) => (link.human === human ? [actor] : [])),
    keep: async (actor, link) => void links.set(actor, link),
  }
}
