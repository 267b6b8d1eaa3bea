import { type Activity, CardFactory, MessageFactory } from 'botbuilder'
import { z } from 'zod'
import type { Card } from '../../../src/sandbox/teams/message.ts'

export const cardOf = (text: string, actions: readonly object[] = []): Card => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
  actions,
})

export const APPROVE = {
  type: 'Action.Execute',
  title: 'Approve',
  verb: 'approve',
  data: { plan: 'payments' },
  fallback: { type: 'Action.Submit', title: 'Approve', data: { plan: 'payments', old: true } },
}

/** The types of the adapter ask for more of a message to be sent than its own factory makes. */
export const textMessage = (text: string): Activity =>
  z.custom<Activity>(() => true).parse(MessageFactory.text(text))

export const message = (text: string) => ({ type: 'message', text })
export const cardMessage = (card: Card) => MessageFactory.attachment(CardFactory.adaptiveCard(card))
/** A card as a message, in the JSON that goes over the wire. */
export const rawCard = (content: unknown) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
})
