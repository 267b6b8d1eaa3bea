import { outbox } from '../../../src/adapters/outbox/outbox.ts'
import { slackChat } from '../../../src/adapters/slack/chat.ts'
import { SLACK_RATES } from '../../../src/adapters/slack/rates.ts'
import type { MethodFault } from '../../../src/sandbox/slack/faults.ts'
import { BOT_TOKEN, practice } from '../../sandbox/slack/practice.ts'
import { type ChatGround, describeChat } from '../chat.contract.ts'

const log = { info: () => {}, warn: () => {}, error: () => {} }
const FAULTS: Readonly<Record<Parameters<ChatGround['fails']>[0], MethodFault>> = {
  busy: { kind: 'ratelimited', method: '*', retryAfterSeconds: 7 },
  away: { kind: 'http', method: '*', status: 503 },
  'no answer': { kind: 'reset-after-processing', method: '*' },
  unwelcome: { kind: 'error', method: '*', error: 'not_in_channel' },
  'no token': { kind: 'error', method: '*', error: 'token_revoked' },
}

describeChat('Slack', async () => {
  const { slack, clock, client } = await practice()
  const options = { botToken: BOT_TOKEN, apiUrl: `${slack.url}/api/`, log }
  const all = () => slack.state.channels().flatMap(({ id }) => slack.state.messages(id))
  const before = new Set(all().map(({ ts }) => ts))
  return {
    chat: slackChat({ ...options, outbox: outbox(clock, SLACK_RATES) }),
    place: { platform: 'slack', channel: 'C0PAYMENTS' },
    nowhere: { platform: 'slack', channel: 'C0NOWHERE' },
    person: 'slack:U0APPROVER',
    standing: () =>
      all()
        .filter(({ ts }) => !before.has(ts))
        .map(({ channel, ts, threadTs, text }) => ({
          reference: { platform: 'slack', channel, message: ts },
          words: text,
          underRoot: threadTs !== undefined,
        })),
    sent: () => slack.calls().length,
    delete: async ({ channel, message }) => {
      await client.chat.delete({ channel, ts: message })
    },
    fails: (as) => slack.setFaults({ methods: [FAULTS[as]] }),
    pictures: () => slack.state.files().map(({ altText }) => altText),
  }
})
