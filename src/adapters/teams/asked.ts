import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Card } from '../../conversation/card.ts'
import { say } from '../../conversation/words/index.ts'
import type { Place } from '../../domain/execution.ts'
import type { MessageReference } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Asker } from '../../ports/door.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import type { Outbox } from '../../ports/outbox.ts'
import type { Heard } from '../../ports/platform.ts'
import { type Activity, channelOf, isThread } from './activity.ts'
import type { Connector } from './connector.ts'
import { teamsId } from './ids.ts'
import type { People } from './people.ts'
import type { Kind } from './rates.ts'
import type { Seal } from './seal.ts'

export type TeamsLog = Pick<Logger, 'info' | 'warn' | 'error'>

/** What everything that people do here needs. */
export interface Hall extends Omit<Heard, 'watch'> {
  readonly log: TeamsLog
  readonly clock: Clock
  readonly connector: Connector
  readonly outbox: Outbox<Kind>
  readonly people: Pick<People, 'lookUp'>
  readonly seal: Seal
  /** The channel for incidents. */
  readonly home: Place | undefined
  /** Goes on when the answer has been given, and is waited for before we end. What fails is logged. */
  readonly later: (work: Promise<void>) => void
}

/** The object id of whoever did it; undefined for bots and connectors. */
export const personIn = ({ from }: Pick<Activity, 'from'>): string | undefined =>
  from.aadObjectId?.toLowerCase()

/** Who asks; or a card for somebody who may not even ask. */
export async function askerOf(
  { people }: Pick<Hall, 'people'>,
  { from }: Pick<Activity, 'from'>,
  person: string,
): Promise<Asker | { refused: Card }> {
  const asker = (name: string): Asker => ({
    actor: { kind: 'person', id: teamsId(person), name },
    source: 'teams',
  })
  try {
    const { name, standing } = await people.lookUp(person)
    if (standing === 'member' || standing === 'guest') return asker(name)
    return { refused: sentence(say().answers.account[standing]) }
  } catch (error) {
    // Only the name is missing: the directory is asked again before anything is saved.
    if (error instanceof TransientFailure || error instanceof FinalFailure) return asker(from.name || person)
    throw error
  }
}

/**
 * Where it was said or pressed: the channel or chat, or the thread where that is the room of a run. A run that is asked for in
 * private is told where incidents are.
 */
export async function placeOf(
  { roomAt, home }: Pick<Hall, 'roomAt' | 'home'>,
  { conversation }: Activity,
): Promise<Place> {
  if (home && conversation.conversationType === 'personal' && !conversation.id.startsWith('19:')) return home
  const thread: Place = { platform: 'teams', channel: conversation.id }
  if (isThread(conversation.id) && (await roomAt(thread))) return thread
  return { platform: 'teams', channel: channelOf(conversation.id) }
}

/** The message whose button was pressed. */
export const pressedMessage = ({ conversation, replyToId }: Activity): MessageReference | undefined =>
  replyToId ? { platform: 'teams', channel: conversation.id, message: replyToId } : undefined

/** Something of ours broke: the log has it under an id, and the person gets the id and the way out. */
export function brokenCard({ log }: Pick<Hall, 'log'>, error: unknown): Card {
  const id = randomUUID().slice(0, 8)
  log.error({ id, err: error }, 'teams request broke')
  return sentence(say().answers.broken.teams(id))
}

export const sentence = (text: string, tone: Card['tone'] = 'bad'): Card => ({
  text,
  tone,
  blocks: [{ kind: 'text', text: [text] }],
})
