import type { Card, Reply, Told } from '../conversation/card.ts'
import type { StartOrder } from '../domain/begin.ts'
import type { ChangeRecord } from '../domain/change.ts'
import type { Decided, Request } from '../domain/decide.ts'
import type { Execution, Place } from '../domain/execution.ts'
import type { Plan } from '../domain/plan.ts'
import type { Refused } from '../domain/refusal.ts'
import type { Proof } from '../domain/step-up.ts'
import type { Actor } from '../domain/task.ts'
import type { StoredPlan } from './plan-store.ts'

/** Who asks, and through which door ("slack", "api"). Permission is looked up at the moment of saving, from the actor's id alone. */
export interface Asker {
  readonly actor: Actor
  readonly source: string
  /** Made where people sign in anew, and nowhere else. */
  readonly proof?: Proof
}

export type Handled = { readonly kind: 'done'; readonly execution: Execution } | Refused

export interface History {
  readonly kind: 'history'
  readonly execution: Execution
  readonly records: readonly ChangeRecord[]
}

/** The only road by which anything changes: chat, API, worker, stream and timers all come through here. */
export interface Door {
  start(order: StartOrder, asker: Asker): Promise<Handled>
  handle(id: string, request: Request, asker: Asker): Promise<Handled>
  /** What `handle` would make of it at this moment, for the run as it was seen. Nothing is saved. */
  would(execution: Execution, request: Request, asker: Asker): Promise<Decided>
  see(id: string, asker: Asker): Promise<Handled>
  /** The execution with all of its records, oldest first; allowed to whoever may see it. */
  history(id: string, asker: Asker): Promise<History | Refused>
  /** The executions that this asker may see, newest first. */
  recent(asker: Asker, limit: number, before?: string): Promise<readonly Execution[]>
  active(asker: Asker): Promise<readonly Execution[]>
  /** Those that this asker may see, or may start. */
  plans(asker: Asker, to?: 'see' | 'start'): Promise<readonly Plan[]>
  plan(
    id: string,
    asker: Asker,
    version?: number,
  ): Promise<{ kind: 'plan'; plan: Plan; stored: StoredPlan } | Refused>
  putPlan(
    id: string,
    document: unknown,
    asker: Asker,
  ): Promise<{ kind: 'plan'; plan: Plan; stored: StoredPlan } | Refused>
}

/** Platform-neutral answers to what people do in chat or at a terminal, which is no place. */
export interface Desk {
  /** Whether this text will be answered by a form, known without reading anything: a dialog must open within seconds. */
  opensForm(text: string): boolean
  command(text: string, asker: Asker, place?: Place): Promise<Reply>
  click(carried: unknown, asker: Asker, place?: Place): Promise<Reply>
  submit(memory: string, values: { readonly [field: string]: string }, asker: Asker): Promise<Reply>
  /** Everything at a glance for this person: what waits for them, what runs, what they may start. */
  home(asker: Asker): Promise<Card>
  /** The thread of that run, or of the only one there is, or of the last one there was, with the lines after that version. */
  thread(run: string | undefined, after: number, asker: Asker): Promise<Told | Reply>
}
