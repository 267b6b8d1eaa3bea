import type { Card, Rich } from '../../conversation/card.ts'
import { say } from '../../conversation/words/index.ts'
import type { MessageReference } from '../../ports/chat.ts'
import { FinalFailure } from '../../ports/failure.ts'
import type { Rooms } from '../../ports/rooms.ts'
import { channelOf, isThread } from './activity.ts'
import { cardMessage } from './chat.ts'
import type { Connector } from './connector.ts'
import { objectIdOf, teamsId } from './ids.ts'
import type { People } from './people.ts'
import { renderCard } from './render.ts'

export interface RoomsOptions {
  readonly connector: Pick<Connector, 'startThread' | 'send' | 'update'>
  readonly people: Pick<People, 'lookUp'>
  readonly tenantId: string
  /** The channel in which the rooms are threads. */
  readonly home: string | undefined
}

/** A bot by itself may make no channel, so the room of a run is a thread in the channel for incidents. */
export function teamsRooms({ connector, people, tenantId, home }: RoomsOptions): Rooms {
  /** The thread's first message: what the room is, and how it stands. */
  const paint = (room: string, card: Card) =>
    connector.update(room, rootOf(room), cardMessage(renderCard(card)))
  const post = (room: string, text: Rich): Promise<unknown> => {
    const activity = cardMessage(renderCard(line(text)))
    return isThread(room) ? connector.send(room, activity) : connector.startThread(room, activity)
  }

  return {
    async open(name) {
      if (home === undefined)
        throw new FinalFailure('Teams has no channel for war rooms: set TEAMS_CHANNEL to the id of one.')
      const begun = await connector.startThread(
        home,
        cardMessage(renderCard(titled(name, say().answers.room.opens))),
      )
      return { place: { platform: 'teams', channel: begun.conversation }, name }
    },
    isHome: ({ channel }) => channel === home,
    async furnish({ channel }, piece) {
      if (piece.kind === 'topic') await paint(channel, titled(say().answers.room.title, piece.text))
      if (piece.kind === 'link') await post(channel, [{ kind: 'link', url: piece.url, text: piece.title }])
      // The headline is the thread's first reply: there is nothing to pin it to.
    },
    async invite({ channel }, ids) {
      const wanted = ids.flatMap((id) => objectIdOf(id) ?? [])
      const found = await Promise.all(wanted.map((id) => people.lookUp(id)))
      const members = found.filter(({ standing }) => standing === 'member')
      if (members.length === 0) return
      const named = members.map(({ id, name }) => ({ kind: 'person' as const, id: teamsId(id), name }))
      await post(channel, say().answers.room.askedHere(named))
    },
    async archive({ channel }) {
      const { title, closed } = say().answers.room
      await paint(channel, titled(title, closed))
    },
    linkTo: async (message) => linkTo(message, tenantId),
  }
}

const rootOf = (room: string): string => /;messageid=(\d+)$/.exec(room)?.[1] ?? ''

/** A deep link: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams */
function linkTo({ channel, message }: MessageReference, tenantId: string): string {
  const parent = isThread(channel) ? rootOf(channel) : message
  const query = new URLSearchParams({ tenantId, parentMessageId: parent })
  return `https://teams.microsoft.com/l/message/${encodeURIComponent(channelOf(channel))}/${message}?${query}`
}

const titled = (heading: string, text: string): Card => ({
  text: `${heading}: ${text}`,
  tone: 'attention',
  blocks: [
    { kind: 'heading', text: heading },
    { kind: 'text', text: [text] },
  ],
})

const line = (text: Rich): Card => ({
  text: say().answers.room.title,
  tone: 'neutral',
  blocks: [{ kind: 'text', text }],
})
