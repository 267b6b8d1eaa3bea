import { z } from 'zod'
import type { TeamsFaults } from '../../../src/sandbox/teams/faults.ts'
import { ask, at } from '../../sandbox/teams/ground.ts'
import { type ChatGround, describeChat } from '../chat.contract.ts'
import { AVERY, hall, INCIDENTS } from './hall.ts'

type CallFault = NonNullable<TeamsFaults['calls']>[number]
const FAULTS: Readonly<Record<Parameters<ChatGround['fails']>[0], CallFault>> = {
  busy: { kind: 'http', route: '*', status: 429, retryAfterSeconds: 7 },
  away: { kind: 'http', route: '*', status: 503 },
  'no answer': { kind: 'reset-after-processing', route: '*' },
  unwelcome: { kind: 'http', route: '*', status: 403, code: 'BotNotInConversationRoster' },
  'no token': { kind: 'http', route: 'update', status: 401, code: 'Unauthorized' },
}
const pictureSchema = z.object({
  body: z.array(z.object({ type: z.string(), altText: z.string().optional() })),
})

describeChat('Teams', async () => {
  const { teams, platform } = await hall({}, { publicUrl: 'https://dr.example.com' })
  const bots = () => teams.messages().filter(({ from, deleted }) => from.startsWith('28:') && !deleted)
  return {
    chat: platform.chat,
    place: { platform: 'teams', channel: INCIDENTS },
    nowhere: { platform: 'teams', channel: '19:nowhere@thread.tacv2' },
    person: AVERY,
    standing: () =>
      bots().map(({ id, conversationId, card }) => ({
        reference: { platform: 'teams', channel: conversationId, message: id },
        words: JSON.stringify(card),
        underRoot: conversationId.includes(';messageid=') && !conversationId.endsWith(id),
      })),
    sent: () => teams.calls().filter(({ route }) => route !== 'token').length,
    delete: async ({ channel, message }) => {
      await ask(teams, 'DELETE', at(channel, `activities/${message}`))
    },
    fails: (as) => teams.setFaults({ calls: [FAULTS[as]] }),
    pictures: () =>
      bots().flatMap(({ card }) => {
        const body = pictureSchema.safeParse(card).data?.body ?? []
        return body.flatMap(({ type, altText }) => (type === 'Image' ? [altText ?? ''] : []))
      }),
  }
})
