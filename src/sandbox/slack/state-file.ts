import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Clock } from '../../ports/clock.ts'
import { directChannel, newChannel } from './channels.ts'
import type { Manifest } from './manifest.ts'
import {
  channelSchema,
  fileSchema,
  messageSchema,
  type Person,
  personSchema,
  userGroupSchema,
  type Workspace,
} from './workspace.ts'

const savedSchema = z.object({
  /** The moment of the last ts that was given out. */
  lastMicroseconds: z.int(),
  people: z.array(personSchema),
  userGroups: z.array(userGroupSchema),
  channels: z.array(channelSchema),
  messages: z.array(messageSchema),
  files: z.array(fileSchema).default([]),
})
export type Saved = z.output<typeof savedSchema>

/** The workspace as the file has it, with whatever the sample has gained since; without a file, the sample. */
export function recall(
  file: string | undefined,
  workspace: Workspace,
  manifest: Manifest,
  clock: Clock,
): Saved {
  const fresh = begin(workspace, manifest, clock)
  if (file === undefined || !existsSync(file)) return fresh
  const kept = readSaved(file)
  return {
    ...kept,
    people: withNew(kept.people, fresh.people),
    userGroups: withNew(kept.userGroups, fresh.userGroups),
    channels: withNew(kept.channels, fresh.channels),
  }
}

function begin({ app, people, userGroups, channels }: Workspace, manifest: Manifest, clock: Clock): Saved {
  const createdSeconds = Math.floor(clock.now().getTime() / 1000)
  const bot: Person = {
    id: app.botUserId,
    name: manifest.botName.toLowerCase().replaceAll(' ', '-'),
    realName: manifest.botName,
    title: 'The app under test',
    email: '',
    timeZone: 'UTC',
    role: 'bot',
    deactivated: false,
  }
  const shared = channels.map(({ isPrivate = false, isGeneral = false, members, ...channel }) =>
    newChannel({
      ...channel,
      isGeneral,
      kind: isPrivate ? 'private' : 'public',
      members: [...members],
      creator: members[0] ?? bot.id,
      createdSeconds,
    }),
  )
  const direct = people.map((person) => directChannel(person.id, bot.id, createdSeconds))
  return {
    lastMicroseconds: 0,
    people: [...people, bot],
    userGroups: [...userGroups],
    channels: manifest.hasMessagesTab || manifest.hasHomeTab ? [...shared, ...direct] : shared,
    messages: [],
    files: [],
  }
}

function readSaved(file: string): Saved {
  const wayOut = `Delete ${file} to begin with a fresh workspace.`
  const text = readFileSync(file, 'utf8')
  const parsed = savedSchema.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data
  throw new Error(`${file} does not hold a practice workspace:\n${z.prettifyError(parsed.error)}\n${wayOut}`)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function withNew<Thing extends { id: string }>(kept: Thing[], fresh: Thing[]): Thing[] {
  return [...kept, ...fresh.filter(({ id }) => !kept.some((known) => known.id === id))]
}
