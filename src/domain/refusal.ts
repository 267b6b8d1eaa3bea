import type { GateEvent } from './ballot.ts'
import type { ExecutionStatus } from './execution.ts'
import type { Requirement } from './gate-rules.ts'
import type { Role } from './permission.ts'
import type { Problem } from './problem.ts'
import type { Decision, TaskId } from './task.ts'
import type { PersonEvent, Status } from './transitions.ts'

/** Every reason to say no. Each has one sentence in conversation/refusals.ts and one HTTP status in adapters/http. */
export type Refusal =
  | { readonly why: 'no-such-plan'; readonly plan: string; readonly nearest: readonly string[] }
  | { readonly why: 'no-such-execution'; readonly execution: string }
  | { readonly why: 'no-such-task'; readonly task: string; readonly nearest: readonly string[] }
  | {
      readonly why: 'no-permission'
      readonly asked: string
      readonly needs: readonly Role[]
      readonly has: readonly Role[]
    }
  /** The gate asks for other people than this one. */
  | {
      readonly why: 'not-asked'
      readonly task: TaskId
      readonly asked: string
      readonly needs: Requirement['needs']
    }
  /** Four eyes: whoever started the run, or edited its plan last, does not decide. */
  | {
      readonly why: 'own-work'
      readonly task: TaskId
      readonly asked: string
      readonly did: 'started' | 'edited'
    }
  | { readonly why: 'already-voted'; readonly task: TaskId; readonly asked: GateEvent; readonly at: string }
  /** The gate asks for people, and this is a token that belongs to nobody. */
  | { readonly why: 'nobody'; readonly task: TaskId; readonly asked: string }
  /** The decision takes a fresh sign-in: the link leads there, once. */
  | {
      readonly why: 'step-up-needed'
      readonly task: TaskId
      readonly asked: GateEvent
      readonly link: string
      readonly until: string
    }
  /** Nobody knows who this account belongs to. The link leads to a sign-in that says so. */
  | {
      readonly why: 'link-needed'
      readonly asked: string
      readonly link: string
      readonly until: string
      /** What was asked is done then; otherwise it is to be asked again. */
      readonly isDoneThen: boolean
      /** What they are told as they are known now. */
      readonly because: Refusal
    }
  /** It takes one, and there is nowhere to sign in, or no address by which this person would be known there. */
  | {
      readonly why: 'step-up-impossible'
      readonly task: TaskId
      readonly asked: GateEvent
      readonly lacks: 'set-up' | 'address'
    }
  | { readonly why: 'directory-unavailable'; readonly asked: string }
  | {
      readonly why: 'not-allowed'
      readonly task: TaskId
      readonly asked: PersonEvent
      readonly status: Status
      readonly possible: readonly PersonEvent[]
    }
  | {
      readonly why: 'already-decided'
      readonly task: TaskId
      readonly asked: PersonEvent
      readonly status: Status
      readonly decision: Decision
    }
  | {
      readonly why: 'outdated'
      readonly task: TaskId
      readonly asked: PersonEvent
      readonly seen: number
      readonly attempt: number
      readonly status: Status
    }
  /** Nothing that the attempt may have started has that name, or no name was given and there are several. */
  | {
      readonly why: 'no-such-work'
      readonly task: TaskId
      readonly named?: string
      readonly candidates: readonly string[]
    }
  | { readonly why: 'changed-since-shown'; readonly subject: string }
  | {
      readonly why: 'successor-begun'
      readonly task: TaskId
      readonly successor: TaskId
      readonly status: Status
    }
  | { readonly why: 'predecessor-abandoned'; readonly task: TaskId; readonly predecessor: TaskId }
  | { readonly why: 'reason-missing'; readonly asked: string; readonly subject: string }
  | { readonly why: 'reason-too-long'; readonly length: number; readonly limit: number }
  | { readonly why: 'reason-holds-secret'; readonly kind: string }
  | { readonly why: 'execution-ended'; readonly status: ExecutionStatus; readonly asked: string }
  | { readonly why: 'already-so'; readonly state: RunState }
  | { readonly why: 'plan-busy'; readonly plan: string; readonly execution: string }
  | { readonly why: 'inputs-missing'; readonly plan: string; readonly missing: readonly MissingInput[] }
  | { readonly why: 'plan-invalid'; readonly problems: readonly Problem[] }
  | { readonly why: 'confirmation-differs'; readonly expected: string; readonly found: string }
  /** Several people act at once and ours was never first; nothing was recorded. */
  | { readonly why: 'busy'; readonly asked: string }

/** What a run already is, so that there is nothing to do. */
export type RunState =
  | 'paused'
  | 'running'
  | 'cancelled'
  | 'assigned'
  | 'unassigned'
  | 'open'
  | 'closed'
  | 'noted'

export interface MissingInput {
  readonly task: string
  readonly inputs: readonly string[]
}

export const refused = (refusal: Refusal): { kind: 'refused'; refusal: Refusal } => ({
  kind: 'refused',
  refusal,
})
export type Refused = ReturnType<typeof refused>
