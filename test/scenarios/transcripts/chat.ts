import { memoryChat, type StandingMessage } from '../../../src/adapters/memory/chat.ts'
import { buttonsOf } from '../../../src/adapters/terminal/render.ts'
import type { Click } from '../../../src/conversation/card.ts'
import type { Place } from '../../../src/domain/execution.ts'
import type { Chat, MessageReference } from '../../../src/ports/chat.ts'
import type { Rooms } from '../../../src/ports/rooms.ts'
import { drawn, type Paper } from './paper.ts'

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
  const said = memoryChat({ platform: 'slack' })
  const channel = (id: string): string => `#${names.get(id) ?? id}`
  /** Where it stands, and for whom. */
  const where = ({ reference, under, announced }: StandingMessage): string => {
    const [, person] = /^direct:(.+)$/.exec(reference.channel) ?? []
    if (person) return `to ${nameOf(person)} alone`
    const thread = under ? ` › thread${announced ? ', and in the channel' : ''}` : ''
    return `${channel(reference.channel)}${thread}`
  }
  const found = ({ message }: MessageReference): StandingMessage | undefined =>
    said.standing().find(({ reference }) => reference.message === message)
  /** The first message of a channel: repainted all the time, so that only its first and its last state are worth reading. */
  const isHeadline = ({ reference: { channel: id, message } }: StandingMessage): boolean =>
    said.standing().find(({ reference }) => reference.channel === id)?.reference.message === message &&
    !id.startsWith('direct:')

  async function written(saying: Promise<MessageReference>): Promise<MessageReference> {
    const reference = await saying
    const message = found(reference)
    if (message) paper.card(where(message), message.card)
    return reference
  }

  const chat: Chat = {
    ...said,
    post: (...given) => written(said.post(...given)),
    direct: (...given) => written(said.direct(...given)),
    async update(reference, card, how) {
      const before = found(reference)
      await said.update(reference, card, how)
      if (before && !isHeadline(before) && drawn(before.card) !== drawn(card))
        paper.card(`${where(before)} (edited)`, card)
    },
    async attach(place, files, under) {
      await said.attach(place, files, under)
      const at = `${channel(place.channel)}${under ? ' › thread' : ''}`
      for (const { title, alt } of files) paper.write(`${at}: file “${title}”`, alt)
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
      for (const { card, reference } of said.standing().toReversed()) {
        const pressed = buttonsOf(card).find((button) => button.label === label)
        if (pressed) return { click: pressed.click, place: reference }
      }
      return undefined
    },
    endings() {
      for (const message of said.standing())
        if (isHeadline(message)) paper.card(`${where(message)}: the headline at the end`, message.card)
    },
  }
}
