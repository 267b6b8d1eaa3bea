import { expect, test } from 'vitest'
import { policySchema } from '../../src/domain/permission.ts'
import { isTaken } from '../../src/engine/link.ts'
import { TransientFailure } from '../../src/ports/failure.ts'
import type { Member } from '../../src/ports/roster.ts'
import { as } from './explaining.ts'

const { actor } = as('slack:gus')

/** The accounts that Slack knows by any address, and what the policy says of humans. */
const world = (known: readonly string[], humans: object[] = [], away = false) => ({
  policy: policySchema.parse({ bindings: [], humans }),
  rosters: new Map([
    [
      'slack',
      {
        members: async (): Promise<Member[]> => {
          if (away) throw new TransientFailure('Slack is away')
          return known.map((id) => ({ identity: { actor: as(id).actor, groups: [] }, state: 'active' }))
        },
      },
    ],
  ]),
})
const EMAIL = 'ann@example.com'

test('an address is taken by another account that the platform knows by it, and not by the account itself', async () => {
  expect(await isTaken(EMAIL, actor, world(['slack:ann']))).toBe(true)
  expect(await isTaken(EMAIL, actor, world(['slack:gus']))).toBe(false)
  expect(await isTaken(EMAIL, actor, world([]))).toBe(false)
})

test('and by one that the policy names for it, on the same platform alone', async () => {
  const humans = (...ids: string[]) => [{ human: EMAIL, ids }]
  expect(await isTaken(EMAIL, actor, world([], humans('slack:ann')))).toBe(true)
  expect(await isTaken(EMAIL, actor, world([], humans('teams:ann')))).toBe(false)
  expect(await isTaken('gus@example.com', actor, world([], humans('slack:ann')))).toBe(false)
})

test('while the platform does not say, it is not known', async () => {
  await expect(isTaken(EMAIL, actor, world([], [], true))).rejects.toBeInstanceOf(TransientFailure)
})
