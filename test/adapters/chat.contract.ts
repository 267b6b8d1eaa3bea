import { describe, expect, test } from 'vitest'
import type { Card } from '../../src/conversation/card.ts'
import type { Place } from '../../src/domain/execution.ts'
import type { Chat, MessageReference } from '../../src/ports/chat.ts'
import {
  FinalFailure,
  GoneFailure,
  QuotaFailure,
  TransientFailure,
  UnreachableFailure,
} from '../../src/ports/failure.ts'

/** A platform, seen from behind: what people see, and how it can be made to fail. */
export interface ChatGround {
  readonly chat: Chat
  readonly place: Place
  /** A place that there is not. */
  readonly nowhere: Place
  readonly person: string
  /** What stands there in words, oldest first; deleted messages are not there. */
  standing(): readonly { reference: MessageReference; words: string; underRoot: boolean }[]
  /** How many calls the platform has had that say or change something. */
  sent(): number
  delete(reference: MessageReference): Promise<void>
  fails(as: 'busy' | 'away' | 'no answer' | 'unwelcome' | 'no token'): void
  /** Its pictures, by the words for who does not see them. */
  pictures(): readonly string[]
}

const said = (text: string): Card => ({ text, tone: 'neutral', blocks: [{ kind: 'text', text: [text] }] })
const failure = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error)
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

/** What the engine relies on, whatever the platform. */
export function describeChat(name: string, make: () => Promise<ChatGround>): void {
  describe(name, () => {
    test('a card is posted, answered in its thread, and painted anew', async () => {
      const { chat, place, standing } = await make()
      const root = await chat.post(place, said('Begun'))
      const reply = await chat.post(place, said('A step'), { under: root })
      await chat.update(root, said('Done'))
      await chat.update(reply, said('A step, done'))
      expect(standing()).toEqual([
        { reference: root, words: expect.stringContaining('Done'), underRoot: false },
        { reference: reply, words: expect.stringContaining('A step, done'), underRoot: true },
      ])
      expect([root.platform, reply.platform]).toEqual([chat.platform, chat.platform])
    })

    test('one person is written to alone, and their card is painted anew', async () => {
      const { chat, person, standing } = await make()
      const direct = await chat.direct(person, said('Please decide'))
      await chat.update(direct, said('Decided'))
      expect(standing()).toEqual([
        { reference: direct, words: expect.stringContaining('Decided'), underRoot: false },
      ])
    })

    test('a picture stands in the thread, with words for who does not see it', async () => {
      const { chat, place, pictures } = await make()
      const root = await chat.post(place, said('Begun'))
      const bytes = Buffer.from(PIXEL, 'base64')
      await chat.attach(place, [{ name: 'plan.png', title: 'The plan', alt: 'Two tasks', bytes }], root)
      expect(pictures()).toEqual(['Two tasks'])
    })

    test('a message that is gone is told as gone, by edit and by reply where the platform knows', async () => {
      const ground = await make()
      const root = await ground.chat.post(ground.place, said('Begun'))
      await ground.delete(root)
      expect(await failure(ground.chat.update(root, said('x')))).toBeInstanceOf(GoneFailure)
    })

    test('a place that there is not takes nothing until people change something', async () => {
      const { chat, nowhere } = await make()
      const found = await failure(chat.post(nowhere, said('x')))
      expect(found).toBeInstanceOf(UnreachableFailure)
      expect(found).toMatchObject({ where: 'here' })
    })

    test.each([
      ['busy', QuotaFailure],
      ['away', TransientFailure],
      ['no answer', TransientFailure],
      ['unwelcome', UnreachableFailure],
      ['no token', UnreachableFailure],
    ] as const)('%s is told as what it is, and nothing is sent twice', async (as, kind) => {
      const ground = await make()
      const root = await ground.chat.post(ground.place, said('Begun'))
      const before = ground.sent()
      ground.fails(as)
      const found = await failure(ground.chat.update(root, said('x')))
      expect(found).toBeInstanceOf(kind)
      if (as === 'busy') expect(found).toMatchObject({ retryAfterSeconds: 7 })
      if (as === 'unwelcome') expect(found).toMatchObject({ where: 'here' })
      if (as === 'no token') expect(found).toMatchObject({ where: 'everywhere' })
      if (kind !== TransientFailure) expect(found instanceof FinalFailure).toBe(kind === UnreachableFailure)
      // What was refused for its token alone may be tried with another one.
      expect(ground.sent() - before).toBeLessThanOrEqual(as === 'no token' ? 2 : 1)
    })

    test('a card that was heard, though its answer was lost, is not sent again by the adapter', async () => {
      const ground = await make()
      await ground.chat.post(ground.place, said('Begun'))
      ground.fails('no answer')
      await failure(ground.chat.post(ground.place, said('Once')))
      expect(ground.standing().filter(({ words }) => words.includes('Once'))).toHaveLength(1)
    })
  })
}
