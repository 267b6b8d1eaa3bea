import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler } from 'express'
import { z } from 'zod'
import type { SlackLog } from './log.ts'

/** What Express and its body reader throw for a request that is at fault itself, e.g. 413. */
const faultSchema = z.object({ status: z.int().min(400).max(499) })

/** Answers what broke by its status alone; the log has the rest. Express would send the stack trace. */
export const broken =
  (log: SlackLog): ErrorRequestHandler =>
  (error, _request, response, next) => {
    const status = faultSchema.safeParse(error).data?.status ?? 500
    if (status === 500) log.error({ err: error }, 'slack request broke')
    else log.warn({ err: error }, 'slack request refused: it cannot be read')
    // Express cuts the connection then.
    if (response.headersSent) return next(error)
    response.status(status).type('application/problem+json').send({ title: STATUS_CODES[status], status })
  }
