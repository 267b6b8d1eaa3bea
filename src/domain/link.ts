import type { StartOrder } from './begin.ts'
import type { Request } from './decide.ts'
import type { ExecutionId } from './execution.ts'
import type { Ticket } from './step-up.ts'
import type { Actor } from './task.ts'

/** What somebody asked for that can be done without asking them again. */
export type Wanted =
  | { readonly kind: 'request'; readonly execution: ExecutionId; readonly request: Request }
  | { readonly kind: 'start'; readonly order: StartOrder }

/** An account that its platform tells no address of: whoever signs in is who it belongs to, and what they wanted is done. */
export interface LinkTicket {
  readonly links: true
  /** Absent: they wanted to see something, and look again. */
  readonly wants?: Wanted
  readonly actor: Actor
  readonly expiresAt: string
}

export const isLink = (ticket: Ticket | LinkTicket): ticket is LinkTicket => 'links' in ticket
