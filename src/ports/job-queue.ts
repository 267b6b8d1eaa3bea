/** What a worker is to look at: one attempt of one task. It carries ids, never state: the store has the facts. */
export interface Job {
  readonly execution: string
  readonly task: string
  readonly attempt: number
}

/** `done`: forget the job. `again`: bring it back after that many milliseconds. */
export type Worked = { readonly kind: 'done' } | { readonly kind: 'again'; readonly milliseconds: number }

/** A doorbell, not a memory: losing every job costs time only, because the sweep puts what must exist. */
export interface JobQueue {
  /** Puts the jobs; one that is already waiting or running is left alone. Gives up after 500 ms, false then, and never throws. */
  put(jobs: readonly Job[]): Promise<boolean>
  /** Whether the queue answers now, in words for people when it does not. */
  trouble(): Promise<string | undefined>
  close(): Promise<void>
}

/** Takes jobs and has them worked on until it is closed. One look takes seconds, never minutes. */
export interface JobWorker {
  close(): Promise<void>
}
export type WorkOn = (job: Job) => Promise<Worked>
