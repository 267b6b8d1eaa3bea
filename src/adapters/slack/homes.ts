import { webApi } from '@slack/bolt'
import type { Card } from '../../conversation/card.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import { askerOf, brokenCard, type Room } from './asked.ts'
import { orFailure } from './failure.ts'
import { renderHome } from './render.ts'
import { turns } from './turns.ts'

/**
 * The Homes that people look at.
 * 1. Who opens theirs, or decides something on it, sees it as it stands at that moment.
 * 2. Who opened it within the last hour sees what changes, once in ten seconds at most, and only where it looks different.
 * 3. Of two publishings at a time, the later look at what stands wins: Slack takes a Home only over the one that was seen.
 */
export interface Homes {
  /** Somebody looks at theirs, which had this hash if it was published before. */
  opened(user: string, hash: string | undefined): Promise<void>
  acted(user: string): Promise<void>
  changed(): void
  close(): Promise<void>
}

const REMEMBERED_MS = 60 * 60_000
const REMEMBERED_MOST = 200
const APART_MS = 10_000
/** What comes in a flurry is shown at once. */
const SETTLING_MS = 1_000
/** Homes are worked on beside everything else, and never hold it up. */
const AT_ONCE = 2

interface Looker {
  openedAt: number
  publishedAt: number
  hash: string | undefined
  /** The card that was published last. */
  shown: string
  /** Forgets the publishing that is about to come. */
  forget?: (() => void) | undefined
}

export function slackHomes(
  room: Pick<Room, 'desk' | 'lookUp' | 'answering' | 'log' | 'clock' | 'client'>,
): Homes {
  const { desk, log, clock, client } = room
  const lookers = new Map<string, Looker>()
  const work = turns(AT_ONCE)
  let closed = false
  const now = () => clock.now().getTime()

  const cardFor = (user: string): Promise<Card> =>
    room.answering(user, async () => {
      const asker = await askerOf(room, user)
      return 'refused' in asker ? asker.refused : desk.home(asker)
    })

  async function publish(user: string, looker: Looker, card: Card, hash?: string): Promise<void> {
    const published = await orFailure(
      `views.publish for ${user}`,
      client.views.publish({ user_id: user, view: renderHome(card), ...(hash && { hash }) }),
    )
    looker.hash = published.view?.hash
    looker.shown = JSON.stringify(card)
  }

  /** Shows what stands. Whoever published in between may have looked earlier than we, or later: so it is looked at once more. */
  async function show(user: string, looker: Looker, card: Card): Promise<void> {
    looker.publishedAt = now()
    try {
      await publish(user, looker, card, looker.hash)
    } catch (error) {
      if (!isConflict(error)) throw error
      await publish(user, looker, await cardFor(user))
    }
  }

  /** For somebody who waits for it: whatever happens, they see something. */
  async function showNow(user: string, looker: Looker): Promise<void> {
    const card = await cardFor(user).catch((error: unknown) => brokenCard(room, error))
    await trying(user, () => show(user, looker, card))
  }

  async function showChange(user: string, looker: Looker): Promise<void> {
    await trying(user, async () => {
      const card = await cardFor(user)
      if (JSON.stringify(card) !== looker.shown) await show(user, looker, card)
    })
  }

  async function trying(user: string, doing: () => Promise<void>): Promise<void> {
    try {
      await doing()
    } catch (error) {
      if (!(error instanceof TransientFailure || error instanceof FinalFailure)) throw error
      log.warn({ err: error }, 'slack home not published')
      if (error instanceof FinalFailure) lookers.delete(user)
      else showLater(user, (error.retryAfterSeconds ?? 0) * 1000)
    }
  }

  function showLater(user: string, atLeastMs: number): void {
    const looker = lookers.get(user)
    if (!looker || looker.forget || closed) return
    const wait = Math.max(atLeastMs, SETTLING_MS, looker.publishedAt + APART_MS - now())
    looker.forget = clock.after(wait, () => {
      looker.forget = undefined
      void work
        .take(() => showChange(user, looker))
        .catch((error: unknown) => {
          log.error({ err: error }, 'slack home broke')
        })
    })
  }

  function remember(user: string, hash: string | undefined): Looker {
    const known = lookers.get(user)
    const looker: Looker = known ?? { openedAt: 0, publishedAt: 0, hash, shown: '' }
    looker.openedAt = now()
    looker.hash = hash ?? looker.hash
    lookers.delete(user)
    lookers.set(user, looker)
    const [oldest] = lookers.keys()
    if (lookers.size > REMEMBERED_MOST && oldest !== undefined) drop(oldest)
    return looker
  }

  function drop(user: string): void {
    lookers.get(user)?.forget?.()
    lookers.delete(user)
  }

  return {
    opened: (user, hash) => work.take(() => showNow(user, remember(user, hash))),
    acted: (user) => work.take(() => showNow(user, remember(user, undefined))),
    changed() {
      for (const [user, { openedAt }] of lookers) {
        if (now() - openedAt > REMEMBERED_MS) drop(user)
        else showLater(user, 0)
      }
    },
    async close() {
      closed = true
      for (const user of [...lookers.keys()]) drop(user)
      await work.done()
    },
  }
}

function isConflict(error: unknown): boolean {
  const cause = error instanceof FinalFailure ? error.cause : undefined
  return cause instanceof webApi.WebAPIPlatformError && cause.data.error === 'hash_conflict'
}
