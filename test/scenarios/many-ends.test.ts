import { expect, test } from 'vitest'
import { outbox } from '../../src/adapters/outbox/outbox.ts'
import { slackChat } from '../../src/adapters/slack/chat.ts'
import { type Kind, SLACK_RATES } from '../../src/adapters/slack/rates.ts'
import type { Outbox } from '../../src/ports/outbox.ts'
import { toldRun } from '../engine/thread-ground.ts'
import { BOT_TOKEN, practice } from '../sandbox/slack/practice.ts'

const CHANNEL = 'C0PAYMENTS'
const log = { info: () => {}, warn: () => {}, error: () => {} }

/** Runs of tasks that all run, told over the real client in a Slack that counts, on a clock that the test turns. */
async function ground(runs: number, tasks: number) {
  const { slack, clock } = await practice()
  const underWay = new Set<Promise<unknown>>()
  const made = outbox(clock, SLACK_RATES)
  function seen<Answer>(send: () => Promise<Answer>): () => Promise<Answer> {
    return () => {
      const sent = send()
      underWay.add(sent)
      const over = () => underWay.delete(sent)
      sent.then(over, over)
      return sent
    }
  }
  const watched: Outbox<Kind> = {
    put: (outgoing, send) => made.put(outgoing, seen(send)),
    paint: (message, lane, send) => made.paint(message, lane, seen(send)),
    close: made.close,
  }
  const chat = slackChat({ botToken: BOT_TOKEN, apiUrl: `${slack.url}/api/`, log, outbox: watched })
  /** Whatever needs no time is done. */
  async function settle(): Promise<void> {
    do {
      await Promise.allSettled(underWay)
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    } while (underWay.size > 0)
  }
  async function pass(seconds: number, until: () => boolean = () => false): Promise<number> {
    for (let passed = 0; ; passed += 0.5) {
      await settle()
      if (passed >= seconds || until()) return passed
      clock.advance(500)
    }
  }
  const edges = Object.fromEntries(Array.from({ length: tasks }, (_, at) => [`t${at}`, []]))
  const all = await Promise.all(
    Array.from({ length: runs }, (_, at) =>
      toldRun({ id: `01RUN${at}`, chat, edges, channels: [CHANNEL], clock }),
    ),
  )
  for (const run of all) await run.go()
  await pass(120)
  const before = slack.calls().length
  return {
    slack,
    pass,
    calls: () => slack.calls().slice(before),
    /** All tasks end at the same time, each fifth in a failure. */
    async end() {
      const ids = Object.keys(edges)
      for (const run of all) {
        await run.end(
          ids.filter((_, at) => at % 5 !== 0),
          'complete',
        )
        await run.end(
          ids.filter((_, at) => at % 5 === 0),
          'fail',
        )
        await run.go()
      }
    },
    messages: () => slack.state.messages(CHANNEL),
    cards: () =>
      slack.state.messages(CHANNEL).filter(({ blocks }) => blocks?.some(({ type }) => type === 'actions')),
  }
}

test('five hundred tasks of one run end at once: ten cards within seconds, and little else', async () => {
  const town = await ground(1, 500)
  const before = town.messages().length
  await town.end()
  const seconds = await town.pass(60, () => town.cards().length === 10)
  expect(seconds).toBeLessThanOrEqual(10)
  await town.pass(120)
  const said = town.messages().slice(before)
  expect(said.filter(({ alsoInChannel }) => alsoInChannel)).toHaveLength(3)
  expect(said.length).toBeLessThanOrEqual(10 + 3)
  expect(said.filter(({ threadTs }) => threadTs === undefined)).toEqual([])
  expect(town.calls().filter(({ outcome }) => outcome === 'ratelimited')).toEqual([])
}, 60_000)

test('five hundred tasks of twenty runs end at once in one channel: each card goes out at the pace that Slack takes, and the news waits', async () => {
  const town = await ground(20, 25)
  await town.end()
  const seconds = await town.pass(600, () => town.cards().length === 100)
  expect(seconds).toBeLessThanOrEqual(105)
  const posts = () => town.calls().filter(({ method }) => method === 'chat.postMessage')
  // Hardly any news has gone before a card.
  expect(posts().length).toBeLessThanOrEqual(100 + 5)
  await town.pass(60)
  // One message of news for each run, and a headline that is edited once for each time that something was told.
  expect(posts()).toHaveLength(120)
  const edits = town.calls().filter(({ method }) => method === 'chat.update')
  expect(edits.length).toBeLessThanOrEqual(100)
  expect(town.calls().filter(({ outcome }) => outcome !== 'ok')).toEqual([])
}, 120_000)

test('while Slack refuses all edits, failures are up as fast as ever, and the headlines follow', async () => {
  const town = await ground(3, 25)
  town.slack.setFaults({
    methods: [{ kind: 'ratelimited', method: 'chat.update', retryAfterSeconds: 30, times: 3 }],
  })
  await town.end()
  const seconds = await town.pass(120, () => town.cards().length === 15)
  expect(seconds).toBeLessThanOrEqual(15)
  await town.pass(120)
  expect(town.calls().filter(({ outcome }) => outcome === 'ratelimited').length).toBeLessThanOrEqual(3)
  for (const { text } of town.messages().filter(({ threadTs }) => threadTs === undefined))
    expect(text).toContain('20 of 25 tasks done')
}, 60_000)
