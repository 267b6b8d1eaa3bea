import { z } from 'zod'
import type { Actor, Task, TaskId } from './task.ts'
import { hasBegun, isOver, opensTheWay, type Status } from './transitions.ts'

export const executionId = z.string().brand<'ExecutionId'>()
export type ExecutionId = z.infer<typeof executionId>

/** drill: a rehearsal, production stays where it is. recovery: the real thing. Fixed at the start. */
export const MODES = ['drill', 'recovery'] as const
export type Mode = (typeof MODES)[number]

export const INCIDENT_ROLES = ['commander', 'scribe'] as const
export type IncidentRole = (typeof INCIDENT_ROLES)[number]

/** A place where the run is told: a channel of a chat platform. */
export interface Place {
  readonly platform: string
  readonly channel: string
}

export interface Objectives {
  readonly rtoMinutes?: number
  readonly rpoMinutes?: number
}

/** One run of a plan. Its own status is no field: it is derived (`statusOf`), so it cannot disagree with the tasks. */
export interface Execution {
  readonly id: ExecutionId
  readonly plan: PlanReference
  readonly mode: Mode
  /** Grows by one with each save; every save names the version it was decided on. */
  readonly version: number
  readonly startedAt: string
  readonly startedBy: Actor
  readonly reason?: string
  readonly places: readonly Place[]
  readonly objectives: Objectives
  /** The gates of a drill that silence declines, as the policy was at the start. Nothing is ever approved by silence. */
  readonly declinedBySilence?: readonly TaskId[]
  /** Who leads the incident, and who keeps its record. */
  readonly roles?: { readonly [role in IncidentRole]?: Actor }
  /** A channel of its own was asked for; whether it stands is for the chat to say. */
  readonly room?: { readonly opened: Asked; readonly closed?: Asked }
  /** The messages that are notes of it already, by their links: whoever marks one again adds nothing. */
  readonly notedFrom?: readonly string[]
  readonly paused?: Asked
  readonly cancelled?: Asked
  /** When the last task came to its end, while it stays so. */
  readonly endedAt?: string
  readonly lastChangeHash: string
  readonly tasks: ReadonlyMap<TaskId, Task>
}

export interface PlanReference {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly hash: string
}

export interface Asked {
  readonly by: Actor
  readonly at: string
  readonly reason?: string
}

export type ExecutionStatus = Exclude<Status, 'RETRY' | 'SKIPPED'>

/** Where the run stands, from its tasks and from what people asked of it. */
export function statusOf(execution: Execution): ExecutionStatus {
  const statuses = new Set([...execution.tasks.values()].map((task) => task.status))
  const all = [...statuses]
  if (all.every(isOver)) {
    if (execution.cancelled && statuses.has('CANCELLED')) return 'CANCELLED'
    return statuses.has('ABANDONED') ? 'ABANDONED' : 'COMPLETED'
  }
  if (execution.paused) return 'PAUSED'
  if (statuses.has('IN_PROGRESS') || statuses.has('RETRY')) return 'IN_PROGRESS'
  if (statuses.has('FAILED')) return 'FAILED'
  if (statuses.has('PENDING_APPROVAL')) return 'PENDING_APPROVAL'
  if (statuses.has('PAUSED') && !canAnythingStart(execution)) return 'PAUSED'
  return all.some(hasBegun) ? 'IN_PROGRESS' : 'PENDING'
}

/** All tasks are at their end. Only an explicit retry changes a finished execution. */
export const isFinished = (execution: Execution): boolean =>
  [...execution.tasks.values()].every((task) => isOver(task.status))

/** A task may start when every predecessor is completed or skipped. */
export const mayStart = (execution: Execution, task: Task): boolean =>
  task.predecessors.every((id) => opensTheWay(taskOf(execution, id).status))

/** The task of that id. An id that came out of the execution itself is always there; anything else is looked up first. */
export function taskOf(execution: Execution, id: TaskId): Task {
  const task = execution.tasks.get(id)
  if (!task)
    throw new Error(`The execution ${execution.id} has no task "${id}", though one of its tasks names it.`)
  return task
}

const canAnythingStart = (execution: Execution): boolean =>
  [...execution.tasks.values()].some((task) => task.status === 'PENDING' && mayStart(execution, task))
