import type { z } from 'zod'
import type { Mode } from '../../domain/execution.ts'
import type { Json } from '../../domain/json.ts'
import type { PlanTask } from '../../domain/plan.ts'
import type { Task } from '../../domain/task.ts'
import type {
  Automation,
  Commands,
  Databases,
  Dns,
  Origin,
  Quotas,
  Recovery,
  RecoveryPoints,
} from '../../ports/aws.ts'
import type { Clock } from '../../ports/clock.ts'

/** The neighbours that task types work with. */
export interface World {
  readonly clock: Clock
  readonly recovery: Recovery
  readonly recoveryPoints: RecoveryPoints
  readonly quotas: Quotas
  readonly automation: Automation
  readonly commands: Commands
  readonly databases: Databases
  readonly dns: Dns
}

/** One attempt, as its task type sees it. */
export interface Attempt<Inputs> {
  readonly inputs: Inputs
  readonly mode: Mode
  readonly origin: Origin
  /** What the failed attempt before left behind. */
  readonly carry: { readonly [name: string]: Json }
  readonly world: World
}

/** What an attempt has started, all parts of it. */
export interface Running {
  readonly references: readonly string[]
  readonly detail: { readonly [name: string]: Json }
  /** Why the parts that are missing are not started any more. */
  readonly givenUp?: string
}

export type Checked =
  | {
      readonly kind: 'running'
      readonly detail: { readonly [name: string]: Json }
      readonly lines: readonly string[]
    }
  | {
      readonly kind: 'completed'
      readonly summary: string
      readonly lines: readonly string[]
      /** What is worth keeping of how it ended. */
      readonly detail?: { readonly [name: string]: Json }
    }
  | {
      readonly kind: 'failed'
      readonly message: string
      readonly carry?: { readonly [name: string]: Json }
      readonly lines: readonly string[]
    }

/** full: others use all there is, and those who wait stand in line. held: somebody is in the way of just this attempt. */
export type Room = { readonly kind: 'free' } | { readonly kind: 'full' | 'held'; readonly because: string }

/**
 * What a kind of task asks of the world. `start` begins the work once and gives references to it; after a crash or an
 * unclear answer `find` looks for what may have been started. Both throw the failures of ports/failure.ts.
 * Work that is too large for one start is cut in parts, each started like the first one: `references` name the parts that run.
 */
export interface TaskType<Inputs = unknown> {
  readonly type: string
  /** For people: "Recover servers (DRS)". Asked when it is said. */
  title(): string
  readonly inputs: z.ZodType<Inputs>
  readonly timeoutMinutes: number
  /** How long one usually takes, where the plan does not say: for forecasts alone. */
  expectedMinutes?(inputs: Task['inputs']): number
  /** How long after the intent "not found" becomes proof that nothing was started: a request's longest life + the list's lag. 0 where repeating is safe. */
  readonly quietSeconds: number
  /** What it will do, in one sentence, for previews. */
  describe(inputs: Inputs, mode: Mode): string
  /** Whether parts are left to start. The same for the whole attempt, whenever it is asked. */
  unstarted?(attempt: Attempt<Inputs>, references: readonly string[]): boolean
  /** Asked before the next part is started; it only looks. */
  room?(attempt: Attempt<Inputs>, references: readonly string[]): Promise<Room>
  /** Starts the next part. */
  start(attempt: Attempt<Inputs>, references: readonly string[]): Promise<readonly string[]>
  /** Each inner list is one thing that this attempt may have started as its next part. */
  find(attempt: Attempt<Inputs>, references: readonly string[]): Promise<readonly (readonly string[])[]>
  check(attempt: Attempt<Inputs>, running: Running): Promise<Checked>
  /** Does what the API allows to stop it; says what still runs, in one sentence. */
  cancel(attempt: Attempt<Inputs>, references: readonly string[]): Promise<string>
}

/** What a task of a plan will do, in one sentence. */
export const describing =
  (types: ReadonlyMap<string, TaskType>) =>
  (task: PlanTask, mode: Mode): string => {
    const type = types.get(task.type)
    const inputs = type?.inputs.safeParse(task.inputs)
    if (!type) return task.type
    return inputs?.success ? type.describe(inputs.data, mode) : type.title()
  }
