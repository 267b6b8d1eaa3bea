import type { z } from 'zod'
import type { Mode } from '../../domain/execution.ts'
import type { Json } from '../../domain/json.ts'
import type { Automation, Databases, Dns, Origin, Recovery } from '../../ports/aws.ts'
import type { Clock } from '../../ports/clock.ts'

/** The neighbours that task types work with. */
export interface World {
  readonly clock: Clock
  readonly recovery: Recovery
  readonly automation: Automation
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

export type Checked =
  | {
      readonly kind: 'running'
      readonly detail: { readonly [name: string]: Json }
      readonly lines: readonly string[]
    }
  | { readonly kind: 'completed'; readonly summary: string; readonly lines: readonly string[] }
  | {
      readonly kind: 'failed'
      readonly message: string
      readonly carry?: { readonly [name: string]: Json }
      readonly lines: readonly string[]
    }

/**
 * What a kind of task asks of the world. `start` begins the work once and gives references to it; after a crash or an
 * unclear answer `find` looks for what may have been started. Both throw the failures of ports/failure.ts.
 */
export interface TaskType<Inputs = unknown> {
  readonly type: string
  /** For people: "Recover servers (DRS)". */
  readonly title: string
  readonly inputs: z.ZodType<Inputs>
  readonly timeoutMinutes: number
  /** How long after the intent "not found" becomes proof that nothing was started: a request's longest life + the list's lag. 0 where repeating is safe. */
  readonly quietSeconds: number
  /** What it will do, in one sentence, for previews. */
  describe(inputs: Inputs, mode: Mode): string
  start(attempt: Attempt<Inputs>): Promise<readonly string[]>
  /** Each inner list is one thing that this attempt may have started. */
  find(attempt: Attempt<Inputs>): Promise<readonly (readonly string[])[]>
  check(
    attempt: Attempt<Inputs>,
    running: { readonly references: readonly string[]; readonly detail: { readonly [name: string]: Json } },
  ): Promise<Checked>
  /** Does what the API allows to stop it; says what still runs, in one sentence. */
  cancel(attempt: Attempt<Inputs>, references: readonly string[]): Promise<string>
}
