import { AsyncResource } from 'node:async_hooks'
import { LANES, type Lane } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import { QuotaFailure, TransientFailure } from '../../ports/failure.ts'
import type { Outbox, Rates } from '../../ports/outbox.ts'
import { type Bucket, bucket } from './bucket.ts'

/** Whoever waits for a call keeps a thread to themselves for not much longer than this. */
export const LONGEST_WAIT_SECONDS = 10

interface Given {
  lane: Lane
  readonly message?: string
  send: () => Promise<void>
  done: () => void
  failed: (error: unknown) => void
}

interface Waiting extends Given {
  readonly until: number
  readonly forget: () => void
}

interface Line {
  readonly bucket: Bucket
  /** By lane, and within a lane by age. */
  waiting: Waiting[]
  forget: () => void
}

/**
 * One for each process. Promises:
 * 1. Of what waits for the same room the higher lane goes first, and within a lane the older; progress leaves a reserve.
 * 2. A call is sent once, or fails unsent within LONGEST_WAIT_SECONDS: so no more wait than can be sent in that time.
 *    Nothing is repeated here: whoever asked knows whether it is still worth it.
 * 3. A 429 shuts what it was for (the kind of call; for messages, the channel) until the time that it names, and no more.
 * 4. Paintings of one message are sent in their order, each after the one before has ended. One that waits gives way to a
 *    newer one and shares its outcome.
 */
export function outbox<Kind extends string>(clock: Clock, { platform, rates }: Rates<Kind>): Outbox<Kind> {
  const now = () => clock.now().getTime()
  const lines = new Map<string, Line>()
  const painted = new Set<string>()
  const underWay = new Set<Promise<void>>()
  let isClosed = false

  const noRoom = (milliseconds: number): QuotaFailure => {
    const seconds = Math.max(1, Math.ceil(milliseconds / 1000))
    return new QuotaFailure(`${platform} takes no more of this for about ${seconds} s.`, seconds)
  }

  function lineOf(kind: Kind, of = ''): Line {
    const line = lines.get(`${kind} ${of}`) ?? {
      bucket: bucket(rates[kind], now),
      waiting: [],
      forget: () => {},
    }
    lines.set(`${kind} ${of}`, line)
    return line
  }

  function enter(line: Line, given: Given): void {
    const older = line.waiting.find(({ message }) => message !== undefined && message === given.message)
    if (isClosed) given.failed(closing())
    else if (older) replace(older, given)
    else queue(line, given)
    line.waiting.sort((one, other) => rank(one) - rank(other))
    serve(line)
  }

  function queue(line: Line, given: Given): void {
    const before = line.waiting.filter((other) => rank(other) <= rank(given)).length
    const wait = line.bucket.wait(given.lane, before)
    if (wait >= LONGEST_WAIT_SECONDS * 1000) {
      given.failed(noRoom(wait))
      return
    }
    const one: Waiting = {
      ...given,
      until: now() + LONGEST_WAIT_SECONDS * 1000,
      forget: clock.after(LONGEST_WAIT_SECONDS * 1000, () => leave(line, one)),
    }
    line.waiting.push(one)
  }

  /** Sends all that may go now, and comes back when the next one may. */
  function serve(line: Line): void {
    line.forget()
    for (;;) {
      // A message that is being painted is served again when that has ended.
      const next = line.waiting.find(({ message }) => message === undefined || !painted.has(message))
      if (!next) return
      const wait = line.bucket.wait(next.lane, 0)
      if (wait > 0) {
        line.forget = clock.after(wait, () => serve(line))
        return
      }
      line.waiting = line.waiting.filter((other) => other !== next)
      line.bucket.take()
      start(line, next)
    }
  }

  function start(line: Line, one: Waiting): void {
    const { message } = one
    one.forget()
    if (message !== undefined) painted.add(message)
    const sent = one
      .send()
      .then(one.done, (error: unknown) => {
        if (error instanceof QuotaFailure) shut(line, error.retryAfterSeconds ?? 1)
        one.failed(error)
      })
      .finally(() => {
        underWay.delete(sent)
        if (message !== undefined) painted.delete(message)
        serve(line)
      })
    underWay.add(sent)
  }

  /** Whatever cannot go in time any more learns it now. */
  function shut(line: Line, seconds: number): void {
    line.bucket.shut(seconds * 1000)
    let place = 0
    for (const one of line.waiting) {
      if (now() + line.bucket.wait(one.lane, place) >= one.until) leave(line, one)
      else place += 1
    }
  }

  function leave(line: Line, one: Waiting): void {
    line.waiting = line.waiting.filter((other) => other !== one)
    one.forget()
    one.failed(noRoom(line.bucket.wait(one.lane, line.waiting.length)))
  }

  return {
    put: ({ kind, of, lane }, send) =>
      new Promise((resolve, reject) => {
        // Words are chosen while it is sent: in its caller's language, whoever serves the line.
        const own = AsyncResource.bind(send)
        enter(lineOf(kind, of), {
          lane,
          send: () => own().then(resolve),
          done: () => {},
          failed: reject,
        })
      }),
    paint: ({ kind, of, lane }, message, send) =>
      new Promise((resolve, reject) => {
        enter(lineOf(kind, of), {
          lane,
          message,
          send: AsyncResource.bind(send),
          done: resolve,
          failed: reject,
        })
      }),
    async close() {
      isClosed = true
      for (const line of lines.values()) {
        line.forget()
        for (const one of line.waiting.splice(0)) {
          one.forget()
          one.failed(closing())
        }
      }
      await Promise.all(underWay)
    },
  }
}

/** It keeps the place of the older one, or a better one: a decision does not wait as progress. */
function replace(older: Waiting, newer: Given): void {
  const { done, failed } = older
  if (rank(newer) < rank(older)) older.lane = newer.lane
  older.send = newer.send
  older.done = () => {
    done()
    newer.done()
  }
  older.failed = (error) => {
    failed(error)
    newer.failed(error)
  }
}

const rank = ({ lane }: Given): number => LANES.indexOf(lane)

const closing = () =>
  new TransientFailure('The bot is closing; what it has not said is said by the next one.')
