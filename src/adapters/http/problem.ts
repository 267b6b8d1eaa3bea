import { refusalText } from '../../conversation/refusals.ts'
import type { Refusal } from '../../domain/refusal.ts'

/** The HTTP status of each reason to say no. */
const STATUS = {
  'no-such-plan': 404,
  'no-such-execution': 404,
  'no-such-task': 404,
  'no-permission': 403,
  'not-asked': 403,
  'own-work': 403,
  nobody: 403,
  'step-up-needed': 403,
  'link-needed': 403,
  'step-up-impossible': 403,
  'already-voted': 409,
  'directory-unavailable': 503,
  'not-allowed': 409,
  'already-decided': 409,
  outdated: 409,
  'changed-since-shown': 409,
  'successor-begun': 409,
  'predecessor-abandoned': 409,
  'reason-missing': 422,
  'reason-too-long': 422,
  'reason-holds-secret': 422,
  'no-such-work': 409,
  'execution-ended': 409,
  'already-so': 409,
  'plan-busy': 409,
  'inputs-missing': 422,
  'plan-invalid': 422,
  'confirmation-differs': 422,
  busy: 503,
} as const satisfies Record<Refusal['why'], number>

/** An answer in the form of RFC 9457 (application/problem+json). */
export interface ProblemAnswer {
  readonly status: number
  readonly body: { readonly [name: string]: unknown }
}

export function problem(status: number, type: string, title: string, more: object = {}): ProblemAnswer {
  return { status, body: { type: `urn:lifeboat:${type}`, title, status, ...more } }
}

export function refusalProblem(refusal: Refusal): ProblemAnswer {
  const { why, ...facts } = refusal
  return problem(STATUS[why], why, refusalText(refusal), { refusal: facts })
}
