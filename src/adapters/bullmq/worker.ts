import type { JobWorker } from '../../ports/job-queue.ts'
import { type CrewOptions, hire } from './crew.ts'

export interface WorkerOptions extends CrewOptions {
  /** Ends the process, when rebuilding the worker does not help. */
  readonly exit?: () => void
}

/**
 * Takes jobs from Redis.
 * 1. A job is gone only after `work` said `done`: an error brings it back after two seconds, and the death of the
 *    process within about fifteen.
 * 2. No look holds a worker for more than ten seconds, and no job that throws or kills again and again holds up the others.
 * 3. A worker that took nothing for 30 s, not even its own heartbeat, is replaced: connections can wedge without a word.
 *    When three in a row took nothing although Redis took their heartbeats, `exit` is called. While Redis itself does not
 *    answer nobody exits: a new process would do no better.
 * 4. `close` waits for the looks that run, so ten seconds at most, and for Redis not longer than a second.
 */
export function bullWorker(options: WorkerOptions): JobWorker {
  const { clock, log, exit } = options
  const now = () => clock.now().getTime()
  let crew = hire(options)
  let hiredAt = now()
  let isAnswered = false
  let idleCrews = 0
  let forget = clock.after(HEARTBEAT_MILLISECONDS, watch)
  const retiring = new Set<Promise<void>>()

  function watch() {
    forget = clock.after(HEARTBEAT_MILLISECONDS, watch)
    const lastTook = crew.lastTook()
    if (lastTook !== undefined) idleCrews = 0
    const silence = now() - (lastTook ?? hiredAt)
    if (silence <= SILENCE_MILLISECONDS || crew.isFull()) return void beat()
    if (lastTook === undefined && isAnswered) idleCrews += 1
    if (exit && idleCrews >= IDLE_CREWS) {
      log.fatal({ rebuilt: idleCrews }, 'worker takes nothing although Redis answers: ending the process')
      forget()
      return exit()
    }
    log.warn(
      { silenceMilliseconds: silence },
      'worker took nothing, not even its heartbeat: building it anew',
    )
    const gone = crew.close().finally(() => retiring.delete(gone))
    retiring.add(gone)
    crew = hire(options)
    hiredAt = now()
    isAnswered = false
  }

  async function beat() {
    const beating = crew
    const answer = await beating.beat()
    if (beating === crew) isAnswered = answer.kind === 'answer'
  }

  return {
    close: async () => {
      forget()
      await Promise.all([crew.close(), ...retiring])
    },
  }
}

const HEARTBEAT_MILLISECONDS = 5_000
const SILENCE_MILLISECONDS = 30_000
const IDLE_CREWS = 3
