import { expect, test } from 'vitest'
import { failureOf } from '../../../src/adapters/teams/failure.ts'
import { FinalFailure, QuotaFailure, TransientFailure } from '../../../src/ports/failure.ts'

const refused = (status: number, code?: string, retryAfter: string | null = null) =>
  failureOf('POST x', status, retryAfter, code && { error: { code } })

test.each([408, 412, 500, 502, 503, 504])(
  'HTTP %i is for later, and not for all at the same moment',
  (status) => {
    const waits = Array.from({ length: 20 }, () => {
      const failure = refused(status)
      if (!(failure instanceof TransientFailure)) throw failure
      return failure.retryAfterSeconds ?? 0
    })
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(2)
    for (const wait of waits) expect(wait).toBeLessThanOrEqual(4)
    expect(new Set(waits).size).toBeGreaterThan(1)
  },
)

test('a 429 waits for as long as it says', () => {
  expect(refused(429, undefined, '17')).toMatchObject({ retryAfterSeconds: 17 })
  expect(refused(429)).toBeInstanceOf(QuotaFailure)
})

test.each([
  [403, 'BotNotInConversationRoster', { name: 'UnreachableFailure', where: 'here' }],
  [403, 'BotDisabledByAdmin', { name: 'UnreachableFailure', where: 'everywhere' }],
  [404, 'ConversationNotFound', { name: 'UnreachableFailure', where: 'here' }],
  [404, 'ActivityNotFoundInConversation', { name: 'GoneFailure' }],
  [404, 'MemberNotFoundInConversation', { name: 'GoneFailure' }],
  [403, 'MessageWritesBlocked', { name: 'FinalFailure' }],
  [413, 'MessageSizeTooBig', { name: 'FinalFailure' }],
  [400, 'BadSyntax', { name: 'FinalFailure' }],
  [401, undefined, { name: 'UnreachableFailure', where: 'everywhere' }],
])('HTTP %i %s is what it is', (status, code, expected) => {
  const failure = refused(status, code)
  expect(failure).toBeInstanceOf(FinalFailure)
  expect(failure).toMatchObject(expected)
})
