import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryMutes } from '../../src/adapters/memory/mutes.ts'
import { memoryThreads } from '../../src/adapters/memory/threads.ts'
import { inLanguageOf } from '../../src/apps/language.ts'
import type { Card } from '../../src/conversation/card.ts'
import { begin } from '../../src/domain/begin.ts'
import { executionId, taskOf } from '../../src/domain/execution.ts'
import { optional } from '../../src/domain/optional.ts'
import { policySchema } from '../../src/domain/permission.ts'
import { taskId } from '../../src/domain/task.ts'
import { called } from '../../src/engine/calling.ts'
import { keep } from '../../src/engine/keep.ts'
import { teller } from '../../src/engine/tell.ts'
import { wake } from '../../src/engine/wake.ts'
import { CARDS_OPEN } from '../../src/engine/what-to-tell.ts'
import type { Chat } from '../../src/ports/chat.ts'
import { FinalFailure } from '../../src/ports/failure.ts'
import type { Roster } from '../../src/ports/roster.ts'
import { ANNA, planFrom } from '../domain/run.ts'

const ID = executionId.parse('01TOLD')
const GROUPS: { [group: string]: string[] } = {
  'slack:APPROVERS': ['slack:ann', 'slack:ben', 'slack:cleo'],
  'slack:DUTY': ['slack:ben', 'slack:zoe'],
}

/** A run whose thread, direct messages and edits can be seen. `unreachable` cannot be written to. */
async function told(
  edges: { [id: string]: string[] },
  settings: {
    policy?: object
    unreachable?: string
    progressSeconds?: number
    locales?: { [person: string]: string }
  } = {},
) {
  const clock = manualClock('2026-01-08T12:00:00.000Z')
  const [store, threads] = [memoryExecutions(), memoryThreads()]
  const runs = keep(store, clock)
  const messages: { at: string; card: Card; announced: boolean; edits: number }[] = []
  const say = (at: string, card: Card, announced: boolean) => {
    messages.push({ at, card, announced, edits: 0 })
    return { platform: 'slack', channel: at, message: String(messages.length - 1) }
  }
  const chat: Chat = {
    platform: 'slack',
    post: async ({ channel }, card, how) => say(channel, card, how?.announced === true),
    direct: async (person, card) => {
      if (person === settings.unreachable) throw new FinalFailure('cannot_dm_bot')
      return say(person, card, false)
    },
    attach: async () => {},
    update: async ({ message }, card) => {
      const one = messages[Number(message)]
      if (!one) throw new FinalFailure('message_not_found')
      Object.assign(one, { card, edits: one.edits + 1 })
    },
  }
  const roster: Roster = {
    members: async ({ people, groups }) =>
      [...people, ...groups.flatMap((group) => GROUPS[group] ?? [])].map((id) => ({
        identity: {
          actor: { kind: 'person', id, name: id },
          groups: Object.keys(GROUPS).filter((group) => GROUPS[group]?.includes(id)),
        },
        state: 'active',
        ...optional('locale', settings.locales?.[id]),
      })),
  }
  const policy = policySchema.parse({
    bindings: [
      { role: 'approver', groups: ['slack:APPROVERS'] },
      { role: 'operator', people: ['slack:olive'] },
    ],
    on_call: [{ groups: ['slack:DUTY'] }],
    ...settings.policy,
  })
  const log = pino({ level: 'silent' })
  const mutes = memoryMutes()
  const calling = { policy, rosters: new Map([['slack', roster]]), clock, log, mutes }
  const telling = teller({
    ...{ keep: runs, store, threads, clock, log, progressSeconds: settings.progressSeconds ?? 10 },
    chats: new Map([['slack', chat]]),
    called: (execution, task, platform) => called(calling, execution, task, platform),
    inLanguageOf,
  })
  const order = { id: ID, mode: 'recovery' as const, by: ANNA, source: 'test', at: clock.now().toISOString() }
  const places = [
    { platform: 'slack', channel: 'C1' },
    { platform: 'slack', channel: 'CROOM' },
  ]
  const { execution, record } = begin(planFrom(edges), 1, { ...order, places: places.slice(0, 1) })
  await runs.create(execution, record)

  async function turn(): Promise<void> {
    await wake(ID, { keep: runs })
    telling.soon(ID)
    await telling.settled()
  }
  await turn()
  const direct = () => messages.filter(({ at }) => at.startsWith('slack:'))
  return {
    messages,
    direct,
    mute: (person: string, minutes: number) =>
      mutes.mute(ID, person, new Date(clock.now().getTime() + minutes * 60_000)),
    asked: () => direct().map(({ at }) => at),
    texts: () => messages.map(({ card }) => card.text),
    async pass(seconds: number) {
      clock.advance(seconds * 1000)
      await telling.settled()
      await turn()
    },
    async report(id: string, says: 'complete' | 'fail') {
      const execution = await runs.current(ID)
      const task = execution && taskOf(execution, taskId.parse(id))
      if (!execution || task?.status !== 'IN_PROGRESS') throw new Error(`${id} does not run`)
      const moved = { what: 'moved', task: task.id, from: task.status, attempt: task.attempt } as const
      await runs.change(ID, () => [
        says === 'complete'
          ? { ...moved, event: 'complete', to: 'COMPLETED', summary: 'Done.' }
          : { ...moved, event: 'fail', to: 'FAILED', failure: { kind: 'unknown', message: 'It broke.' } },
      ])
      await turn()
    },
    async approve(id: string) {
      const execution = await runs.current(ID)
      if (!execution) throw new Error('no run')
      const { attempt, status } = taskOf(execution, taskId.parse(id))
      const moved = {
        what: 'moved',
        task: taskId.parse(id),
        from: status,
        attempt,
        event: 'approve',
        to: 'COMPLETED',
      } as const
      await runs.commit(execution, { by: ANNA, source: 'test', changes: [moved] })
      await turn()
    },
  }
}

describe('a gate that nobody decides', () => {
  test('is written to each in their language, and stays in it; the channel keeps its own', async () => {
    const locales = { 'slack:ben': 'de-AT', 'slack:cleo': 'fr-FR' }
    const run = await told({ gate: ['task'], task: [] }, { locales })
    await run.pass(600)
    const read = (person: string) => run.direct().find(({ at }) => at === person)
    const labels = (person: string) => JSON.stringify(read(person)?.card.blocks)
    expect(labels('slack:ben')).toContain('Freigeben')
    for (const person of ['slack:ann', 'slack:cleo']) expect(labels(person)).toContain('"Approve"')
    expect(
      run.messages
        .filter(({ at }) => at === 'C1')
        .map(({ card }) => card.text)
        .join(),
    ).not.toContain('Freig')
    const before = read('slack:ben')?.edits
    await run.pass(60)
    expect(read('slack:ben')?.edits).toBe(before)
    await run.approve('gate')
    expect(read('slack:ben')?.card.text).toContain('freigegeben')
    expect(read('slack:ann')?.card.text).toContain('approved')
  })

  test('is sent to whoever is on call and may decide, then to everybody who may, each once', async () => {
    const run = await told({ gate: ['task'], task: [] })
    expect(run.asked()).toEqual([])
    await run.pass(120)
    expect(run.asked()).toEqual(['slack:ben'])
    await run.pass(10)
    expect(run.asked()).toEqual(['slack:ben'])
    await run.pass(180)
    expect(run.asked()).toEqual(['slack:ben', 'slack:ann', 'slack:cleo'])
    await run.pass(300)
    expect(run.asked()).toHaveLength(3)
    expect(run.texts().filter((text) => text.includes('🔔'))).toHaveLength(3)
  })

  test('is brought before the whole channel at the last rung', async () => {
    const run = await told({ gate: ['task'], task: [] })
    await run.pass(120)
    const before = run.messages.filter(({ announced }) => announced).length
    await run.pass(480)
    const announced = run.messages.filter((one) => one.announced)
    expect(announced).toHaveLength(before + 1)
    expect(announced.at(-1)?.card.text).toContain('Still nobody has decided')
  })

  test('shows the decision on every card once it is made, those sent to people too', async () => {
    const run = await told({ gate: ['task'], task: [] })
    await run.pass(320)
    await run.approve('gate')
    for (const { card } of run.direct()) expect(card.text).toContain('approved')
    expect(run.messages.filter(({ card }) => card.blocks.some(({ kind }) => kind === 'buttons'))).toEqual([])
  })

  test('is asked of everybody at once where nobody who may decide is on call', async () => {
    const run = await told({ gate: ['task'], task: [] }, { policy: { on_call: [] } })
    await run.pass(120)
    expect(run.asked()).toEqual(['slack:ann', 'slack:ben', 'slack:cleo'])
  })

  test('goes by the schedule: whoever is not on call at that hour is not first', async () => {
    const on_call = [
      { people: ['slack:ann'], from: '2026-01-08T08:00:00Z', to: '2026-01-08T12:00:00Z' },
      { people: ['slack:cleo'], from: '2026-01-08T12:00:00Z', to: '2026-01-08T20:00:00Z' },
    ]
    const run = await told({ gate: ['task'], task: [] }, { policy: { on_call } })
    await run.pass(120)
    expect(run.asked()).toEqual(['slack:cleo'])
  })

  test('asks the others where one of them cannot be written to', async () => {
    const run = await told({ gate: ['task'], task: [] }, { unreachable: 'slack:ben' })
    await run.pass(120)
    await run.pass(200)
    expect(run.asked()).toEqual(['slack:ann', 'slack:cleo'])
  })
})

describe('somebody who wants no direct messages about the run', () => {
  test('gets none while that lasts; the others are asked instead, and then all again', async () => {
    const run = await told({ gate: ['task'], task: [] })
    await run.mute('slack:ben', 4)
    await run.pass(120)
    expect(run.asked()).toEqual(['slack:ann', 'slack:cleo'])
    await run.pass(180)
    expect(run.asked()).toEqual(['slack:ann', 'slack:cleo', 'slack:ben'])
  })

  test('is asked all the same where the others could not decide', async () => {
    const needs = [{ count: 2, groups: ['slack:APPROVERS'] }]
    const run = await told({ gate: ['task'], task: [] }, { policy: { on_call: [], approvals: [{ needs }] } })
    await run.mute('slack:ben', 60)
    await run.mute('slack:cleo', 60)
    await run.pass(120)
    expect(run.asked()).toEqual(['slack:ann', 'slack:ben', 'slack:cleo'])
  })

  test('may have one of several spared', async () => {
    const needs = [{ count: 2, groups: ['slack:APPROVERS'] }]
    const run = await told({ gate: ['task'], task: [] }, { policy: { on_call: [], approvals: [{ needs }] } })
    await run.mute('slack:cleo', 60)
    await run.pass(120)
    expect(run.asked()).toEqual(['slack:ann', 'slack:ben'])
  })
})

test('a failure that nobody decides is sent to those who may', async () => {
  const run = await told({ task: [] })
  await run.report('task', 'fail')
  await run.pass(120)
  expect(run.asked()).toEqual(['slack:olive'])
})

describe('progress', () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`task${at}`, []]))

  test('is told once in so many seconds, with the headline', async () => {
    const run = await told(many)
    const before = run.messages.length
    const [headline] = run.messages
    await run.pass(11)
    const edits = headline?.edits ?? 0
    for (let at = 0; at < 30; at++) await run.report(`task${at}`, 'complete')
    expect(run.messages.length).toBeLessThanOrEqual(before + 1)
    expect((headline?.edits ?? 0) - edits).toBeLessThanOrEqual(1)
    await run.pass(10)
    expect(run.messages.length).toBeLessThanOrEqual(before + 2)
    expect(headline?.card.text).toContain('30 of 40 tasks done')
  })

  test('waits for nothing once somebody is needed: the failure, the headline and what came before are told at once', async () => {
    const run = await told(many)
    await run.pass(11)
    await run.report('task0', 'complete')
    await run.report('task1', 'complete')
    await run.report('task2', 'fail')
    expect(run.texts().some((text) => text.includes('task2 failed'))).toBe(true)
    expect(run.messages[0]?.card.text).toContain('2 of 40')
  })

  test('many failures at once open few cards, and the next ones as these are decided', async () => {
    const run = await told(many)
    for (let at = 0; at < 20; at++) await run.report(`task${at}`, 'fail')
    const cards = run.messages.filter(({ card }) => card.blocks.some(({ kind }) => kind === 'buttons'))
    expect(cards).toHaveLength(CARDS_OPEN)
    expect(cards.filter(({ announced }) => announced)).toHaveLength(3)
  })
})
