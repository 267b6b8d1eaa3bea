import type { Json } from '../domain/json.ts'

/** How long an answer is kept for repetitions of its call. */
export const CALL_KEPT_HOURS = 24
/** A claim without an answer after that long belongs to a process that died. */
export const CALL_RUNS_SECONDS = 60

/** Calls with an Idempotency-Key: the first one runs, its repetitions hear its answer. */
export interface CallStore {
  /** `mine`: run it, then `answer`. The hash tells a repetition from another request under the same key. */
  claim(caller: string, key: string, requestHash: string, at: Date): Promise<Claimed>
  /** Keeps the answer of a claimed call. The first answer stays. */
  answer(caller: string, key: string, status: number, body: Json): Promise<void>
}

export type Claimed =
  | { readonly kind: 'mine' }
  | { readonly kind: 'answered'; readonly requestHash: string; readonly status: number; readonly body: Json }
  | { readonly kind: 'running'; readonly requestHash: string }
