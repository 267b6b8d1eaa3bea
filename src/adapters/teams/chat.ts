import type { Card } from '../../conversation/card.ts'
import type { Attachment, Chat, MessageReference } from '../../ports/chat.ts'
import type { Outbox } from '../../ports/outbox.ts'
import { shortened } from '../common/shortened.ts'
import { isChannel, isThread } from './activity.ts'
import type { Connector, Outgoing } from './connector.ts'
import { CARD, consentMessage, type FilesOptions, pictureMessage } from './files.ts'
import { LIMITS } from './limits.ts'
import { withNames } from './names.ts'
import type { People } from './people.ts'
import type { Kind } from './rates.ts'
import { renderCard } from './render.ts'

export interface ChatOptions {
  readonly connector: Connector
  readonly outbox: Outbox<Kind>
  readonly files: FilesOptions
  readonly people: Pick<People, 'lookUp'>
}

/** A card as a message; its words are what a notification shows. */
export const cardMessage = (content: ReturnType<typeof renderCard>): Outgoing => ({
  type: 'message',
  summary: content.fallbackText,
  attachments: [{ contentType: CARD, content }],
})

/**
 * Says and repaints cards. Nothing is repeated here: whoever asked knows when it is worth it. The channel of a reference is the
 * conversation that it stands in, with its thread: replies go there, and so do edits.
 */
export function teamsChat({ connector, outbox, files: keeping, people }: ChatOptions): Chat {
  const drawn = async (card: Card) => cardMessage(renderCard(await withNames(card, people)))

  async function say(conversation: string, activity: Outgoing): Promise<MessageReference> {
    if (isChannel(conversation) && !isThread(conversation)) {
      const begun = await connector.startThread(conversation, activity)
      return { platform: 'teams', channel: begun.conversation, message: begun.message }
    }
    return { platform: 'teams', channel: conversation, message: await connector.send(conversation, activity) }
  }

  return {
    platform: 'teams',
    post: ({ channel }, card, { lane = 'prompt', under } = {}) => {
      const conversation = under?.channel ?? channel
      return outbox.put({ kind: 'thread', of: conversation, lane }, async () =>
        say(conversation, await drawn(card)),
      )
    },
    direct: (person, card, { lane = 'prompt' } = {}) =>
      outbox.put({ kind: 'thread', of: person, lane }, async () => {
        const conversation = await connector.openPersonal(person.replace(/^teams:/, ''))
        return say(conversation, await drawn(card))
      }),
    update: ({ channel, message }, card, { lane = 'prompt' } = {}) =>
      outbox.paint({ kind: 'thread', of: channel, lane }, `${channel} ${message}`, async () =>
        connector.update(channel, message, await drawn(card)),
      ),
    attach: ({ channel }, files, under) =>
      outbox.put({ kind: 'files', lane: 'progress' }, async () => {
        const conversation = under?.channel ?? channel
        for (const activity of await messagesOf(files, conversation, keeping))
          await say(conversation, activity)
      }),
  }
}

/** Files other than pictures a bot may hand to one person only, so a thread gets of these what can be read: the Markdown. */
async function messagesOf(
  files: readonly Attachment[],
  conversation: string,
  keeping: FilesOptions,
): Promise<Outgoing[]> {
  const isPersonal = !conversation.startsWith('19:')
  const messages: Outgoing[] = []
  for (const file of files) {
    if (file.name.endsWith('.png')) messages.push(await pictureMessage(file, keeping))
    else if (isPersonal) messages.push(await consentMessage(file, keeping))
    else if (file.name.endsWith('.md')) messages.push(textMessage(file))
  }
  return messages
}

const textMessage = ({ bytes }: Attachment): Outgoing => ({
  type: 'message',
  textFormat: 'markdown',
  text: shortened(Buffer.from(bytes).toString('utf8'), LIMITS.messageText),
})
