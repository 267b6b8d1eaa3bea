import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import express from 'express'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { api } from '../../../src/adapters/http/api.ts'
import { memoryCalls } from '../../../src/adapters/memory/calls.ts'
import { manualClock } from '../../../src/adapters/memory/clock.ts'
import { pdfDocuments } from '../../../src/adapters/pdf/documents.ts'
import { policySchema } from '../../../src/domain/permission.ts'
import type { Door } from '../../../src/ports/door.ts'

export interface Caller {
  readonly name: string
  readonly token: string
  readonly roles: readonly string[]
}

/** The API over HTTP until the test ends, before a door of which only this much is open; gives its address. */
export async function served(door: Partial<Door>, callers: readonly Caller[]): Promise<string> {
  const closed = async (): Promise<never> => {
    throw new Error('not asked here')
  }
  const tokens = callers.map(({ name, token, roles }) => ({
    name,
    sha256: createHash('sha256').update(token).digest('hex'),
    roles,
  }))
  const router = api({
    door: {
      ...{ start: closed, see: closed, handle: closed, history: closed, recent: closed, active: closed },
      ...{ would: closed, plans: closed, plan: closed, putPlan: closed },
      ...door,
    },
    desk: {
      opensForm: () => false,
      ...{ command: closed, click: closed, submit: closed, home: closed, thread: closed },
    },
    policy: policySchema.parse({ bindings: [], api_tokens: tokens }),
    calls: memoryCalls(),
    documents: pdfDocuments,
    clock: manualClock(),
    log: pino({ level: 'silent' }),
    toldIn: [],
    trouble: async () => [],
  })
  const server = createServer(express().use(router))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = z.object({ port: z.number() }).parse(server.address())
  return `http://127.0.0.1:${port}/api/v1`
}
