import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillsEverySeat, type Voter } from '../../src/domain/ballot.ts'
import { gateRule, requirementFor } from '../../src/domain/gate-rules.ts'

const voter = (human: string, ...rows: number[]): Voter => ({
  human,
  rows,
  mayVeto: true,
  mayBreakGlass: false,
})
const needs = (...counts: number[]) => gateRule.parse({ needs: counts.map((count) => ({ count })) })

describe('a gate is full', () => {
  test('when enough people sit, each on one seat', () => {
    expect(fillsEverySeat(needs(2), [voter('ann', 0), voter('ben', 0)])).toBe(true)
    expect(fillsEverySeat(needs(2), [voter('ann', 0)])).toBe(false)
  })

  test('never by one human twice, whatever they are signed in to', () => {
    expect(fillsEverySeat(needs(2), [voter('ann', 0), voter('ann', 0)])).toBe(false)
  })

  test('never by one human who is in both groups', () => {
    expect(fillsEverySeat(needs(1, 1), [voter('ann', 0, 1)])).toBe(false)
  })

  test('when somebody can move to another seat to make room', () => {
    expect(fillsEverySeat(needs(1, 1), [voter('ann', 0, 1), voter('ben', 0)])).toBe(true)
  })

  test('exactly when there is some way to seat them', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 })
    const people = fc.array(fc.array(fc.nat(2), { maxLength: 3 }), { maxLength: 5 })
    fc.assert(
      fc.property(counts, people, (rows, able) => {
        const voters = able.map((mine, index) => voter(`human${index}`, ...mine))
        const seats = rows.flatMap((count, row) => Array.from({ length: count }, () => row))
        const seatable = (left: readonly number[], free: readonly Voter[]): boolean => {
          const [seat, ...others] = left
          if (seat === undefined) return true
          return free.some(
            (one) =>
              one.rows.includes(seat) &&
              seatable(
                others,
                free.filter((other) => other !== one),
              ),
          )
        }
        expect(fillsEverySeat(needs(...rows), voters)).toBe(seatable(seats, voters))
      }),
    )
  })
})

describe('the rule of a gate', () => {
  const rules = [
    gateRule.parse({
      plans: ['payments'],
      gates: ['approve-dns*'],
      modes: ['recovery'],
      needs: [{ count: 3 }],
    }),
    gateRule.parse({ modes: ['recovery'], needs: [{ count: 2 }] }),
  ]
  const seats = (plan: string, id: string, mode: 'drill' | 'recovery') =>
    requirementFor(rules, { plan, id, mode }).needs[0]?.count

  test.each([
    ['payments', 'approve-dns-cutover', 'recovery', 3],
    ['payments', 'approve-dns-cutover', 'drill', 1],
    ['payments', 'approve-other', 'recovery', 2],
    ['ledger', 'approve-dns-cutover', 'recovery', 2],
    ['ledger', 'approve-dns-cutover', 'drill', 1],
  ] as const)('of %s, %s in a %s takes %i', (plan, id, mode, count) => {
    expect(seats(plan, id, mode)).toBe(count)
  })

  test('lets only a drill be declined by silence', () => {
    expect(gateRule.safeParse({ on_silence: 'decline', modes: ['drill'] }).success).toBe(true)
    for (const modes of [undefined, ['recovery'], ['drill', 'recovery']]) {
      const read = gateRule.safeParse({ on_silence: 'decline', modes })
      expect(read.error?.issues[0]).toMatchObject({
        path: ['on_silence'],
        message: expect.stringMatching(/only a drill/),
      })
    }
  })

  test('never approves by silence: there is no such setting', () => {
    expect(gateRule.safeParse({ on_silence: 'approve', modes: ['drill'] }).success).toBe(false)
  })
})
