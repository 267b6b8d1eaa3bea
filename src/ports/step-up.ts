import type { LinkTicket } from '../domain/link.ts'
import type { Ticket } from '../domain/step-up.ts'

/** Where people sign in anew. */
export interface StepUp {
  /** A link that makes this decision once, after its human has signed in; or that links an account, and then makes it. */
  offer(ticket: Ticket | LinkTicket): Promise<string>
  /** Whether the provider answers now; false after a few seconds of silence. */
  answers(): Promise<boolean>
}

/** Tickets outlive the process that made them. Their keys are digests: who reads the table cannot use them. */
export interface TicketStore {
  keep(key: string, ticket: Ticket | LinkTicket): Promise<void>
  /** Used and expired ones as well, for a while: people are told what became of their link. */
  find(key: string): Promise<Kept | undefined>
  /** True for one caller only, and for nobody once it has expired. */
  use(key: string, at: Date): Promise<boolean>
}

export interface Kept {
  readonly ticket: Ticket | LinkTicket
  readonly usedAt?: string
}

/** How long an expired ticket is remembered. */
export const TICKET_KEPT_HOURS = 24
