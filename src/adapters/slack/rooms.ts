import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import type { ExecutionId } from '../../domain/execution.ts'
import { FinalFailure } from '../../ports/failure.ts'
import type { RoomChannel, Rooms } from '../../ports/rooms.ts'
import { shortened } from '../common/shortened.ts'
import { type ClientOptions, slackClient } from './client.ts'
import { orFailure, refusalCode } from './failure.ts'
import { LIMITS } from './limits.ts'
import { type SlackLog, slackLogger } from './log.ts'

/** So many channels may have had the name before, e.g. rooms of the run that were closed: Slack keeps the names of archived ones. */
const NAMES_TRIED = 9
/** Channels that are looked through for one of ours: 20 pages of what Slack gives at once. */
const PAGES = 20
const PAGE = 1_000

const channelSchema = z.object({
  id: z.string(),
  name: z.string(),
  creator: z.string().default(''),
  topic: z.object({ value: z.string() }).default({ value: '' }),
  purpose: z.object({ value: z.string() }).default({ value: '' }),
})
type Channel = z.infer<typeof channelSchema>

/** Channels for runs, public ones: whoever can help may come in. */
export function slackRooms(options: ClientOptions & { readonly log: SlackLog }): Rooms {
  const client = slackClient(options, slackLogger(options.log), 1)

  async function created(name: string): Promise<string | undefined> {
    const creating = client.conversations.create({ name })
    const answer = await unless(orFailure(`conversations.create of ${name}`, creating), ['name_taken'])
    return answer?.channel?.id
  }

  /** The open channel of that name, where it was made for this run: by what it says of itself, or by us a moment before a crash. */
  async function ours(channel: Channel | undefined, run: ExecutionId): Promise<string | undefined> {
    if (!channel) return undefined
    if (channel.purpose.value.includes(run)) return channel.id
    const { user_id } = await orFailure('auth.test', client.auth.test())
    const isBare = channel.purpose.value === '' && channel.topic.value === ''
    return isBare && channel.creator === user_id ? channel.id : undefined
  }

  /** The open channels whose names begin so. */
  async function named(name: string): Promise<Channel[]> {
    const found: Channel[] = []
    let cursor: string | undefined
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await orFailure(
        'conversations.list',
        client.conversations.list({
          types: 'public_channel',
          exclude_archived: true,
          limit: PAGE,
          ...(cursor && { cursor }),
        }),
      )
      const channels = z.array(channelSchema).parse(answer.channels ?? [])
      found.push(...channels.filter((channel) => channel.name.startsWith(name)))
      cursor = answer.response_metadata?.next_cursor || undefined
      if (!cursor) break
    }
    return found
  }

  return {
    async open(name, run): Promise<RoomChannel> {
      const root = name.slice(0, LIMITS.channelName - 2)
      let standing: Channel[] | undefined
      for (let number = 1; number <= NAMES_TRIED; number += 1) {
        const tried = number === 1 ? name : `${root}-${number}`
        let id = await created(tried)
        if (id === undefined) {
          // Once for all names: Slack lets nobody list often.
          standing ??= await named(root)
          id = await ours(
            standing.find((channel) => channel.name === tried),
            run,
          )
        }
        if (id === undefined) continue
        const purpose = say().answers.room.purpose(run)
        await orFailure(
          `conversations.setPurpose in ${id}`,
          client.conversations.setPurpose({ channel: id, purpose }),
        )
        return { place: { platform: 'slack', channel: id }, name: tried }
      }
      throw new FinalFailure(`Slack has other channels by the names ${name} to ${name}-${NAMES_TRIED}.`)
    },
    async furnish({ channel }, piece) {
      switch (piece.kind) {
        case 'topic': {
          const topic = shortened(piece.text, LIMITS.topic)
          await orFailure(
            `conversations.setTopic in ${channel}`,
            client.conversations.setTopic({ channel, topic }),
          )
          return
        }
        case 'pin': {
          const { message: timestamp } = piece.message
          const pinning = orFailure(`pins.add in ${channel}`, client.pins.add({ channel, timestamp }))
          await unless(pinning, ['already_pinned'])
          return
        }
        case 'link': {
          const { title, url: link } = piece
          const listing = client.bookmarks.list({ channel_id: channel })
          const { bookmarks = [] } = await orFailure(`bookmarks.list of ${channel}`, listing)
          if (bookmarks.some((bookmark) => bookmark.link === link)) return
          const adding = client.bookmarks.add({ channel_id: channel, title, type: 'link', link })
          await orFailure(`bookmarks.add in ${channel}`, adding)
        }
      }
    },
    async invite({ channel }, people) {
      const users = people.flatMap((id) => /^slack:([UW][A-Z0-9]+)$/.exec(id)?.[1] ?? [])
      for (let from = 0; from < users.length; from += LIMITS.invited) {
        const some = users.slice(from, from + LIMITS.invited).join(',')
        // force: whoever cannot come keeps nobody else out.
        const inviting = client.conversations.invite({ channel, users: some, force: true })
        await unless(orFailure(`conversations.invite to ${channel}`, inviting), CANNOT_COME)
      }
    },
    async archive({ channel }) {
      const archiving = client.conversations.archive({ channel })
      await unless(orFailure(`conversations.archive of ${channel}`, archiving), ['already_archived'])
    },
    async linkTo({ channel, message }) {
      const asking = client.chat.getPermalink({ channel, message_ts: message })
      const { permalink } = await orFailure(`chat.getPermalink of ${message}`, asking)
      if (!permalink) throw new FinalFailure(`Slack gave no link to ${message} in ${channel}.`)
      return permalink
    },
  }
}

/** None of those asked could be brought in, each for a reason of their own, that of the first among them. */
const CANNOT_COME = [
  ...['already_in_channel', 'cant_invite', 'cant_invite_self', 'user_not_found', 'user_disabled'],
  ...['user_is_restricted', 'user_is_ultra_restricted', 'ura_max_channels', 'user_team_not_in_channel'],
]

/** The answer; nothing where Slack refuses with one of these words. */
async function unless<Answer>(call: Promise<Answer>, words: readonly string[]): Promise<Answer | undefined> {
  try {
    return await call
  } catch (error) {
    if (words.includes(refusalCode(error) ?? '')) return undefined
    throw error
  }
}
