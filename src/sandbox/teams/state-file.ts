import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { Clock } from '../../ports/clock.ts'
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

const savedSchema = z.object({
  lastId: z.int(),
  messages: z.array(messageSchema),
  told: z.array(toldSchema),
  /** By the id of the team, or by MRI; who is not in here has the bot. */
  standings: z.record(z.string(), standingSchema),
  uploads: z.array(uploadSchema).default([]),
  /** A bot remembers for a day by which key Teams signs. */
  signingKey: z.exactOptional(z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string() })),
})
export type Saved = z.output<typeof savedSchema>
/** Where everybody is, and what was said. */
export type SavedTalk = Pick<Saved, 'lastId' | 'messages' | 'told' | 'standings'>

/** The tenant as the file has it; without a file, one in which nothing was said yet. */
export function recall(file: string | undefined): Saved {
  if (file === undefined || !existsSync(file))
    return { lastId: 0, messages: [], told: [], standings: {}, uploads: [] }
  const parsed = savedSchema.safeParse(parseJson(readFileSync(file, 'utf8')))
  if (parsed.success) return parsed.data
  const wayOut = `Delete ${file} to begin with a fresh tenant.`
  throw new Error(`${file} does not hold a practice tenant:\n${z.prettifyError(parsed.error)}\n${wayOut}`)
}

export interface Keeper {
  /** Something changed: it will be on disk soon. */
  touch(): void
  /** Writes now what is not written yet. */
  flush(): void
}

/** Long enough to gather a burst of messages into one write. */
const WRITE_AFTER_MS = 200

/** Written beside the file and renamed over it: a reader finds the old state or the new one, never half of one. */
export function createKeeper(file: string | undefined, clock: Clock, saved: () => Saved): Keeper {
  if (file === undefined) return { touch: () => {}, flush: () => {} }
  let forget: (() => void) | undefined
  const flush = () => {
    if (forget === undefined) return
    forget()
    forget = undefined
    writeFileSync(`${file}.new`, JSON.stringify(saved()), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  return {
    flush,
    touch: () => {
      forget ??= clock.after(WRITE_AFTER_MS, flush)
    },
  }
}
