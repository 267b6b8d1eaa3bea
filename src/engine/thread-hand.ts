import type { Card } from '../conversation/card.ts'
import { digest } from '../domain/digest.ts'
import type { Place } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Chat, Lane, Manner, MessageReference } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import { FinalFailure, GoneFailure, TransientFailure, UnreachableFailure } from '../ports/failure.ts'
import type { StandingCard, Thread, ThreadStore } from '../ports/thread-store.ts'
import type { Doubts } from './doubts.ts'
import type { KeyedCard } from './what-to-tell.ts'

/** The hand that writes into one thread. What it posts is on record before it posts anything else. */
export interface ThreadHand {
  readonly thread: () => Thread
  shows(message: MessageReference | undefined, painted: string | undefined, card: Card): boolean
  isPainted(one: KeyedCard): boolean
  /** Holds for what is saved next. */
  note(next: Partial<Thread>): void
  /** From now on nobody else tells this thread; a process that dies is followed by another one after HOLD_SECONDS. */
  hold(): Promise<void>
  /** Saves what stands, for others to go on. */
  free(next: Thread): Promise<void>
  say(card: Card, how: Pick<Manner, 'announced' | 'lane'>): Promise<void>
  paintHeadline(card: Card, lane: Lane, more: Partial<Thread>): Promise<void>
  paintCard(one: KeyedCard): Promise<void>
}

const HOLD_SECONDS = 20
/** With less than that, the hold is renewed first: a call may wait for its turn, and then for its answer. */
const CALL_SECONDS = 16

export function threadHand(parts: {
  readonly found: Thread
  /** Of the run, as it is told now. */
  readonly version: number
  readonly chat: Chat
  readonly place: Place
  readonly threads: ThreadStore
  readonly doubts: Doubts
  readonly clock: Clock
}): ThreadHand {
  const { chat, place, threads, doubts, clock, version } = parts
  let thread = parts.found
  let isUnsaved = false
  const unsettled: (() => void)[] = []

  function shows(message: MessageReference | undefined, painted: string | undefined, card: Card): boolean {
    return message !== undefined && painted === digest(card) && !doubts.about(message)
  }

  function isPainted({ key, card, over }: KeyedCard): boolean {
    const standing = thread.cards[key]
    return shows(standing?.message, standing?.digest, card) && standing?.over === over
  }

  function note(next: Partial<Thread>): void {
    thread = { ...thread, ...next }
  }

  async function save(next: Thread): Promise<void> {
    if (!(await threads.save(next))) throw new TransientFailure('Another process tells this thread now.')
    thread = { ...next, revision: next.revision + 1 }
    isUnsaved = false
    for (const settle of unsettled.splice(0)) settle()
  }

  const hold = () => {
    const heldUntil = new Date(clock.now().getTime() + HOLD_SECONDS * 1000).toISOString()
    return save({ ...thread, shows: version, heldUntil })
  }

  const isHeldFor = (seconds: number): boolean =>
    thread.heldUntil !== undefined && Date.parse(thread.heldUntil) - clock.now().getTime() >= seconds * 1000

  /** A process may sleep while it renews the hold: then it holds nothing, and somebody else may be at it. */
  async function keepHold(): Promise<void> {
    if (isHeldFor(CALL_SECONDS)) return
    await hold()
    if (!isHeldFor(CALL_SECONDS)) throw new TransientFailure('It took too long to hold the thread.')
  }

  /** Painting again is harmless and needs no record of its own; what was posted is on record before anything else is. */
  async function posting<Posted>(send: () => Promise<Posted>): Promise<Posted> {
    if (isUnsaved) await hold()
    await keepHold()
    isUnsaved = true
    return send()
  }

  /** Without its headline a thread takes no replies: the headline is posted anew, and the rest under that. */
  async function reply(card: Card, how: Manner): Promise<MessageReference> {
    try {
      return await posting(() => chat.post(place, card, { ...how, ...optional('under', thread.headline) }))
    } catch (error) {
      if (!(error instanceof GoneFailure)) throw error
      const { headline: _, headlineDigest: __, ...rest } = thread
      thread = rest
      throw new TransientFailure('The headline of the thread is gone; it is posted anew.', 1, {
        cause: error,
      })
    }
  }

  /**
   * Repaints the message where it stands; posts it anew where it is gone (deleted, or the first time). It is in doubt until
   * what it shows is on record: a process that slept meanwhile may have painted over what another one has painted since.
   */
  async function paint(
    card: Card,
    lane: Lane,
    standing: MessageReference | undefined,
    post: () => Promise<MessageReference>,
    keep: (message: MessageReference) => void,
  ): Promise<void> {
    if (!standing) return keep(await post())
    await keepHold()
    unsettled.push(doubts.raise(standing))
    try {
      await chat.update(standing, card, { lane })
      keep(standing)
    } catch (error) {
      // Where nothing can be said at all, it cannot be said anew either.
      if (!(error instanceof FinalFailure) || error instanceof UnreachableFailure) throw error
      keep(await post())
    }
  }

  return {
    thread: () => thread,
    shows,
    isPainted,
    note,
    hold,
    free: save,
    async say(card, how) {
      await reply(card, how)
    },
    paintHeadline: (card, lane, more) =>
      paint(
        card,
        lane,
        thread.headline,
        () => posting(() => chat.post(place, card, { lane })),
        (headline) => note({ headline, headlineDigest: digest(card), ...more }),
      ),
    async paintCard(one) {
      const { key, card, over, to, locale, lane, alone } = one
      if (isPainted(one)) return
      const standing = thread.cards[key]
      const keepCard = (message: MessageReference) => {
        const how = { ...optional('over', over), ...optional('locale', locale) }
        const now: StandingCard = { message, digest: digest(card), ...how }
        note({ cards: { ...thread.cards, [key]: now } })
      }
      if (standing && shows(standing.message, standing.digest, card)) return keepCard(standing.message)
      const post = () => {
        if (to !== undefined) return posting(() => chat.direct(to, card, { lane }))
        if (alone) return posting(() => chat.post(place, card, { lane }))
        return reply(card, { lane, ...optional('announced', one.announced) })
      }
      try {
        await paint(card, lane, standing?.message, post, keepCard)
      } catch (error) {
        // Somebody who cannot be written to is left out; everybody else is asked all the same.
        if (to === undefined || !isAboutOne(error)) throw error
        const nowhere = { platform: place.platform, channel: to, message: '' }
        note({ cards: { ...thread.cards, [key]: { message: nowhere, digest: digest(card), over: true } } })
      }
    },
  }
}

const isAboutOne = (error: unknown): boolean =>
  error instanceof FinalFailure && !(error instanceof UnreachableFailure && error.where === 'everywhere')
