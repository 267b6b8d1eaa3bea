import { z } from 'zod'
import type { Click, Reply, Told } from '../conversation/card.ts'
import { fromJson } from '../conversation/click.ts'
import { replySchema, toldSchema } from '../conversation/reply-schema.ts'

/** The bot's desk, over the API. */
export interface Bot {
  command(text: string): Promise<Reply>
  click(click: Click): Promise<Reply>
  submit(memory: string, values: { readonly [field: string]: string }): Promise<Reply>
  thread(run: string | undefined, after: number): Promise<Told | Reply>
}

/** The bot could not be asked; the message says why, and what to do. */
export class NoAnswer extends Error {}

/** Longer than the bot's own waits for its neighbours. */
const PATIENCE_MS = 30_000

const answerSchema = z.union([toldSchema, replySchema])
const problemSchema = z.object({ type: z.string(), title: z.string() })

export function bot(url: string, token: string): Bot {
  const base = `${url.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}/api/v1/desk/`

  async function call<Answer>(path: string, gives: z.ZodType<Answer>, body?: object): Promise<Answer> {
    const { status, answer } = await sent(path, body)
    const read = gives.safeParse(answer)
    if (status === 200 && read.success) return read.data
    throw new NoAnswer(whyNot(url, status, answer))
  }

  async function sent(path: string, body: object | undefined): Promise<{ status: number; answer: unknown }> {
    try {
      const response = await fetch(`${base}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
        // The token goes where it was meant for and nowhere else.
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(body && { body: JSON.stringify(body) }),
      })
      return { status: response.status, answer: fromJson(await response.text()) }
    } catch (error) {
      const heard = body && mayHaveBeenHeard(error) ? HEARD : ''
      throw new NoAnswer(
        `Lifeboat does not answer at ${url} (${reasonOf(error)}). Is it running, and is LIFEBOAT_URL where it listens?${heard}`,
      )
    }
  }

  return {
    command: (text) => call('command', replySchema, { text }),
    click: (click) => call('click', replySchema, { click }),
    submit: (memory, values) => call('submit', replySchema, { memory, values }),
    thread: (run, after) =>
      call(`thread?${new URLSearchParams({ ...(run && { run }), after: String(after) })}`, answerSchema),
  }
}

function whyNot(url: string, status: number, answer: unknown): string {
  const problem = problemSchema.safeParse(answer).data
  if (status === 401 && problem) {
    return `The bot at ${url} does not know this token. Tokens stand in its policy file under api_tokens.`
  }
  if (problem?.type === 'urn:lifeboat:no-such-route' || isReply(answer)) {
    return `The bot at ${url} is of another version than this command line: use the same one.`
  }
  return problem?.title ?? `What answers at ${url} is no Lifeboat (HTTP status ${status}).`
}

/** An answer of a desk, if not of one that we know. */
const isReply = (answer: unknown): boolean => z.object({ kind: z.string() }).safeParse(answer).success

const HEARD = ' It may have been recorded all the same: look with "lifeboat status" before you ask again.'
const BROKEN_OFF = [
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]

const causeSchema = z.object({ cause: z.object({ code: z.string() }) })
const codeOf = (error: unknown): string | undefined => causeSchema.safeParse(error).data?.cause.code
const isSilence = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'
const mayHaveBeenHeard = (error: unknown): boolean =>
  isSilence(error) || BROKEN_OFF.includes(codeOf(error) ?? '')

const reasonOf = (error: unknown): string =>
  isSilence(error) ? `silent for ${PATIENCE_MS / 1000} s` : (codeOf(error) ?? 'no connection')
