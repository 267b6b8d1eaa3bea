import { describe, expect, test } from 'vitest'
import { replay } from '../../src/domain/replay.ts'
import { ANNA, planFrom, run } from './run.ts'

const BEN = { kind: 'person', id: 'slack:U2', name: 'Ben' } as const
const plan = planFrom({ task: [] })

describe('what is said about a run', () => {
  test('is on record, changes nothing that runs, and is possible after the end as well', () => {
    const made = run(plan)
    made.settle()
    const before = made.statuses()
    expect(made.ask({ asks: 'note', reason: 'The old site answers again.' }).kind).toBe('changes')
    expect(made.statuses()).toBe(before)
    made.complete('task')
    expect(made.ask({ asks: 'note', reason: 'Customers were told at 15:00.' }).kind).toBe('changes')
    expect(
      made.records.flatMap(({ changes }) => changes).filter(({ what }) => what === 'noted'),
    ).toHaveLength(2)
  })

  test('a message becomes a note once, whoever marks it again', () => {
    const made = run(plan)
    const note = {
      asks: 'note',
      reason: 'The old site answers.',
      from: { by: 'Ben', link: 'https://example.com/p1' },
    } as const
    expect(made.ask(note).kind).toBe('changes')
    expect(made.ask(note)).toMatchObject({ refusal: { why: 'already-so', state: 'noted' } })
    expect(made.ask({ ...note, from: { by: 'Ben', link: 'https://example.com/p2' } }).kind).toBe('changes')
  })

  test('a note of nothing, of symbols or of a secret is none', () => {
    const made = run(plan)
    expect(made.ask({ asks: 'note', reason: ' 👀 ' })).toMatchObject({ refusal: { why: 'reason-missing' } })
    expect(made.ask({ asks: 'note', reason: 'the key is AKIAABCDEFGHIJKLMNOP' })).toMatchObject({
      refusal: { why: 'reason-holds-secret' },
    })
  })
})

describe('the roles of an incident', () => {
  test('one at a time, handed over and given back', () => {
    const made = run(plan)
    made.ask({ asks: 'assign', role: 'commander', to: ANNA })
    made.ask({ asks: 'assign', role: 'scribe', to: BEN })
    expect(made.execution().roles).toEqual({ commander: ANNA, scribe: BEN })
    expect(made.ask({ asks: 'assign', role: 'commander', to: ANNA })).toMatchObject({
      refusal: { why: 'already-so', state: 'assigned' },
    })
    made.ask({ asks: 'assign', role: 'commander', to: BEN })
    made.ask({ asks: 'assign', role: 'scribe' })
    expect(made.execution().roles).toEqual({ commander: BEN })
  })
})

describe('the war room', () => {
  test('is opened once, closed once, and may be opened again', () => {
    const made = run(plan)
    expect(made.ask({ asks: 'close-room' })).toMatchObject({ refusal: { state: 'closed' } })
    made.ask({ asks: 'open-room' })
    expect(made.ask({ asks: 'open-room' })).toMatchObject({ refusal: { state: 'open' } })
    made.ask({ asks: 'close-room' })
    expect(made.execution().room?.closed?.by).toEqual(ANNA)
    made.ask({ asks: 'open-room' })
    expect(made.execution().room?.closed).toBeUndefined()
  })
})

test('an auditor who replays the records finds notes, roles and rooms as they stand', () => {
  const made = run(plan)
  made.settle()
  made.ask({ asks: 'open-room' })
  made.ask({ asks: 'assign', role: 'scribe', to: BEN })
  made.ask({ asks: 'note', reason: 'Here we go.', from: { by: 'Ben', link: 'https://example.com/p1' } })
  expect(replay(plan, { places: [] }, made.records)).toMatchObject({
    kind: 'replayed',
    execution: made.execution(),
  })
})
