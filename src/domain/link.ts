import type { Request } from './decide.ts'
import type { ExecutionId } from './execution.ts'
import type { Ticket } from './step-up.ts'
import type { Actor } from './task.ts'

/** An account that its platform tells no address of, and what it asked for: whoever signs in is who it belongs to, and it is done. */
export interface LinkTicket {
  readonly links: true
  readonly execution: ExecutionId
  readonly request: Extract<Request, { task: string }>
  readonly actor: Actor
  readonly expiresAt: string
}

export const isLink = (ticket: Ticket | LinkTicket): ticket is LinkTicket => 'links' in ticket
