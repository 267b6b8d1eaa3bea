import type { App, ViewSubmitAction } from '@slack/bolt'
import type { Card } from '../../conversation/card.ts'
import type { Room } from './asked.ts'
import { DECIDE } from './buttons.ts'
import { answerCommand } from './commanded.ts'
import { noticeJoined, noticeReaction } from './noticed.ts'
import { answerClick } from './pressed.ts'
import { FORM, renderCard } from './render.ts'
import { answerForm } from './submitted.ts'

/** What people can do: the command, the buttons and the forms; and what goes on in channels. All is acknowledged before it is looked at. */
export function listen(app: App, room: Room): void {
  app.command('/dr', async ({ command, ack, respond }) => {
    await ack()
    await answerCommand(room, command, privately(respond))
  })
  app.action(new RegExp(`^${DECIDE}`), async ({ action, body, ack, respond }) => {
    await ack()
    await answerClick(room, { action, body }, privately(respond))
  })
  app.view<ViewSubmitAction>({ callback_id: FORM, type: 'view_submission' }, async ({ body, ack }) => {
    await answerForm(room, body, ack)
  })
  app.event('member_joined_channel', ({ event }) => noticeJoined(room, event))
  app.event('reaction_added', ({ event }) => noticeReaction(room, event))
}

/** Says a card to the one who asked, and to nobody else. */
export type Whisper = (card: Card) => Promise<void>

interface Private extends ReturnType<typeof renderCard> {
  response_type: 'ephemeral'
  replace_original: false
}

const privately =
  (respond: (said: Private) => Promise<unknown>): Whisper =>
  async (card) => {
    await respond({ ...renderCard(card), response_type: 'ephemeral', replace_original: false })
  }
