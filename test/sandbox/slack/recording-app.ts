import { createServer, type IncomingHttpHeaders } from 'node:http'
import { onTestFinished } from 'vitest'
import type { Slack } from '../../../src/sandbox/slack/start.ts'

export interface Delivery {
  headers: IncomingHttpHeaders
  body: string
}

interface Answer {
  status?: number
  headers?: Record<string, string>
  body?: string
}

/** An app that writes down what it is sent, byte for byte, and answers as it is told: at first always with 200. */
export async function recordingApp(slack: Slack) {
  const deliveries: Delivery[] = []
  const hearing = new Set<() => void>()
  let answer: (delivery: Delivery) => Answer | 'never' = () => ({})
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const delivery = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
    deliveries.push(delivery)
    for (const heard of hearing) heard()
    const given = answer(delivery)
    if (given === 'never') return
    response.writeHead(given.status ?? 200, given.headers).end(given.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The app has no port.')
  slack.setRequestUrl(`http://127.0.0.1:${address.port}/slack/events`)

  return {
    deliveries,
    answerWith: (next: typeof answer) => {
      answer = next
    },
    /** Settles once so many deliveries have come in all. */
    heard: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (deliveries.length >= count) resolve()
        }
        hearing.add(look)
        look()
      }),
  }
}

export const payloadOf = ({ body }: Delivery) => JSON.parse(String(new URLSearchParams(body).get('payload')))
