import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { type Say, startServer } from '../embedded/embedded-server.ts'
import { activityOf, type OthersActivity } from './as-person.ts'
import {
  channels,
  type PlaygroundPerson,
  people,
  personalChat,
  playgroundConfig,
  team,
  tenantId,
} from './example-corp.ts'
import { environment, preload } from './preload.ts'

/*
 * Promises:
 * 1. It is there only where the development tool is installed; otherwise there is nothing, and no error.
 * 2. Nobody but this machine reaches it, and it reaches nobody but this machine.
 * 3. When it is given out, it answers; when closed, it is gone. It ends with the process that started it.
 */

export interface PlaygroundOptions {
  /** Its own folder: its settings, its log and nothing else. */
  readonly folder: string
  /** Where the bot listens: on this machine, and without app id, as the tool signs nothing. */
  readonly messagingEndpoint: string
  /** A free one when absent. */
  readonly port?: number | undefined
  readonly say?: Say | undefined
  /** How the tool's package is found. */
  readonly find?: (() => string | undefined) | undefined
}

/** Teams in a browser, for one bot and one person, Olive Operator; the others act by `asPerson`. */
export interface Playground {
  readonly url: string
  readonly pid: number
  /** Where the bot sends to. */
  readonly serviceUrl: string
  readonly tenantId: string
  readonly team: { readonly id: string; readonly name: string; readonly aadGroupId: string }
  readonly channels: { readonly General: string; readonly Incidents: string }
  readonly personalChat: string
  readonly people: readonly PlaygroundPerson[]
  /** Sends the bot what somebody else does. The page shows nothing of it but what the bot then does. */
  asPerson(activity: OthersActivity): Promise<void>
  close(): Promise<void>
}

export async function startPlayground(options: PlaygroundOptions): Promise<Playground | undefined> {
  const { folder, messagingEndpoint, port, say, find = findTool } = options
  const tool = find()
  if (tool === undefined) return undefined
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, CONFIG), JSON.stringify(playgroundConfig(), undefined, 2))
  writeFileSync(join(folder, PRELOAD), preload)
  writeFileSync(join(folder, ENVIRONMENT), environment)

  const server = await startServer(
    {
      name: 'playground',
      binary: process.execPath,
      words: (chosen, home = folder) => [
        ...[`--env-file=${join(home, ENVIRONMENT)}`, '--require', join(home, PRELOAD), tool],
        ...['--app-endpoint', messagingEndpoint, '--channel-id', 'msteams'],
        ...['--port', String(chosen), '--service-url', `http://127.0.0.1:${chosen}/_connector`],
        '--disable-telemetry',
      ],
      url: (chosen) => `http://127.0.0.1:${chosen}`,
      // It says "Listening" before it has read its settings, and ends when it does not like them.
      answers: async (chosen, { lastWords }) =>
        lastWords().includes(`Listening on ${chosen}`) && (await isOurs(chosen)),
    },
    { folder, port, say },
  )

  const serviceUrl = `${server.url}/_connector`
  return {
    ...{ url: server.url, pid: server.pid, serviceUrl, tenantId, team, channels, personalChat, people },
    asPerson: async (activity) => send(server.url, activityOf(serviceUrl, activity)),
    close: () => server.close(),
  }
}

const CONFIG = '.m365agentsplayground.yml'
const PRELOAD = 'playground-preload.cjs'
const ENVIRONMENT = 'playground.env'

function findTool(): string | undefined {
  const name = '@microsoft/m365agentsplayground'
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'cli.js')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

const Settings = z.object({ config: z.object({ tenantId: z.string() }) })

async function isOurs(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/_internal/v1/testConfig`)
    return Settings.safeParse(await response.json()).data?.config.tenantId === tenantId
  } catch {
    // Not listening yet, or no longer.
    return false
  }
}

async function send(url: string, activity: object): Promise<void> {
  const response = await fetch(`${url}/_internal/v1/customActivities`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
  })
  if (!response.ok)
    throw new Error(`The Playground refused the activity: ${response.status} ${await response.text()}`)
}
