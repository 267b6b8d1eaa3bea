import { isValidSlackRequest } from '@slack/bolt'
import express, { type RequestHandler } from 'express'
import type { Clock } from '../../ports/clock.ts'
import type { SlackLog } from './log.ts'

export interface GuardOptions {
  readonly signingSecret: string
  readonly clock: Clock
  readonly log: SlackLog
  /** Whether this key is seen for the first time within so many seconds, on any of our processes. */
  readonly first: (key: string, seconds: number) => Promise<boolean>
}

const WINDOW_SECONDS = 300

/** Lets in what Slack has signed, now, and once. Bolt's own check accepts requests from the future, and the same one twice. */
export const guard = (options: GuardOptions): RequestHandler[] => [
  express.raw({ type: () => true, limit: '1mb' }),
  async (request, response, next) => {
    const body: unknown = request.body
    const signature = request.get('x-slack-signature') ?? ''
    const timestamp = Number(request.get('x-slack-request-timestamp') ?? Number.NaN)
    if (!Buffer.isBuffer(body) || !isGenuine(options, body.toString(), signature, timestamp)) {
      options.log.warn({ timestamp }, 'slack request refused: not signed by Slack, or not now')
      response.status(401).send()
      return
    }
    // Twice the window: the same request passes the check above from its first to its last second.
    if (!(await options.first(`slack:${signature}`, 2 * WINDOW_SECONDS))) {
      options.log.warn({ timestamp }, 'slack request seen before: not done again')
      response.status(200).send()
      return
    }
    // Bolt reads the body from here, as the stream is spent.
    Object.assign(request, { rawBody: body })
    next()
  },
]

function isGenuine(
  { signingSecret, clock }: GuardOptions,
  body: string,
  signature: string,
  timestamp: number,
): boolean {
  const now = clock.now().getTime()
  if (!(Math.abs(Math.floor(now / 1000) - timestamp) <= WINDOW_SECONDS)) return false
  const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp }
  return isValidSlackRequest({ signingSecret, body, headers, nowMilliseconds: now })
}
