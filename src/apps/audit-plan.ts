import type { Finding } from '../domain/audit.ts'
import { digest } from '../domain/digest.ts'
import type { Found } from '../domain/found.ts'
import type { Plan } from '../domain/plan.ts'
import { readPlan } from '../domain/read-plan.ts'
import { TASK_TYPES } from '../engine/task-types/index.ts'
import { FinalFailure, TransientFailure } from '../ports/failure.ts'
import type { PlanStore, StoredPlan } from '../ports/plan-store.ts'

/** The plan that an execution began from, or what is wrong with it, or why it cannot be told. */
export interface BegunFrom {
  readonly plan?: Plan
  readonly finding?: Pick<Finding, 'kind' | 'message'>
  readonly unchecked?: string
}

/** Reads each version of a plan once, however many executions began from it. */
export function planReader(plans: PlanStore): (found: Found) => Promise<BegunFrom> {
  const read = new Map<string, Promise<BegunFrom>>()
  return async (found) => {
    const first = found.records.get(1)?.changes[0]
    const named = first?.what === 'begun' ? { id: first.plan, version: first.planVersion } : found.head?.plan
    // Then the chain itself is broken, and says so.
    if (!named) return {}
    const key = JSON.stringify([named.id, named.version])
    const known = read.get(key) ?? readVersion(plans, named.id, named.version)
    read.set(key, known)
    return known
  }
}

async function readVersion(plans: PlanStore, id: string, version: number): Promise<BegunFrom> {
  const what = `Version ${version} of the plan "${id}"`
  const stored = await storedPlan(plans, id, version)
  if (stored === 'unreadable')
    return { finding: { kind: 'changed', message: `${what} cannot be read: it was changed.` } }
  if (!stored) return { finding: { kind: 'missing', message: `${what} is not stored: it was deleted.` } }
  if (digest(stored.document) !== stored.hash) {
    const message = `${what} does not match its own hash: its document was changed.`
    return { finding: { kind: 'changed', message } }
  }
  const plan = readPlan(stored.document, TASK_TYPES)
  if (plan.kind === 'plan') return { plan: plan.plan }
  return { unchecked: `${what} is intact, but this release cannot read it: ${plan.problems[0]?.message}` }
}

async function storedPlan(
  plans: PlanStore,
  id: string,
  version: number,
): Promise<StoredPlan | undefined | 'unreadable'> {
  try {
    return await plans.get(id, version)
  } catch (error) {
    if (error instanceof TransientFailure || error instanceof FinalFailure) throw error
    // Whatever else is thrown was thrown by what is stored: no item of ours, no gzip, no JSON.
    return 'unreadable'
  }
}
