import { describe, expect, test } from 'vitest'
import { QuotaFailure, TransientFailure, UnreachableFailure } from '../../src/ports/failure.ts'
import { asking, type Call, memoryChat, toldRun } from './thread-ground.ts'

const GATE = { gate: ['task'], task: [] }
const many = (number: number) => Object.fromEntries(Array.from({ length: number }, (_, at) => [`t${at}`, []]))
const archived = () => new UnreachableFailure('Slack refused it: is_archived. Unarchive the channel.', 'here')

/** A run in these channels, over a chat that fails as `trouble` says at the moment. */
async function ground(edges: { [id: string]: string[] }, channels = ['C1']) {
  let trouble: (call: Call) => Error | undefined = () => undefined
  const world = memoryChat((call) => trouble(call))
  const run = await toldRun({ chat: world.chat, edges, channels })
  await run.turn()
  return {
    ...world,
    ...run,
    fails(next: typeof trouble) {
      trouble = next
    },
    texts: (channel = 'C1') =>
      world.messages.filter((one) => one.channel === channel).map(({ card }) => card.text),
  }
}

describe('a place where nothing can be said any more', () => {
  test('is tried every ten minutes, not posted to again and again', async () => {
    const run = await ground(GATE)
    run.fails(archived)
    await run.approve('gate')
    await run.turn()
    const tried = run.calls.length
    for (let minute = 0; minute < 9; minute += 1) await run.pass(60)
    expect(run.calls).toHaveLength(tried)
    await run.pass(60)
    expect(run.calls).toHaveLength(tried + 1)
    expect(await run.thread()).toMatchObject({ broken: { why: expect.stringContaining('is_archived') } })
  })

  test('is looked at at once by a process that starts anew: perhaps that was the way out', async () => {
    const run = await ground(GATE)
    run.fails(archived)
    await run.approve('gate')
    await run.turn()
    run.fails(() => undefined)
    await run.pass(1)
    expect(await run.thread()).toHaveProperty('broken')
    run.restart()
    await run.turn()
    expect(await run.thread()).not.toHaveProperty('broken')
    expect(asking(run.messages)).toEqual([])
  })

  test('is said where people can see it: once in each other place of the run, and with every status', async () => {
    const run = await ground(GATE, ['C1', 'C2'])
    run.fails(({ channel }) => (channel === 'C1' ? archived() : undefined))
    await run.approve('gate')
    await run.turn()
    await run.pass(1)
    const said = () => run.texts('C2').filter((text) => text.includes('is not told in C1'))
    expect(said()).toHaveLength(1)
    expect(run.telling().trouble()).toEqual([
      'Nothing can be said in C1 since 12:00 UTC: Slack refused it: is_archived. Unarchive the channel.',
    ])
    run.restart()
    for (let minute = 0; minute < 21; minute += 1) await run.pass(60)
    expect(said()).toHaveLength(1)
    expect(run.telling().trouble()).toHaveLength(1)
  })

  test('holds up no other place of the run, and neither does one that does not answer', async () => {
    for (const error of [archived(), new TransientFailure('no answer'), new Error('a bug')]) {
      const run = await ground(GATE, ['C1', 'C2'])
      run.fails(({ channel }) => (channel === 'C1' ? error : undefined))
      await run.approve('gate')
      await run.turn()
      expect(run.texts('C2').some((text) => text.includes('approved'))).toBe(true)
    }
  })

  test('is told again once it takes something, with one message for all that it missed', async () => {
    const run = await ground(GATE)
    run.fails(archived)
    await run.approve('gate')
    await run.turn()
    run.fails(() => undefined)
    await run.pass(600)
    expect(await run.thread()).not.toHaveProperty('broken')
    expect(run.telling().trouble()).toEqual([])
    const missed = run.texts().filter((text) => text.includes('Nothing could be told here'))
    expect(missed).toEqual([
      expect.stringMatching(/from 12:00 UTC to 12:10 UTC\. Meanwhile:\n✅ gate approved by Anna/),
    ])
    expect(asking(run.messages)).toEqual([])
  })
})

test('a headline that was deleted is posted anew, and what belongs under it too', async () => {
  const run = await ground(many(2))
  run.delete(0)
  await run.end(['t0'], 'fail')
  await run.turn()
  await run.pass(1)
  const headlines = run.messages.flatMap(({ under }, at) => (under === undefined ? [String(at)] : []))
  expect(headlines).toHaveLength(2)
  const [card] = asking(run.messages)
  expect(card?.under).toBe(headlines[1])
})

test('where edits find no room, the card of a failure is up all the same, and the edits follow', async () => {
  const run = await ground({ gate: [], t0: [], t1: [] })
  run.fails(({ does }) => (does === 'update' ? new QuotaFailure('Slack asked to wait.', 30) : undefined))
  await run.approve('gate')
  await run.end(['t0'], 'fail')
  await run.turn()
  const asked = () => asking(run.messages).map(({ card }) => card.text)
  expect(asked()).toEqual([expect.stringContaining('gate'), expect.stringContaining('t0 failed')])
  expect(run.messages[0]?.edits).toBe(0)
  run.fails(() => undefined)
  await run.pass(30)
  expect(asked()).toEqual([expect.stringContaining('t0 failed')])
  expect(run.messages[0]?.edits).toBe(1)
})

describe('after an outage', () => {
  const CAUGHT_UP = /Nothing could be told here|What happened from/

  async function outage(minutes: number) {
    const run = await ground(many(20))
    await run.pass(11)
    const before = run.messages.length
    run.fails(() => new TransientFailure('no answer'))
    for (let at = 0; at < 12; at += 1) {
      await run.end([`t${at}`], at === 5 ? 'fail' : 'complete')
      await run.pass((minutes * 60) / 12)
    }
    expect(run.messages).toHaveLength(before)
    run.fails(() => undefined)
    return { ...run, news: () => run.messages.slice(before).map(({ card }) => card.text) }
  }

  test('the news is one message that sums up, and then the cards that are open', async () => {
    const run = await outage(7)
    await run.pass(3)
    const [sum = '', card = '', ...more] = run.news()
    expect(sum).toMatch(/^📨 Nothing could be told here from 12:00 UTC to 12:07 UTC\. Meanwhile:/)
    expect(sum).toContain('✅ 11 tasks completed: t0, t1, t2 and 8 more')
    expect(sum).toContain('❌ one task failed: t5')
    expect(sum).toContain('Now: running, 11 of 20 tasks done; one task waits for a decision.')
    expect(card).toContain('t5 failed')
    expect(more).toEqual([])
  })

  test('it is said once, whoever tells it afterwards', async () => {
    const run = await outage(7)
    await run.pass(3)
    run.restart()
    await run.pass(60)
    await run.pass(60)
    expect(run.news().filter((text) => CAUGHT_UP.test(text))).toHaveLength(1)
  })

  test('that was short the news is told as ever', async () => {
    const run = await outage(1)
    await run.pass(10)
    expect(run.news().filter((text) => CAUGHT_UP.test(text))).toEqual([])
    expect(run.news().some((text) => text.includes('completed'))).toBe(true)
  })
})

describe('five hundred tasks that end at once', () => {
  test('make few messages: ten cards, three of them in the channel, and a line for many', async () => {
    const run = await ground(many(600))
    await run.pass(11)
    const [before, edits] = [run.messages.length, run.messages[0]?.edits ?? 0]
    const ids = Array.from({ length: 500 }, (_, at) => `t${at}`)
    for (let at = 0; at < 500; at += 50) {
      await run.end(ids.slice(at, at + 40), 'complete')
      await run.turn()
      await run.end(ids.slice(at + 40, at + 50), 'fail')
      await run.turn()
    }
    for (let seconds = 0; seconds < 60; seconds += 1) await run.pass(1)
    const news = run.messages.slice(before)
    expect(asking(news)).toHaveLength(10)
    expect(news.filter(({ announced }) => announced)).toHaveLength(3)
    // Beside the cards: what was told with them, and the rest.
    expect(news.length - 10).toBeLessThanOrEqual(5)
    expect(news.map(({ card }) => card.text).join('\n')).toMatch(/✅ \d+ tasks completed: .* and \d+ more/)
    expect((run.messages[0]?.edits ?? 0) - edits).toBeLessThanOrEqual(10)
  })
})
