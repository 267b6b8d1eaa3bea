import { describe, expect, test } from 'vitest'
import {
  forbids,
  type Identity,
  type Permit,
  policySchema,
  type Role,
  rolesOf,
} from '../../src/domain/permission.ts'
import { ANNA, planFrom, run } from './run.ts'

const nobody = policySchema.parse({ bindings: [] })
const policyOf = (role: Role) => policySchema.parse({ bindings: [{ role, people: [ANNA.id] }] })
const anna: Identity = { actor: ANNA, groups: [] }
const made = run(planFrom({ a: [], gate: [] }))
const on = { plan: 'sample', execution: made.execution() }

const ROWS: readonly (readonly [string, Permit, readonly Role[]])[] = [
  ['see', { asks: 'see' }, ['viewer', 'operator', 'approver', 'admin']],
  ['start', { asks: 'start' }, ['operator', 'admin']],
  ['edit a plan', { asks: 'edit-plan' }, ['admin']],
  ['cancel', { asks: 'cancel' }, ['operator', 'admin']],
  ['retry a task', { asks: 'retry', task: 'a' }, ['operator', 'admin']],
  ['approve a gate', { asks: 'approve', task: 'gate' }, ['approver', 'admin']],
  ['skip a gate', { asks: 'skip', task: 'gate' }, ['approver', 'admin']],
  ['hold a gate', { asks: 'hold', task: 'gate' }, ['approver', 'admin']],
  ['approve what is no gate', { asks: 'approve', task: 'a' }, ['approver', 'admin']],
]

describe('the policy', () => {
  test.each(ROWS)('lets only the right roles %s', (_what, permit, allowed) => {
    for (const role of ['viewer', 'operator', 'approver', 'admin'] as const) {
      const refusal = forbids(policyOf(role), anna, permit, on)
      expect(refusal === undefined, role).toBe(allowed.includes(role))
    }
    expect(forbids(nobody, anna, permit, on)).toMatchObject({ why: 'no-permission', has: [] })
  })

  test('knows people by id, group, verified address or the way in, and by nothing else', () => {
    const policy = policySchema.parse({
      bindings: [
        { role: 'operator', groups: ['slack:S1'] },
        { role: 'approver', emails: ['Anna@example.com'] },
      ],
    })
    expect(rolesOf(policy, anna, 'sample')).toEqual([])
    expect(rolesOf(policy, { ...anna, groups: ['slack:S1'] }, 'sample')).toEqual(['operator'])
    expect(rolesOf(policy, { ...anna, groups: ['slack:S11', 'xslack:S1'] }, 'sample')).toEqual([])
    expect(rolesOf(policy, { ...anna, email: 'ANNA@example.com' }, 'sample')).toEqual(['approver'])
    expect(rolesOf(policy, { ...anna, roles: ['viewer'] }, 'sample')).toEqual(['viewer'])
    expect(rolesOf(policy, { ...anna, actor: { ...ANNA, id: 'x', name: ANNA.id } }, 'sample')).toEqual([])
  })

  test('means by an address also the account that it names as the same human, and nobody of another', () => {
    const bindings = [{ role: 'approver', emails: ['anna@example.com'] }]
    const as = (human: string) =>
      rolesOf(policySchema.parse({ bindings, humans: [{ human, ids: [ANNA.id] }] }), anna, 'sample')
    expect(as('anna@example.com')).toEqual(['approver'])
    expect(as('ben@example.com')).toEqual([])
  })

  test('may bind a role to some plans', () => {
    const policy = policySchema.parse({ bindings: [{ role: 'admin', people: [ANNA.id], plans: ['ledger'] }] })
    expect(rolesOf(policy, anna, 'ledger')).toEqual(['admin'])
    expect(rolesOf(policy, anna, 'payments')).toEqual([])
  })
})
