import { z } from 'zod'
import type { ChangeRecord } from '../../domain/change.ts'
import { type Execution, executionId } from '../../domain/execution.ts'
import type { Task, TaskId } from '../../domain/task.ts'
import { STATUSES } from '../../domain/transitions.ts'

/**
 * What is kept whole is kept as JSON text: it comes back exactly as it was (DynamoDB's own numbers and nesting have other limits
 * than JSON) and 2,000 tasks are read in a moment. What a condition asks about stands next to it as an attribute.
 */
export const written = (value: unknown): { json: string } => ({ json: JSON.stringify(value) })

export type Head = Omit<Execution, 'tasks'>

// Light on purpose: this process wrote the items. They are checked for being what they should be, not field by field.
const headShape = z.object({
  id: executionId,
  version: z.number(),
  plan: z.object({ id: z.string() }),
  lastChangeHash: z.string(),
})
const taskShape = z.object({ id: z.string(), status: z.enum(STATUSES), attempt: z.number() })
const recordShape = z.object({ version: z.number(), hash: z.string(), changes: z.array(z.unknown()) })

export const kept = <Value>(shape: z.ZodType) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.custom<Value>((value) => shape.safeParse(value).success))

export const headItem = z.object({ version: z.number(), json: kept<Head>(headShape) })
export const taskItem = z.object({ version: z.number(), order: z.number(), json: kept<Task>(taskShape) })
export const changeItem = z.object({ json: kept<ChangeRecord>(recordShape) })

export const withoutTasks = ({ tasks: _tasks, ...head }: Execution): Head => head

/** The place of each task in its execution: maps keep their order, a table sorts by key. */
export const placesOf = (execution: Execution): ReadonlyMap<TaskId, number> =>
  new Map([...execution.tasks.keys()].map((id, place) => [id, place]))
