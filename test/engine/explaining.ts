import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryPlans } from '../../src/adapters/memory/plans.ts'
import { type Identity, policySchema } from '../../src/domain/permission.ts'
import type { Actor } from '../../src/domain/task.ts'
import type { Explaining } from '../../src/engine/explain.ts'
import { TransientFailure } from '../../src/ports/failure.ts'

const PEOPLE: { [id: string]: { groups: string[]; state?: 'away' } } = {
  'slack:olive': { groups: [] },
  'slack:ann': { groups: ['slack:DBA', 'slack:APPROVERS'] },
  'slack:ben': { groups: ['slack:APPROVERS'], state: 'away' },
}
export const as = (id: string) => ({
  actor: { kind: 'person', id, name: nameOf(id) } satisfies Actor,
  source: 'test',
})
const nameOf = (id: string) => (id.split(':')[1] ?? '').replace(/^./, (letter) => letter.toUpperCase())
const identity = (id: string): Identity => ({ actor: as(id).actor, groups: PEOPLE[id]?.groups ?? [] })

/** Olive operates; Ann and Ben approve, and Ben is on call and not at hand. */
export function explaining(approvals: object[] = [], away = false): Explaining {
  const policy = policySchema.parse({
    bindings: [
      { role: 'approver', groups: ['slack:APPROVERS'] },
      { role: 'operator', people: ['slack:olive'] },
    ],
    approvals,
    on_call: [{ people: ['slack:ben'] }],
  })
  const roster = {
    members: async ({ people, groups }: { people: readonly string[]; groups: readonly string[] }) => {
      if (away) throw new TransientFailure('Slack is away')
      return Object.entries(PEOPLE)
        .filter(([id, { groups: of }]) => people.includes(id) || of.some((group) => groups.includes(group)))
        .map(([id, { state = 'active' as const }]) => ({ identity: identity(id), state }))
    },
  }
  return {
    policy,
    plans: memoryPlans(),
    clock: manualClock('2026-01-08T12:00:00.000Z'),
    rosters: new Map([['slack', roster]]),
    directory: {
      identify: async ({ id }) => {
        if (away) throw new TransientFailure('Slack is away')
        return identity(id)
      },
    },
  }
}
