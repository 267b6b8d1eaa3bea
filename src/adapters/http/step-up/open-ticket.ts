import type { SignInEnd } from '../../../conversation/sign-in-cards.ts'
import { decide, type Request } from '../../../domain/decide.ts'
import type { Execution, ExecutionId } from '../../../domain/execution.ts'
import { isLink, type LinkTicket } from '../../../domain/link.ts'
import { optional } from '../../../domain/optional.ts'
import type { Refused } from '../../../domain/refusal.ts'
import type { Ticket } from '../../../domain/step-up.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { TicketStore } from '../../../ports/step-up.ts'
import { findTicket } from './tickets.ts'

export type OpenTicket =
  | { readonly kind: 'decision'; readonly ticket: Ticket; readonly execution: Execution }
  /** The run is there where it is about one. */
  | { readonly kind: 'link'; readonly ticket: LinkTicket; readonly execution?: Execution }

export interface TicketParts {
  readonly tickets: Pick<TicketStore, 'find'>
  readonly execution: (id: ExecutionId) => Promise<Execution | undefined>
  readonly clock: Clock
}

/** The ticket of that id, where what it is for could still be done; otherwise how it ends, or why it would be refused. */
export async function openTicket(
  id: string,
  { tickets, execution: runOf, clock }: TicketParts,
): Promise<OpenTicket | { readonly kind: 'closed'; readonly end: SignInEnd } | Refused> {
  const closed = (end: SignInEnd) => ({ kind: 'closed' as const, end })
  const kept = await findTicket(tickets, id)
  if (!kept) return closed('unknown')
  const { ticket, usedAt } = kept
  if (usedAt) return closed('used')
  if (Date.parse(ticket.expiresAt) <= clock.now().getTime()) return closed('expired')
  const about = aboutRun(ticket)
  const execution = about && (await runOf(about.execution))
  if (about && !execution) return closed('unknown')
  const stands = about && execution && decide(execution, about.request)
  if (stands?.kind === 'refused') return stands
  if (isLink(ticket)) return { kind: 'link', ticket, ...optional('execution', execution) }
  return execution ? { kind: 'decision', ticket, execution } : closed('unknown')
}

/** The decision that somebody signs in for, as they would ask for it. */
export function requestOf(ticket: Ticket): Extract<Request, { task: string }> {
  const { asks, task, attempt, digest, reason, breakGlass } = ticket
  return {
    ...{ asks, task, seen: { attempt, digest } },
    ...optional('reason', reason),
    ...optional('breakGlass', breakGlass),
  }
}

function aboutRun(ticket: Ticket | LinkTicket): { execution: ExecutionId; request: Request } | undefined {
  if (!isLink(ticket)) return { execution: ticket.execution, request: requestOf(ticket) }
  return ticket.wants?.kind === 'request' ? ticket.wants : undefined
}
