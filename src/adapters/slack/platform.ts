import type { App, ViewSubmitAction } from '@slack/bolt'
import { z } from 'zod'
import type { Card } from '../../conversation/card.ts'
import type { Room } from './asked.ts'
import { DECIDE } from './buttons.ts'
import { answerCommand, answerShortcut } from './commanded.ts'
import { noticeJoined, noticeReaction } from './noticed.ts'
import { answerClick } from './pressed.ts'
import { FORM, renderCard } from './render.ts'
import { answerWords } from './spoken.ts'
import { answerForm } from './submitted.ts'

/** What the shortcuts of the manifest ask, by their callback ids. */
export const SHORTCUTS = { 'start-run': 'start', 'running-now': 'status' } as const

/** What people can do: commands, words, buttons, forms and shortcuts; and what goes on in channels. All is acknowledged before it is looked at. */
export function listen(app: App, room: Room): void {
  app.command('/dr', async ({ command, ack, respond }) => {
    await ack()
    await room.answering(command.user_id, () => answerCommand(room, command, privately(respond)))
  })
  app.action(new RegExp(`^${DECIDE}`), async ({ action, body, ack, respond }) => {
    await ack()
    await room.answering(body.user.id, () => answerClick(room, { action, body }, privately(respond)))
  })
  app.view<ViewSubmitAction>({ callback_id: FORM, type: 'view_submission' }, async ({ body, ack }) => {
    await room.answering(body.user.id, () => answerForm(room, body, ack))
  })
  app.event('member_joined_channel', ({ event }) => noticeJoined(room, event))
  app.event('reaction_added', ({ event }) => noticeReaction(room, event))
  for (const [callbackId, text] of Object.entries(SHORTCUTS)) {
    app.shortcut({ callback_id: callbackId, type: 'shortcut' }, async ({ shortcut, ack }) => {
      await ack()
      const { id: user } = shortcut.user
      await room.answering(user, () => answerShortcut(room, text, { trigger: shortcut.trigger_id, user }))
    })
  }
  // Bolt acknowledges events by itself.
  app.event('app_mention', ({ body }) => answerWords(room, body))
  app.event('message', ({ body }) => answerWords(room, body))
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') await room.homes.opened(event.user, hashOf(event.view))
  })
}

const viewSchema = z.object({ hash: z.string() })
/** Bolt's types leave out what tells one state of a view from the next. */
const hashOf = (view: unknown) => viewSchema.safeParse(view).data?.hash

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
