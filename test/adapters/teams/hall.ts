import { createServer } from 'node:http'
import express from 'express'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { memoryContacts } from '../../../src/adapters/memory/contacts.ts'
import { memoryFiles } from '../../../src/adapters/memory/files.ts'
import { inLanguageOf, inOwnLanguage } from '../../../src/apps/language.ts'
import { platformsOf } from '../../../src/apps/platforms.ts'
import type { Config } from '../../../src/config.ts'
import type { Card, Form, Reply } from '../../../src/conversation/card.ts'
import { executionId, type Place } from '../../../src/domain/execution.ts'
import { policySchema } from '../../../src/domain/permission.ts'
import type { Desk } from '../../../src/ports/door.ts'
import type { Platform } from '../../../src/ports/platform.ts'
import type { TeamsOptions } from '../../../src/sandbox/teams/start.ts'
import { APP_ID, APP_SECRET, type Ground, ground, INCIDENTS, TENANT_ID } from '../../sandbox/teams/ground.ts'

export { INCIDENTS }
export const GENERAL = '19:practice-general@thread.tacv2'
export const OLIVE = 'teams:00000000-0000-4000-8000-000000000001'
export const AVERY = 'teams:00000000-0000-4000-8000-000000000002'
export const GALE = 'teams:00000000-0000-4000-8000-000000000006'

export interface Hall extends Ground {
  readonly platform: Platform
  /** Where it listens. */
  readonly endpoint: string
  /** What the desk was asked, oldest first: the method and what it was given. */
  readonly asked: unknown[][]
  readonly repaints: unknown[][]
  readonly logged: Record<string, unknown>[]
}

export const said = (text: string): Card => ({
  text,
  tone: 'neutral',
  blocks: [{ kind: 'text', text: [text] }],
})
export const whisper = (card: Card, no?: 'refused' | 'unclear'): Reply => ({
  kind: 'whisper',
  card,
  ...(no && { no }),
})
export const reasonForm: Form = {
  title: 'Why?',
  blocks: [{ kind: 'text', text: ['What skipping does'] }],
  fields: [{ name: 'reason', label: 'Reason', required: true, multiline: true }],
  submit: 'Skip task',
  memory: 'remembered',
}

export interface HallOptions {
  readonly teams?: Partial<TeamsOptions>
  readonly publicUrl?: string
  readonly rooms?: readonly Place[]
  /** In which war rooms are channels of their own. */
  readonly team?: string
  /** Groups that the policy names. */
  readonly groups?: readonly string[]
}

/** The local Bot Connector, and the whole adapter as the bot wires it, in front of a desk that answers as told. */
export async function hall(answers: Partial<Desk>, options: HallOptions = {}): Promise<Hall> {
  const { teams, clock } = await ground(options.teams)
  const logged: Record<string, unknown>[] = []
  const log = pino({ level: 'info' }, { write: (line) => void logged.push(JSON.parse(line)) })
  const config: NonNullable<Config['teams']> = {
    app: { id: APP_ID, secret: APP_SECRET },
    tenantId: TENANT_ID,
    serviceUrl: teams.serviceUrl,
    loginUrl: teams.loginUrl,
    openIdUrl: teams.openIdMetadataUrl,
    channel: INCIDENTS,
    graphUrl: teams.graphUrl,
    ...(options.team && { team: options.team }),
  }
  const [platform] = await platformsOf(
    { teams: config },
    {
      ...{ clock, log, contacts: memoryContacts(), files: memoryFiles(), publicUrl: options.publicUrl },
      policy: policySchema.parse({ bindings: [{ role: 'approver', groups: options.groups ?? [] }] }),
    },
  )
  if (!platform) throw new Error('There is no platform.')
  const asked: unknown[][] = []
  const repaints: unknown[][] = []
  const seen = new Set<string>()
  const closed = async (): Promise<never> => {
    throw new Error('not asked here')
  }
  const desk: Desk = {
    ...{
      opensForm: () => false,
      command: closed,
      click: closed,
      submit: closed,
      home: closed,
      thread: closed,
    },
    ...answers,
  }
  const listener = platform.listen({
    desk: {
      ...desk,
      command: (...given) => noted('command', given, desk.command(...given)),
      click: (...given) => noted('click', given, desk.click(...given)),
      submit: (...given) => noted('submit', given, desk.submit(...given)),
      home: (...given) => noted('home', given, desk.home(...given)),
    },
    inLanguageOf,
    inOwnLanguage,
    watch: { joined: async () => undefined, marked: async () => false },
    roomAt: async ({ channel }) => {
      const isRoom = options.rooms?.some((room) => room.channel === channel)
      return isRoom ? executionId.parse('01ROOM') : undefined
    },
    first: async (key) => seen.size !== seen.add(key).size,
    repaint: (...given) => void repaints.push(given),
  })
  const server = createServer(express().use(listener.router))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const endpoint = `http://127.0.0.1:${port}/teams/messages`
  teams.setMessagingEndpoint(endpoint)
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await listener.close()
    await platform.close()
  })
  return { teams, clock, platform, endpoint, asked, repaints, logged }

  function noted<Answer>(method: string, given: unknown[], answer: Answer): Answer {
    asked.push([method, ...given])
    return answer
  }
}
