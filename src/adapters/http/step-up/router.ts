import { type Request, type RequestHandler, type Response, Router } from 'express'
import type { Logger } from 'pino'
import { ulid } from 'ulid'
import { z } from 'zod'
import { linkCard, linkedButCard, linkedCard, onlyLinkedCard } from '../../../conversation/link-cards.ts'
import { refusalCard } from '../../../conversation/refusals.ts'
import {
  recordedCard,
  type SignInEnd,
  signInCard,
  signInEndCard,
  signInLabel,
  usedUp,
} from '../../../conversation/sign-in-cards.ts'
import { LANGUAGES, say } from '../../../conversation/words/index.ts'
import { type Execution, type ExecutionId, type Mode, taskOf } from '../../../domain/execution.ts'
import type { LinkTicket } from '../../../domain/link.ts'
import { optional } from '../../../domain/optional.ts'
import type { Refusal } from '../../../domain/refusal.ts'
import type { Ticket } from '../../../domain/step-up.ts'
import type { Actor } from '../../../domain/task.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Door } from '../../../ports/door.ts'
import { TransientFailure } from '../../../ports/failure.ts'
import type { LinkStore } from '../../../ports/link-store.ts'
import type { TicketStore } from '../../../ports/step-up.ts'
import { type SignInUnderWay, signInCookies } from './cookie.ts'
import type { Identity } from './identity.ts'
import { tooManyMisses } from './misses.ts'
import { type OpenTicket, openTicket, requestOf } from './open-ticket.ts'
import { headersOf, type Page, renderPage } from './page.ts'
import { keyOf, pathTo } from './tickets.ts'

export interface StepUpParts {
  readonly publicUrl: string
  readonly issuer: string
  /** Of the client at the provider; cookies are signed by a key that is made of it. */
  readonly clientSecret: string
  readonly identity: Identity
  readonly tickets: TicketStore
  readonly door: Pick<Door, 'handle' | 'start'>
  readonly execution: (id: ExecutionId) => Promise<Execution | undefined>
  /** The human behind an actor, by the policy and the directory of this moment. */
  readonly humanOf: (actor: Actor) => Promise<string | undefined>
  readonly links: LinkStore
  /** Whether the address is that of another account on the same platform. */
  readonly isTaken: (email: string, actor: Actor) => Promise<boolean>
  /** Does the work in the language of a locale such as "de-AT": a page is read by one person. */
  readonly inLanguageOf: <Result>(locale: string | undefined, work: () => Result) => Result
  readonly clock: Clock
  readonly log: Logger
}

export const CALLBACK = '/decide/callback'

/**
 * The pages on which a decision is made after a fresh sign-in. It promises:
 * 1. Opening a link changes nothing, whoever or whatever opens it.
 * 2. A decision is made by the browser that began the sign-in, after its human has signed in, and by nobody else.
 * 3. A link decides once. It is used up only when its human has signed in, and before the decision is made.
 * 4. Every way ends on a page that says what was recorded, or that nothing was.
 * 5. No link, code or token is logged.
 * 6. A page is in the language that its browser asks for, where we have it.
 */
export function stepUpRoutes(parts: StepUpParts): Router {
  const { publicUrl, issuer, identity, tickets, clock, log } = parts
  const cookies = signInCookies(parts.clientSecret, publicUrl.startsWith('https:'))
  const isTooMuch = tooManyMisses(clock)
  const router = Router()
  router.use('/decide', (request, response, next) => {
    response.set(headersOf(issuer))
    const known = (asked: string) => LANGUAGES.some((language) => language === asked.split('-')[0])
    parts.inLanguageOf(request.acceptsLanguages().find(known), next)
  })
  router.get(CALLBACK, page(called))
  router.get('/decide/:ticket', page(shown))
  router.post('/decide/:ticket', page(begun))
  router.use('/decide', broken)
  return router

  async function shown(request: Request, response: Response): Promise<void> {
    const open = await opened(String(request.params.ticket), request.ip)
    if (open.kind === 'closed') return end(response, open.end)
    if (open.kind === 'refused') return refuse(response, open.refusal)
    if (open.kind === 'link') {
      const card = linkCard(open.ticket, open.execution)
      const mode = optional('mode', modeOf(open.ticket, open.execution))
      return send(response, 200, { card, ...mode, button: say().notices.link.button })
    }
    const { execution, ticket } = open
    const card = signInCard(execution, taskOf(execution, ticket.task), ticket)
    send(response, 200, { card, mode: execution.mode, button: signInLabel(ticket.asks) })
  }

  async function begun(request: Request, response: Response): Promise<void> {
    const id = String(request.params.ticket)
    if (!isFromHere(request, publicUrl)) return end(response, 'elsewhere')
    const open = await opened(id, request.ip)
    if (open.kind === 'closed') return end(response, open.end)
    if (open.kind === 'refused') return refuse(response, open.refusal)
    const { url, begun } = await identity.begin(open.kind === 'link' ? undefined : open.ticket.human)
    response.set('set-cookie', cookies.write({ ticket: id, begun })).redirect(303, url)
  }

  async function called(request: Request, response: Response): Promise<void> {
    const state = z.string().safeParse(request.query.state).data ?? ''
    const underWay = cookies.read(request.get('cookie'), state)
    if (!underWay) return end(response, 'elsewhere')
    try {
      await decided(underWay, new URL(request.originalUrl, publicUrl), request.ip, response)
    } catch (error) {
      if (!(error instanceof TransientFailure)) throw error
      log.warn({ why: error.message }, 'sign-in could not be finished')
      end(response, 'away', underWay.ticket)
    }
  }

  async function decided(
    { ticket: id, begun }: SignInUnderWay,
    callback: URL,
    address: string | undefined,
    response: Response,
  ): Promise<void> {
    const open = await opened(id, address)
    if (open.kind === 'closed') return end(response, open.end)
    if (open.kind === 'refused') return refuse(response, open.refusal)
    const { ticket } = open
    const about = { ...named(open), by: ticket.actor.id }
    const signedIn = await identity.finish(callback, begun)
    if (signedIn.kind === 'not-signed-in') {
      log.warn({ ...about, why: signedIn.why }, 'nobody signed in for a decision')
      return end(response, signedIn.why, id)
    }
    const { email } = signedIn
    if (open.kind === 'link' && (await parts.isTaken(email, ticket.actor))) {
      log.warn({ ...about, email }, 'an account was not linked: the address belongs to another one')
      return end(response, 'taken', id)
    }
    if (
      open.kind === 'decision' &&
      (email !== open.ticket.human || email !== (await parts.humanOf(ticket.actor)))
    ) {
      log.warn({ ...about, email }, 'somebody else signed in for a decision')
      return end(response, 'somebody-else', id)
    }
    const now = clock.now()
    try {
      if (!(await tickets.use(keyOf(id), now))) end(response, 'used')
      else if (open.kind === 'link') await link(open.ticket, email, now, response)
      else await record(open.ticket, email, now, response)
    } catch (error) {
      if (!(error instanceof TransientFailure)) throw error
      log.warn({ ...about, why: error.message }, 'a decision was signed in for, and could not be recorded')
      end(response, 'not-recorded')
    }
  }

  async function record(ticket: Ticket, human: string, now: Date, response: Response): Promise<void> {
    const { actor, reason, expiresAt: _expired, human: _asked, ...decision } = ticket
    const proof = { ...decision, human, at: now.toISOString() }
    const handled = await parts.door.handle(ticket.execution, requestOf(ticket), {
      actor,
      source: 'sign-in',
      proof,
    })
    if (handled.kind === 'refused') {
      return send(response, 409, { card: usedUp(refusalCard(handled.refusal, actor.id)) })
    }
    const { execution } = handled
    const card = recordedCard(execution, taskOf(execution, ticket.task), ticket)
    send(response, 200, { card, mode: execution.mode })
  }

  async function link(ticket: LinkTicket, human: string, now: Date, response: Response): Promise<void> {
    const { actor, wants } = ticket
    await parts.links.keep(actor.id, { human, at: now.toISOString() })
    log.info({ actor: actor.id, human }, 'account linked')
    if (!wants) return send(response, 200, { card: onlyLinkedCard(human) })
    const asker = { actor, source: 'sign-in' }
    const handled =
      wants.kind === 'start'
        ? await parts.door.start(wants.order, asker)
        : await parts.door.handle(wants.execution, wants.request, asker)
    if (handled.kind === 'refused') {
      return send(response, 409, { card: linkedButCard(human, refusalCard(handled.refusal, actor.id)) })
    }
    const { execution } = handled
    send(response, 200, { card: linkedCard(ticket, human, execution), mode: execution.mode })
  }

  /** Whoever tries too many that are none hears of it. */
  async function opened(id: string, address = '') {
    const open = await openTicket(id, parts)
    const isMiss = open.kind === 'closed' && open.end === 'unknown'
    return isMiss && isTooMuch(address) ? { kind: 'closed' as const, end: 'too-many' as const } : open
  }

  function broken(error: unknown, _request: Request, response: Response, _next: () => void): void {
    if (error instanceof TransientFailure) {
      log.warn({ why: error.message }, 'sign-in page could not be shown')
      end(response, 'away')
    } else if (error instanceof URIError) {
      // An address that cannot be decoded.
      end(response, 'unknown')
    } else {
      const id = ulid()
      log.error({ err: error, id }, 'sign-in page failed')
      const text = say().answers.broken.web(id)
      send(response, 500, { card: { text, tone: 'bad', blocks: [{ kind: 'text', text: [text] }] } })
    }
  }
}

const modeOf = ({ wants }: LinkTicket, run: Execution | undefined): Mode | undefined =>
  run?.mode ?? (wants?.kind === 'start' ? wants.order.mode : undefined)

/** What a log line says of it. */
function named(open: OpenTicket): object {
  if (open.kind === 'decision') {
    const { execution, task, asks } = open.ticket
    return { execution, task, asks }
  }
  const { wants } = open.ticket
  if (!wants) return {}
  if (wants.kind === 'start') return { plan: wants.order.plan, asks: 'start' }
  const { execution, request } = wants
  return { execution, asks: request.asks, ...('task' in request && { task: request.task }) }
}

/** Only our own page may begin a sign-in. Its browser sends no Origin, for it sends no referrer; all browsers of today say the site. */
function isFromHere(request: Request, publicUrl: string): boolean {
  const site = request.get('sec-fetch-site')
  return site === undefined ? request.get('origin') === publicUrl : site === 'same-origin'
}

const STATUS = {
  unknown: 404,
  used: 410,
  expired: 410,
  elsewhere: 403,
  declined: 403,
  unproven: 403,
  'not-fresh': 403,
  'no-address': 403,
  'somebody-else': 403,
  taken: 409,
  away: 503,
  'not-recorded': 503,
  'too-many': 429,
} as const satisfies Record<SignInEnd, number>

/** `again`: the ticket that is still good. */
function end(response: Response, how: SignInEnd, again?: string): void {
  const back = again === undefined ? undefined : { path: pathTo(again), label: say().answers.signInPage.back }
  send(response, STATUS[how], { card: signInEndCard(how), ...optional('back', back) })
}

const refuse = (response: Response, refusal: Refusal): void =>
  send(response, 409, { card: refusalCard(refusal) })

const send = (response: Response, status: number, page: Page): void =>
  void response.status(status).type('html').send(renderPage(page))

const page =
  (answer: (request: Request, response: Response) => Promise<void>): RequestHandler =>
  (request, response) =>
    answer(request, response)
