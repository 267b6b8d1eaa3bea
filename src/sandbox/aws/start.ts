import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../../ports/clock.ts'
import { listening } from '../listening.ts'
import type { Call } from './calls.ts'
import { isDoor, throughDoor } from './door.ts'
import type { Estate } from './estate.ts'
import { keep, recall } from './keep.ts'
import type { WireAnswer, WireRequest } from './protocols/protocol.ts'
import { sampleEstate } from './sample-estate.ts'
import type { Scenario } from './scenario.ts'
import { serve } from './serve.ts'
import { freshWorld } from './world.ts'

export interface PracticeAws {
  /** The endpoint for every client. */
  readonly url: string
  /** Every request served, oldest first. */
  calls(): Call[]
  /** From now on these rules, counted from nothing. */
  setScenario(scenario: Scenario): void
  close(): Promise<void>
}

export interface PracticeAwsOptions {
  readonly clock: Clock
  /** 0 takes a free one. */
  readonly port?: number
  /** Where the world outlives a restart. */
  readonly stateFile?: string
  /** Without one, the scenario kept in the state file goes on. */
  readonly scenario?: Scenario
  /** How many AWS seconds pass in one second of the clock. */
  readonly speed?: number
  readonly estate?: Estate
}

export async function startAws(options: PracticeAwsOptions): Promise<PracticeAws> {
  const { clock, port = 0, stateFile, speed = 60, estate = sampleEstate } = options
  const world = (stateFile && recall(stateFile)) || freshWorld(estate)
  const keepWorld = () => stateFile && keep(stateFile, world)
  const setScenario = (scenario: Scenario) => {
    world.scenario = [...scenario]
    world.matched = []
    keepWorld()
  }
  // The same scenario given again goes on counting where it was.
  if (options.scenario && !isDeepStrictEqual(options.scenario, world.scenario)) setScenario(options.scenario)

  const waiting = new Set<() => void>()
  const server = createServer(async (incoming, response) => {
    const request = await readRequest(incoming)
    if (!request) return
    const send = (answer: WireAnswer) => write(response, answer, clock.now())
    if (isDoor(request)) return send(throughDoor(request, world, setScenario))

    const delivery = serve(request, { world, estate, now: clock.now(), speed, keep: keepWorld })
    if (delivery.kind === 'cut') incoming.socket.destroy()
    if (delivery.kind !== 'answer') return
    if (delivery.lateSeconds === 0) return send(delivery.answer)
    const forget = clock.after(delivery.lateSeconds * 1000, () => {
      waiting.delete(forget)
      send(delivery.answer)
    })
    waiting.add(forget)
  })
  return {
    url: `http://127.0.0.1:${await listening(server, port)}`,
    calls: () => structuredClone(world.calls),
    setScenario,
    close: () => {
      for (const forget of waiting) forget()
      return new Promise((resolve) => {
        server.close(() => resolve())
        // Hung calls would hold the server open for as long as their clients have patience.
        server.closeAllConnections()
      })
    },
  }
}

/** The port, once it is open. */

/** The request with its whole body, or nothing when its client went away while writing it. */
async function readRequest(incoming: IncomingMessage): Promise<WireRequest | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of incoming) chunks.push(chunk)
  } catch (error) {
    if (incoming.destroyed) return undefined
    throw error
  }
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])
  const [path = '/', ...query] = (incoming.url ?? '/').split('?')
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

function write(response: ServerResponse, { status, headers, body }: WireAnswer, now: Date): void {
  // The clients correct their clocks by this header, so it must be the clock's time and not the machine's.
  response.writeHead(status, {
    ...headers,
    date: now.toUTCString(),
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}
