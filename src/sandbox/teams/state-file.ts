import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { parseJson } from '../slack/transport/http.ts'
import { messageSchema } from './message.ts'

/** In a team, or with a person. Who removed the bot is not written to any more. */
const standingSchema = z.enum(['installed', 'removed'])
export type Standing = z.output<typeof standingSchema>

const toldSchema = z.object({
  /** The MRI of who alone was told. */
  to: z.string(),
  /** The message whose button was pressed. */
  messageId: z.string(),
  text: z.string(),
})
export type Told = Readonly<z.output<typeof toldSchema>>

const uploadSchema = z.object({
  /** What OneDrive calls the file. */
  uniqueId: z.string(),
  name: z.string(),
  /** The ending of the name, and empty when there is none. */
  fileType: z.string(),
  /** The MRI of who accepted it: it is in their OneDrive. */
  acceptedBy: z.string(),
  /** The message that asked. */
  messageId: z.string(),
  /** What is secret in the address that it is to be put at. */
  ticket: z.string(),
})
/** A file that somebody accepted, whether or not it came. */
export type Upload = Readonly<z.output<typeof uploadSchema>>

const madeChannelSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  archived: z.boolean(),
  tabs: z.array(z.object({ id: z.string(), name: z.string(), url: z.string() })),
})
/** A channel that the bot made over Microsoft Graph. */
export type MadeChannel = Readonly<z.output<typeof madeChannelSchema>>

const savedSchema = z.object({
  lastId: z.int(),
  messages: z.array(messageSchema),
  told: z.array(toldSchema),
  /** By the id of the team, or by MRI; who is not in here has the bot. */
  standings: z.record(z.string(), standingSchema),
  channels: z.array(madeChannelSchema).default([]),
  uploads: z.array(uploadSchema).default([]),
  /** A bot remembers for a day by which key Teams signs. */
  signingKey: z.exactOptional(z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string() })),
})
export type Saved = z.output<typeof savedSchema>
/** Where everybody is, and what was said. */
export type SavedTalk = Pick<Saved, 'lastId' | 'messages' | 'told' | 'standings' | 'channels'>

/** The tenant as the file has it; without a file, one in which nothing was said yet. */
export function recall(file: string | undefined): Saved {
  if (file === undefined || !existsSync(file))
    return { lastId: 0, messages: [], told: [], standings: {}, channels: [], uploads: [] }
  const parsed = savedSchema.safeParse(parseJson(readFileSync(file, 'utf8')))
  if (parsed.success) return parsed.data
  const wayOut = `Delete ${file} to begin with a fresh tenant.`
  throw new Error(`${file} does not hold a practice tenant:\n${z.prettifyError(parsed.error)}\n${wayOut}`)
}
