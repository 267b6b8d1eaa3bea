import { z } from 'zod'
import type { ChangeRecord } from './change.ts'
import type { Execution, ExecutionId } from './execution.ts'
import type { Task } from './task.ts'

/** What a store holds of one execution, as it was found: the shape of each part is right, and nothing else of it is believed. */
export interface Found {
  readonly id: ExecutionId
  /** Undefined where there is none, or none that can be read. */
  readonly head: FoundHead | undefined
  readonly tasks: readonly FoundTask[]
  /** By the version under which they are stored; undefined is something that cannot be read as a record. */
  readonly records: ReadonlyMap<number, ChangeRecord | undefined>
  /** What else is there and does not belong, a sentence each. */
  readonly strays: readonly string[]
}

export type FoundHead = Omit<Execution, 'tasks'>

export interface FoundTask {
  readonly task: Task
  /** Its place among the tasks, from 0, and the version that wrote it last, as they are marked on it. */
  readonly place: number
  readonly writtenAt: number
}

// Stricter than what the engine reads by: what somebody else wrote must become a finding, not a crash of the audit.
const actor = z.looseObject({ kind: z.string(), id: z.string(), name: z.string() })
const shapedLike = <Value>(shape: z.ZodType) => z.custom<Value>((value) => shape.safeParse(value).success)

export const foundHead = shapedLike<FoundHead>(
  z.looseObject({
    version: z.int(),
    plan: z.looseObject({ id: z.string(), version: z.number(), hash: z.string() }),
    mode: z.string(),
    startedAt: z.string(),
    startedBy: actor,
    places: z.array(z.unknown()),
    lastChangeHash: z.string(),
  }),
)
export const foundTask = shapedLike<Task>(z.looseObject({ id: z.string() }))
export const foundRecord = shapedLike<ChangeRecord>(
  z.looseObject({
    execution: z.string(),
    version: z.number(),
    at: z.string(),
    by: actor,
    source: z.string(),
    changes: z.array(z.looseObject({ what: z.string() })),
    hash: z.string(),
  }),
)
