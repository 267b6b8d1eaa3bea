import type { Card } from '../conversation/card.ts'
import { digest } from '../domain/digest.ts'
import type { Place } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Chat, MessageReference } from '../ports/chat.ts'
import { FinalFailure, TransientFailure } from '../ports/failure.ts'
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
  save(next: Thread): Promise<void>
  say(card: Card, announced: boolean): Promise<void>
  paintHeadline(card: Card, more: Partial<Thread>): Promise<void>
  paintCard(one: KeyedCard): Promise<void>
}

export function threadHand(
  found: Thread,
  place: Place,
  chat: Chat,
  threads: ThreadStore,
  doubts: Doubts,
): ThreadHand {
  let thread = found
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

  /** Painting again is harmless and needs no record of its own; what was posted is on record before anything else is. */
  async function posting(send: () => Promise<MessageReference>): Promise<MessageReference> {
    if (isUnsaved) await save(thread)
    isUnsaved = true
    return send()
  }

  /**
   * Repaints the message where it stands; posts it anew where it is gone (deleted, or the first time). It is in doubt until
   * what it shows is on record: a process that slept meanwhile may have painted over what another one has painted since.
   */
  async function paint(
    card: Card,
    standing: MessageReference | undefined,
    post: () => Promise<MessageReference>,
    keep: (message: MessageReference) => void,
  ): Promise<void> {
    if (!standing) return keep(await posting(post))
    unsettled.push(doubts.raise(standing))
    try {
      await chat.update(standing, card)
      keep(standing)
    } catch (error) {
      if (!(error instanceof FinalFailure)) throw error
      keep(await posting(post))
    }
  }

  return {
    thread: () => thread,
    shows,
    isPainted,
    note,
    save,
    async say(card, announced) {
      await posting(() => chat.post(place, card, thread.headline, announced ? 'announced' : undefined))
    },
    paintHeadline: (card, more) =>
      paint(
        card,
        thread.headline,
        () => chat.post(place, card),
        (headline) => note({ headline, headlineDigest: digest(card), ...more }),
      ),
    async paintCard(one) {
      const { key, card, over, to, alone } = one
      if (isPainted(one)) return
      const standing = thread.cards[key]
      const keepCard = (message: MessageReference) => {
        const now: StandingCard = { message, digest: digest(card), ...optional('over', over) }
        note({ cards: { ...thread.cards, [key]: now } })
      }
      if (standing && shows(standing.message, standing.digest, card)) return keepCard(standing.message)
      const announced = one.announced ? ('announced' as const) : undefined
      const post = () => {
        if (to !== undefined) return chat.direct(to, card)
        return alone ? chat.post(place, card) : chat.post(place, card, thread.headline, announced)
      }
      try {
        await paint(card, standing?.message, post, keepCard)
      } catch (error) {
        // Somebody who cannot be written to is left out; everybody else is asked all the same.
        if (to === undefined || !(error instanceof FinalFailure)) throw error
        const nowhere = { platform: place.platform, channel: to, message: '' }
        note({ cards: { ...thread.cards, [key]: { message: nowhere, digest: digest(card), over: true } } })
      }
    },
  }
}
