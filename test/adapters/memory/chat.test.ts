import { memoryChat } from '../../../src/adapters/memory/chat.ts'
import { renderCard } from '../../../src/adapters/terminal/render.ts'
import { QuotaFailure, TransientFailure, UnreachableFailure } from '../../../src/ports/failure.ts'
import { type ChatGround, describeChat } from '../chat.contract.ts'

const SCREEN = { width: 96, isColoured: false, timeZone: 'UTC', program: '' }

/** What a platform would say to each of these, and whether it has heard by then. */
const TROUBLES = {
  busy: { heard: false, error: () => new QuotaFailure('Wait.', 7) },
  away: { heard: false, error: () => new TransientFailure('Away.') },
  'no answer': { heard: true, error: () => new TransientFailure('Silence.') },
  unwelcome: { heard: false, error: () => new UnreachableFailure('Not in the channel.', 'here') },
  'no token': { heard: false, error: () => new UnreachableFailure('Unknown token.', 'everywhere') },
} as const satisfies Record<Parameters<ChatGround['fails']>[0], { heard: boolean; error: () => Error }>

describeChat('a chat in memory, drawn as the terminal draws it', async () => {
  let trouble: (typeof TROUBLES)[keyof typeof TROUBLES] | undefined
  let calls = 0
  const chat = memoryChat({
    platform: 'memory',
    isThere: ({ channel }) => channel === 'C1',
    weather(done) {
      if (!done) calls += 1
      if (trouble && trouble.heard === done) throw trouble.error()
    },
  })
  return {
    chat,
    place: { platform: 'memory', channel: 'C1' },
    nowhere: { platform: 'memory', channel: 'C2' },
    person: 'memory:ann',
    standing: () =>
      chat.standing().map(({ reference, card, under }) => ({
        reference,
        words: renderCard(card, SCREEN),
        underRoot: under !== undefined,
      })),
    sent: () => calls,
    delete: async (reference) => chat.delete(reference),
    fails: (as) => {
      trouble = TROUBLES[as]
    },
    pictures: () => chat.files().flatMap(({ file: { alt } }) => alt ?? []),
  }
})
