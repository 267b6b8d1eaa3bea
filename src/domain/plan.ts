import type { z } from 'zod'
import type { Objectives } from './execution.ts'
import type { Json } from './json.ts'
import type { MissingInput } from './refusal.ts'
import type { Task } from './task.ts'

/** A plan as it was read: waves and approvals have become tasks and edges. */
export interface Plan {
  readonly id: string
  readonly name: string
  readonly description?: string
  readonly hash: string
  readonly tasks: readonly PlanTask[]
  readonly objectives: Objectives
  readonly customAttributes: { readonly [name: string]: Json }
  /** Inputs that must be given before a start. */
  readonly missing: readonly MissingInput[]
  /** What is legal but probably not meant. */
  readonly warnings: readonly string[]
}

export type PlanTask = Pick<
  Task,
  | 'id'
  | 'name'
  | 'type'
  | 'inputs'
  | 'predecessors'
  | 'successors'
  | 'timeoutMinutes'
  | 'expectedMinutes'
  | 'healthCheck'
  | 'retries'
>

/** What a plan's check must know of a task type. */
export interface TaskKind {
  readonly inputs: z.ZodType
  readonly timeoutMinutes: number
  /** How long one with these inputs usually takes, where the plan does not say: for forecasts alone. */
  expectedMinutes?(inputs: PlanTask['inputs']): number
}
