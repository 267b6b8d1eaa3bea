import type { z } from 'zod'
import { TransientFailure } from '../../ports/failure.ts'
import { failureOf } from './failure.ts'
import type { BotToken } from './token.ts'

export interface Service {
  /** As failures call it. */
  readonly name: string
  /** Absent: it is called without one. */
  readonly token?: BotToken | undefined
  /** What a refusal means; what the Bot Connector's means, unless said. */
  readonly failure?: typeof failureOf
}

export interface Calls {
  /** The answer's JSON; undefined where it is none. `what` names the call in failures. */
  call(method: string, url: string, what: string, body?: object): Promise<unknown>
  /** Throws TransientFailure where the answer has another shape. */
  read<Shape extends z.ZodType>(shape: Shape, answer: unknown, what: string): z.output<Shape>
}

const TIMEOUT_MS = 10_000

/**
 * Calls of one of Microsoft's REST services. Nothing is repeated here but what was refused for an old token: whoever asked knows
 * whether it is still worth it.
 */
export function callsOf({ name, token, failure = failureOf }: Service): Calls {
  async function call(
    method: string,
    url: string,
    what: string,
    body?: object,
    isAgain = false,
  ): Promise<unknown> {
    const bearer = await token?.get()
    let response: Response
    try {
      response = await fetch(url, {
        method,
        headers: {
          ...(body && { 'content-type': 'application/json' }),
          ...(bearer && { authorization: `Bearer ${bearer}` }),
        },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
    } catch (error) {
      throw new TransientFailure(`${name} did not answer ${what}.`, undefined, { cause: error })
    }
    const answer = await jsonOf(response, what)
    if (response.ok) return answer
    if (response.status === 401 && token) {
      token.refused()
      // Nothing was done, and the token may only have grown old: a new one is tried once.
      if (!isAgain) return call(method, url, what, body, true)
    }
    throw failure(what, response.status, response.headers.get('retry-after'), answer)
  }

  async function jsonOf(response: Response, what: string): Promise<unknown> {
    try {
      const text = await response.text()
      return text === '' ? undefined : JSON.parse(text)
    } catch (error) {
      if (error instanceof SyntaxError) return undefined
      throw new TransientFailure(`${name} broke off its answer to ${what}.`, undefined, { cause: error })
    }
  }

  return {
    call: (method, url, what, body) => call(method, url, what, body),
    read(shape, answer, what) {
      const parsed = shape.safeParse(answer)
      if (parsed.success) return parsed.data
      throw new TransientFailure(`${name} answered ${what} in a way that cannot be read.`)
    },
  }
}
