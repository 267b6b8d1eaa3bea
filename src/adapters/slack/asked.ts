import { randomUUID } from 'node:crypto'
import type { webApi } from '@slack/bolt'
import type { Card } from '../../conversation/card.ts'
import { say } from '../../conversation/words/index.ts'
import type { MessageReference } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Asker, Desk } from '../../ports/door.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import type { Heard } from '../../ports/platform.ts'
import type { Watch } from '../../ports/watch.ts'
import type { Homes } from './homes.ts'
import type { SlackLog } from './log.ts'
import type { LookUp, SlackPerson } from './people.ts'
import type { Turns } from './turns.ts'

/** What everything that people do here needs. */
export interface Room {
  readonly desk: Desk
  readonly log: SlackLog
  readonly clock: Clock
  readonly client: webApi.WebClient
  readonly lookUp: LookUp
  readonly inOwnLanguage: Heard['inOwnLanguage']
  /** Answers this person in their language. */
  readonly answering: <Result>(userId: string, work: () => Promise<Result>) => Promise<Result>
  /** Our own user id; undefined while Slack does not say it. */
  readonly ownId: () => Promise<string | undefined>
  /** Clicks are acknowledged at once and worked on in turn. */
  readonly turns: Turns
  readonly watch?: Watch
  /** Whether this key is seen for the first time within so many seconds, on any of our processes. */
  readonly first: (key: string, seconds: number) => Promise<boolean>
  /** A message to one person alone, by their id here. */
  readonly direct: (userId: string, card: Card) => Promise<unknown>
  readonly homes: Homes
  /** A card of this run was painted over and must be painted as it stands. It is done soon, by whoever paints the cards. */
  readonly repaint: (execution: string, card: MessageReference) => void
}

/** Who asks; or a card for somebody who may not even ask. */
export async function askerOf(
  room: Pick<Room, 'lookUp'>,
  userId: string,
): Promise<Asker | { refused: Card; standing: SlackPerson['standing'] }> {
  const asker = (name: string): Asker => ({
    actor: { kind: 'person', id: `slack:${userId}`, name },
    source: 'slack',
  })
  try {
    const { name, standing } = await room.lookUp(userId)
    if (standing === 'member' || standing === 'guest') return asker(name)
    return { refused: sentence(say().answers.account[standing]), standing }
  } catch (error) {
    // Only the name is missing: the directory is asked again before anything is saved.
    if (error instanceof TransientFailure || error instanceof FinalFailure) return asker(userId)
    throw error
  }
}

/** Something of ours broke: the log has it under an id, and the person gets the id and the way out. */
export function brokenCard(room: Pick<Room, 'log'>, error: unknown): Card {
  const id = randomUUID().slice(0, 8)
  room.log.error({ id, err: error }, 'slack request broke')
  return sentence(say().answers.broken.slack(id))
}

export const sentence = (text: string, tone: Card['tone'] = 'bad'): Card => ({
  text,
  tone,
  blocks: [{ kind: 'text', text: [text] }],
})
