import { describe, expect, test } from 'vitest'
import { memoryLinks } from '../../src/adapters/memory/links.ts'
import type { Named } from '../../src/domain/gate-rules.ts'
import { policySchema } from '../../src/domain/permission.ts'
import { isTaken, withKnown } from '../../src/engine/link.ts'
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

describe('who is meant by an address', () => {
  const PEOPLE: { [id: string]: { email?: string; groups?: string[] } } = {
    'slack:told': { email: EMAIL },
    'slack:named': {},
    'slack:linked': {},
    'slack:elsewhere': { email: 'somebody.else@example.com' },
    'slack:oncall': { email: 'somebody.else@example.com', groups: ['slack:S1'] },
  }
  const WHO = { people: [], groups: [], emails: [EMAIL] }
  const LINK = { human: EMAIL, at: '2026-01-08T12:00:00.000Z' }

  async function found(who: Partial<typeof WHO> | { people: string[]; groups: string[] }) {
    const links = memoryLinks()
    for (const id of ['slack:linked', 'slack:elsewhere', 'slack:oncall', 'teams:linked'])
      await links.keep(id, LINK)
    const humans = [{ human: EMAIL, ids: ['slack:named', 'teams:named'] }]
    const policy = policySchema.parse({ bindings: [], humans })
    const slack = {
      async members({ people, groups, emails }: Named): Promise<Member[]> {
        const all = Object.entries(PEOPLE).filter(
          ([id, { email = '', groups: has = [] }]) =>
            people.includes(id) || emails.includes(email) || groups.some((group) => has.includes(group)),
        )
        expect(people.filter((id) => !id.startsWith('slack:'))).toEqual([])
        return all.map(([id, { email, groups: has = [] }]) => ({
          identity: { actor: as(id).actor, groups: has, ...(email && { email }) },
          state: 'active',
        }))
      },
    }
    const members = await withKnown('slack', slack, { links, policy }).members({ ...WHO, ...who })
    return Object.fromEntries(members.map(({ identity }) => [identity.actor.id, identity.email]))
  }

  test('also an account that the policy or a link gives it to, but not one that the platform tells another of', async () => {
    expect(await found({})).toEqual({
      'slack:told': EMAIL,
      'slack:named': undefined,
      'slack:linked': EMAIL,
    })
  })

  test('who is meant otherwise is found, whatever they are linked to', async () => {
    const all = await found({ groups: ['slack:S1'], people: ['slack:elsewhere'] })
    expect(Object.keys(all).sort()).toEqual([
      'slack:elsewhere',
      'slack:linked',
      'slack:named',
      'slack:oncall',
      'slack:told',
    ])
  })

  test('nobody is meant by an address that is not asked for', async () => {
    expect(await found({ emails: [] })).toEqual({})
  })
})
