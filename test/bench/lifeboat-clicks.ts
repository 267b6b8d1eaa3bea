import { setTimeout } from 'node:timers/promises'
import { ulid } from 'ulid'
import { startBot } from '../../src/apps/bot.ts'
import { logger } from '../../src/apps/log.ts'
import { executionId } from '../../src/domain/execution.ts'
import { becomesTrue } from '../../src/sandbox/embedded/becomes-true.ts'
import { signatureHeaders } from '../../src/sandbox/slack/transport/signing.ts'
import { startGround } from './ground.ts'
import { settingsFor } from './lifeboat-wiring.ts'
import { now } from './messages.ts'
import { type Message, slackEndpoint } from './slack-endpoint.ts'

/** The whole bot: signed approve clicks in, painted cards out; then the same decisions through the door alone. */
const CLICKS = Number(process.argv[2])
const PER_SECOND = 100
// Cold code and first connections are not what people wait for every day.
const WARM_UP = 20
const SETTLE_MILLISECONDS = 120_000
const TEAM = 'T0BENCH'
const APPROVER = 'U0APPROVER'
const ADMIN = { actor: { kind: 'token', id: 'token:bench', name: 'bench' }, source: 'api' } as const
const PERSON = {
  actor: { kind: 'person', id: `slack:${APPROVER}`, name: 'approver' },
  source: 'slack',
} as const
const DECIDE = 'decide:approve'

const ground = await startGround()
const slack = await slackEndpoint({ team: TEAM, approver: APPROVER })
const config = settingsFor(ground.dynamoUrl, ground.redisUrl, slack.apiUrl)
const policy = {
  bindings: [{ role: 'approver' as const, people: [PERSON.actor.id], groups: [], emails: [] }],
  api_tokens: [{ name: 'bench', sha256: '0'.repeat(64), roles: ['admin' as const] }],
  approvals: [],
  humans: [],
  on_call: [],
}
const bot = await startBot(config, policy, logger('error'))

await waiting('warm', WARM_UP)
await settled(() => cards().length === WARM_UP)
await paced(cards(), click)
await settled(() => cards().length === 0)

const clicked = await waiting('clicked', CLICKS)
await settled(() => cards().length === CLICKS)
const painted = new Map<string, number>()
slack.onPaint((message) => {
  const isDecided = !asks(message) && message.text.includes('pproved')
  if (cardOf.has(message.ts) && isDecided && !painted.has(message.ts)) painted.set(message.ts, message.at)
})
const cardOf = new Map(cards().map((card) => [card.ts, card]))
const acknowledged: number[] = []
const due = new Map<string, number>()
await paced([...cardOf.values()], async (card, at) => {
  due.set(card.ts, at)
  await click(card)
  acknowledged.push(now() - at)
})
await settled(() => painted.size === CLICKS)
const repainted = [...painted].map(([ts, at]) => at - (due.get(ts) ?? Number.NaN))

const decided: number[] = []
await paced(await waiting('decided', CLICKS), async (id, at) => {
  const handled = await bot.door.handle(id, { asks: 'approve', task: 'gate' }, PERSON)
  if (handled.kind === 'refused') throw new Error(`Refused: ${JSON.stringify(handled.refusal)}`)
  decided.push(now() - at)
})
await bot.close()
await slack.close()
await ground.close()
process.send?.({ perSecond: PER_SECOND, clicks: clicked.length, acknowledged, repainted, decided }, () =>
  process.exit(0),
)

/** Runs that stand at their gate. */
async function waiting(name: string, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let place = 0; place < count; place += 1) {
    const plan = `${name}-${place}`
    const tasks = [
      { task_id: 'gate', task_type: 'approval', task_successors: ['then'] },
      { task_id: 'then', task_type: 'wait', inputs: { minutes: 60 } },
    ]
    const put = await bot.door.putPlan(plan, { recovery_plan_id: plan, tasks }, ADMIN)
    if (put.kind === 'refused') throw new Error(`Plan refused: ${JSON.stringify(put.refusal)}`)
    const id = executionId.parse(ulid())
    const places = [{ platform: 'slack', channel: `C0${name.toUpperCase()}${place}` }]
    const started = await bot.door.start({ id, plan, mode: 'drill', places }, ADMIN)
    if (started.kind === 'refused') throw new Error(`Start refused: ${JSON.stringify(started.refusal)}`)
    ids.push(id)
  }
  return ids
}

function buttonOf(message: Message) {
  for (const block of message.blocks)
    for (const element of block.elements ?? []) if (element.action_id === DECIDE) return { block, element }
  return undefined
}

function asks(message: Message): boolean {
  return buttonOf(message) !== undefined
}

/** The newest card of each channel that asks for the approval. */
function cards(): Message[] {
  return [...slack.messages.values()].filter(asks)
}

/** Each at its instant, whether or not the ones before are answered. */
async function paced<Each>(
  all: readonly Each[],
  run: (each: Each, due: number) => Promise<void>,
): Promise<void> {
  const began = now()
  const running: Promise<void>[] = []
  for (const [place, each] of all.entries()) {
    const at = began + (place * 1000) / PER_SECOND
    if (at > now()) await setTimeout(at - now())
    running.push(run(each, at))
  }
  await Promise.all(running)
}

async function click(card: Message): Promise<void> {
  const pressed = buttonOf(card)
  if (!pressed) throw new Error(`The card ${card.ts} has no button.`)
  const content = {
    type: 'block_actions',
    user: { id: APPROVER, username: 'approver', team_id: TEAM },
    team: { id: TEAM, domain: 'bench' },
    api_app_id: 'A0BENCH',
    container: { type: 'message', message_ts: card.ts, channel_id: card.channel, is_ephemeral: false },
    channel: { id: card.channel, name: 'bench' },
    message: { type: 'message', ts: card.ts, text: card.text, blocks: card.blocks },
    trigger_id: card.ts,
    response_url: slack.apiUrl,
    actions: [{ ...pressed.element, type: 'button', block_id: 'b', action_ts: card.ts }],
  }
  const body = new URLSearchParams({ payload: JSON.stringify(content) }).toString()
  const response = await fetch(`http://127.0.0.1:${bot.port}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...signatureHeaders(config.slack?.signingSecret ?? '', new Date(), body),
    },
    body,
  })
  if (!response.ok) throw new Error(`The click on ${card.ts} was answered with ${response.status}.`)
  await response.arrayBuffer()
}

async function settled(isSo: () => boolean): Promise<void> {
  await becomesTrue(async () => isSo(), SETTLE_MILLISECONDS)
}
