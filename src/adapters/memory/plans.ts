import type { PlanStore, StoredPlan } from '../../ports/plan-store.ts'

export function memoryPlans(): PlanStore {
  const plans = new Map<string, readonly StoredPlan[]>()
  const versions = (id: string) => plans.get(id) ?? []
  return {
    put: async (plan) => {
      const latest = versions(plan.id).at(-1)
      if (latest?.hash === plan.hash) return latest
      const stored = { ...plan, version: (latest?.version ?? 0) + 1 }
      plans.set(plan.id, [...versions(plan.id), stored])
      return stored
    },
    get: async (id, version) =>
      version === undefined ? versions(id).at(-1) : versions(id).find((stored) => stored.version === version),
    list: async () => [...plans.keys()].sort().flatMap((id) => versions(id).slice(-1)),
  }
}
