import { expect, test } from 'vitest'
import { asText } from '../../src/conversation/as-text.ts'
import type { Card } from '../../src/conversation/card.ts'
import { catchUpCard } from '../../src/conversation/catch-up-card.ts'
import { planFrom, run } from '../domain/run.ts'

const tasks = (...ids: string[]) => planFrom({ ...Object.fromEntries(ids.map((id) => [id, []])), gate: [] })

function caughtUp(...parts: Parameters<typeof catchUpCard>): Card {
  const card = catchUpCard(...parts)
  if (!card) throw new Error('There is nothing to catch up with.')
  return card
}

/** A run in which seven tasks completed, one failed and one approval was given. */
function missed() {
  const made = run(tasks(...Array.from({ length: 9 }, (_, at) => `t${at}`)))
  made.settle()
  const begun = made.records.length
  made.pass(2)
  for (let at = 0; at < 7; at += 1) made.complete(`t${at}`)
  made.fail('t7')
  made.ask({ asks: 'approve', task: 'gate', reason: 'all is quiet' })
  made.pass(5)
  return { records: made.records.slice(begun), execution: made.execution() }
}

test('what was missed is summed up: how many ended and how, what people decided, and how it stands now', () => {
  const { records, execution } = missed()
  const card = caughtUp(records, execution, { now: new Date('2026-01-08T12:07:00.000Z'), isFirst: false })
  expect(asText(card).split('\n')).toEqual([
    '📨 Nothing could be told here from 12:02 UTC to 12:07 UTC. Meanwhile:',
    '- ✅ 7 tasks completed: t0, t1, t2 and 4 more',
    '- ❌ one task failed: t7',
    '- 🔔 Everybody else who may decide is asked: t7 has waited for a decision since 12:02 UTC',
    '- ✅ gate approved by Anna · “all is quiet”',
    'Now: running, 8 of 10 tasks done; one task waits for a decision.',
  ])
  expect(card.text).toContain('7 tasks completed')
})

test('a thread that shows nothing yet is not said to have been out of reach', () => {
  const { records, execution } = missed()
  const card = caughtUp(records, execution, { now: new Date('2026-01-08T12:07:00.000Z'), isFirst: true })
  expect(card.text).toMatch(/^📨 What happened from 12:02 UTC to 12:07 UTC, before anything was told here:/)
})

test('of what people did, the last ten are told in full', () => {
  const made = run(tasks('t'))
  made.settle()
  const begun = made.records.length
  for (let at = 0; at < 7; at += 1) {
    made.ask({ asks: 'pause', reason: `pause ${at}` })
    made.ask({ asks: 'resume', reason: `resume ${at}` })
  }
  const now = new Date('2026-01-08T13:00:00.000Z')
  const text = asText(caughtUp(made.records.slice(begun), made.execution(), { now, isFirst: false }))
  expect(text).toContain('… 4 earlier lines')
  expect(text).not.toContain('pause 1”')
  expect(text).toContain('pause 2”')
})

test('a run that has ended meanwhile is said to have ended', () => {
  const made = run(tasks())
  made.settle()
  const begun = made.records.length
  made.ask({ asks: 'approve', task: 'gate' })
  made.settle()
  const now = new Date('2026-01-08T13:00:00.000Z')
  const card = caughtUp(made.records.slice(begun), made.execution(), { now, isFirst: false })
  expect(card.text).toContain('Now: ✅ Completed')
})

test('whoever was asked meanwhile about what still waits is told of, once a task; what was decided since is not', () => {
  const made = run(tasks('t'))
  made.settle()
  const begun = made.records.length
  made.pass(3)
  made.pass(10)
  const now = new Date('2026-01-08T12:30:00.000Z')
  const missed = made.records.slice(begun)
  const lines = asText(caughtUp(missed, made.execution(), { now, isFirst: false })).split('\n')
  expect(lines).toContain('- 🔔 Still nobody has decided: gate has waited for a decision since 12:00 UTC')
  expect(lines).toHaveLength(3)
  made.ask({ asks: 'approve', task: 'gate' })
  expect(
    asText(caughtUp(made.records.slice(begun), made.execution(), { now, isFirst: false })),
  ).not.toContain('🔔')
})

test('where nothing came about there is nothing to catch up with', () => {
  const made = run(tasks('t'))
  made.settle()
  const now = new Date('2026-01-08T13:00:00.000Z')
  expect(catchUpCard(made.records.slice(-1), made.execution(), { now, isFirst: false })).toBeUndefined()
})
