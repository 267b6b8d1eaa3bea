import { once } from 'node:events'
import { createServer } from 'node:http'
import express from 'express'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { openIdentity } from '../../../src/adapters/http/step-up/identity.ts'
import { CALLBACK, stepUpRoutes } from '../../../src/adapters/http/step-up/router.ts'
import { stepUpLinks } from '../../../src/adapters/http/step-up/tickets.ts'
import { memoryTickets } from '../../../src/adapters/memory/tickets.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import { inLanguageOf } from '../../../src/apps/language.ts'
import type { Door, Handled } from '../../../src/ports/door.ts'
import { freePort } from '../../../src/sandbox/embedded/free-port.ts'
import { startIdentity } from '../../../src/sandbox/identity/start.ts'
import { atStepUpGate } from '../../engine/step-up-gate.ts'

const CLIENT = { clientId: 'lifeboat-test', clientSecret: 'sample-client-secret' }
export const PEOPLE = [
  { id: 'ann', realName: 'Ann', email: 'ann@example.com' },
  { id: 'ben', realName: 'Ben', email: 'ben@example.com' },
  { id: 'gus', realName: 'Gus', email: 'gus@example.com' },
  { id: 'otto', realName: 'Otto', email: 'otto@example.com' },
  { id: 'eve', realName: 'Eve', email: 'eve@example.com' },
]

/** A gate with step_up, its pages over HTTP, and a provider to sign in at. */
export async function ground(rule: object = {}) {
  let offset = 0
  const clock = { ...systemClock, now: () => new Date(systemClock.now().getTime() + offset) }
  const logged: string[] = []
  const log = pino({ level: 'debug' }, { write: (line) => void logged.push(line) })
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  const tickets = memoryTickets()
  const identity = await startIdentity({ ...CLIENT, clock: systemClock, people: PEOPLE })
  const redirectUri = `${publicUrl}${CALLBACK}`
  const provider = openIdentity({ ...CLIENT, issuer: identity.issuer, redirectUri, clock, log })
  const run = await atStepUpGate({ clock, stepUp: stepUpLinks(publicUrl, tickets, provider), rule })
  const taken: string[] = []
  let breaks: Error | undefined
  const handle: Door['handle'] = async (...asked) => {
    if (breaks) throw breaks
    return run.door.handle(...asked)
  }

  async function start() {
    const routes = stepUpRoutes({
      ...{ publicUrl, issuer: identity.issuer, clientSecret: CLIENT.clientSecret, tickets, clock, log },
      identity: provider,
      door: { handle, start: run.door.start },
      execution: run.runs.current,
      humanOf: run.humanOf,
      links: run.links,
      inLanguageOf,
      isTaken: async (email) => taken.includes(email),
    })
    const server = createServer(express().use(routes)).listen(port, '127.0.0.1')
    await once(server, 'listening')
    return async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
  let stop = await start()
  onTestFinished(async () => {
    await stop()
    await identity.close()
  })

  return {
    ...run,
    identity,
    publicUrl,
    tickets,
    /** Addresses of other accounts on the platform. */
    taken,
    logged: () => logged.join(''),
    pass: (minutes: number) => {
      offset += minutes * 60_000
    },
    /** The engine's door throws this from now on. */
    breakDoor: (error: Error) => {
      breaks = error
    },
    /** Another process, on the same stores. */
    async restart() {
      await stop()
      stop = await start()
    },
    /** Asks in chat, and gives the link of the private answer. */
    async link(id = 'slack:ann', asks: 'approve' | 'skip' = 'approve'): Promise<string> {
      return linkIn(await run.say(id, asks))
    },
    linkIn,
  }
}

/** The link that comes with a refusal. */
function linkIn(handled: Handled): string {
  if (handled.kind === 'refused' && 'link' in handled.refusal) return handled.refusal.link
  throw new Error('no link')
}
