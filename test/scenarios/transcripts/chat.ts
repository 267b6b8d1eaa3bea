import { buttonsOf } from '../../../src/adapters/terminal/render.ts'
import type { Card, Click } from '../../../src/conversation/card.ts'
import type { Place } from '../../../src/domain/execution.ts'
import type { Chat } from '../../../src/ports/chat.ts'
import { FinalFailure } from '../../../src/ports/failure.ts'
import type { Rooms } from '../../../src/ports/rooms.ts'
import { drawn, type Paper } from './paper.ts'

interface Message {
  readonly place: Place
  readonly where: string
  /** Repainted all the time: only its first and its last state are worth reading. */
  readonly isHeadline: boolean
  card: Card
  edits: number
}

export interface Town {
  readonly chat: Chat
  readonly rooms: Rooms
  /** The newest button of that label, and where it stands. */
  button(label: string): { readonly click: Click; readonly place: Place } | undefined
  /** Writes down how each headline stands at the end. */
  endings(): void
}

/** A chat that writes down what is said in it, and to whom. */
export function town(paper: Paper, nameOf: (person: string) => string): Town {
  const names = new Map([['C1', 'payments-dr']])
  const messages: Message[] = []
  const channel = (id: string): string => `#${names.get(id) ?? id}`

  function said(place: Place, where: string, card: Card, isHeadline: boolean) {
    messages.push({ place, where, isHeadline, card, edits: 0 })
    paper.card(where, card)
    return { ...place, message: String(messages.length - 1) }
  }

  const chat: Chat = {
    platform: 'slack',
    async post(place, card, { under, announced } = {}) {
      const thread = under ? ` › thread${announced ? ', and in the channel' : ''}` : ''
      // The first message of a place is the headline of its run.
      const isFirst = !messages.some((message) => message.place.channel === place.channel)
      return said(place, `${channel(place.channel)}${thread}`, card, isFirst)
    },
    direct: async (person, card) =>
      said({ platform: 'slack', channel: `D-${person}` }, `to ${nameOf(person)} alone`, card, false),
    async update({ message }, card) {
      const one = messages[Number(message)]
      if (!one) throw new FinalFailure('message_not_found')
      const isSame = drawn(one.card) === drawn(card)
      Object.assign(one, { card, edits: one.edits + 1 })
      if (!isSame && !one.isHeadline) paper.card(`${one.where} (edited)`, card)
    },
    async attach(place, files, under) {
      const where = `${channel(place.channel)}${under ? ' › thread' : ''}`
      for (const { title, alt } of files) paper.write(`${where}: file “${title}”`, alt)
    },
  }

  const rooms: Rooms = {
    async open(name) {
      const id = `CROOM${names.size}`
      names.set(id, name)
      paper.write(`#${name} is made`)
      return { place: { platform: 'slack', channel: id }, name }
    },
    async furnish({ channel: id }, piece) {
      if (piece.kind === 'topic') paper.write(`${channel(id)} has the topic`, piece.text)
      if (piece.kind === 'pin') paper.write(`${channel(id)}: the headline is pinned`)
      if (piece.kind === 'link') paper.write(`${channel(id)} has the bookmark “${piece.title}”`, piece.url)
    },
    invite: async ({ channel: id }, people) =>
      paper.write(`${channel(id)}: invited`, people.map(nameOf).join(', ')),
    archive: async ({ channel: id }) => paper.write(`${channel(id)} is archived`),
    linkTo: async ({ channel: id, message }) => `https://chat.example.com/${id}/${message}`,
  }

  return {
    chat,
    rooms,
    button(label) {
      for (const { card, place } of messages.toReversed()) {
        const found = buttonsOf(card).find((button) => button.label === label)
        if (found) return { click: found.click, place }
      }
      return undefined
    },
    endings() {
      for (const { isHeadline, where, card } of messages)
        if (isHeadline) paper.card(`${where}: the headline at the end`, card)
    },
  }
}
