import type { Kept, TicketStore } from '../../ports/step-up.ts'

export function memoryTickets(): TicketStore {
  const tickets = new Map<string, Kept>()
  return {
    keep: async (key, ticket) => void tickets.set(key, { ticket }),
    find: async (key) => tickets.get(key),
    use: async (key, at) => {
      const kept = tickets.get(key)
      if (!kept || kept.usedAt || Date.parse(kept.ticket.expiresAt) <= at.getTime()) return false
      tickets.set(key, { ...kept, usedAt: at.toISOString() })
      return true
    },
  }
}
