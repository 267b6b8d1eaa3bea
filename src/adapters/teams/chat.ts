import { clip } from '../../conversation/in-words.ts'
import type { Attachment, Chat, MessageReference } from '../../ports/chat.ts'
import { FinalFailure } from '../../ports/failure.ts'
import type { Outbox } from '../../ports/outbox.ts'
import { shortened } from '../common/shortened.ts'
import { isChannel, isThread } from './activity.ts'
import type { Connector, Outgoing } from './connector.ts'
import { LIMITS } from './limits.ts'
import type { Kind } from './rates.ts'
import { renderCard } from './render.ts'

export interface ChatOptions {
  readonly connector: Connector
  readonly outbox: Outbox<Kind>
}

export const CARD = 'application/vnd.microsoft.card.adaptive'

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
export function teamsChat({ connector, outbox }: ChatOptions): Chat {
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
      const activity = cardMessage(renderCard(card))
      return outbox.put({ kind: 'thread', of: conversation, lane }, () => say(conversation, activity))
    },
    direct: (person, card, { lane = 'prompt' } = {}) =>
      outbox.put({ kind: 'thread', of: person, lane }, async () => {
        const conversation = await connector.openPersonal(person.replace(/^teams:/, ''))
        return say(conversation, cardMessage(renderCard(card)))
      }),
    update: ({ channel, message }, card, { lane = 'prompt' } = {}) =>
      outbox.paint({ kind: 'thread', of: channel, lane }, `${channel} ${message}`, () =>
        connector.update(channel, message, cardMessage(renderCard(card))),
      ),
    attach: ({ channel }, files, under) =>
      outbox.put({ kind: 'files', lane: 'progress' }, async () => {
        const conversation = under?.channel ?? channel
        for (const activity of messagesOf(files)) await say(conversation, activity)
      }),
  }
}

/**
 * Pictures stand in the message itself. Other files a bot may hand to one person only, so of these the thread gets what can be
 * read, which is Markdown, and is told of the others.
 */
function messagesOf(files: readonly Attachment[]): Outgoing[] {
  const pictures = files.filter(({ name }) => name.endsWith('.png'))
  const tooLarge = pictures.find(({ bytes }) => bytes.length > LIMITS.pictureBytes)
  if (tooLarge)
    throw new FinalFailure(`Teams takes no picture of ${tooLarge.bytes.length} bytes (${tooLarge.name}).`)
  const texts = files.filter(({ name }) => name.endsWith('.md'))
  return [
    ...pictures.map(pictureMessage),
    ...texts.map(
      ({ bytes }): Outgoing => ({
        type: 'message',
        textFormat: 'markdown',
        text: shortened(Buffer.from(bytes).toString('utf8'), LIMITS.messageText),
      }),
    ),
  ]
}

const pictureMessage = ({ name, title, alt, bytes }: Attachment): Outgoing => ({
  type: 'message',
  summary: title,
  attachments: [
    {
      contentType: 'image/png',
      contentUrl: `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`,
      name: alt ? clip(alt, LIMITS.alt) : name,
    },
  ],
})
