import { z } from 'zod'
import { LIMITS } from './blocks/limits.ts'
import { isRecord } from './blocks/parts.ts'
import { type Problem, sentence } from './blocks/problems.ts'
import { checkBlocks, type Ground } from './blocks/validate.ts'
import { parseJson } from './transport/http.ts'
import { type Attachment, attachmentSchema, type Block, type Metadata, metadataSchema } from './workspace.ts'

/** What a message says: only what was given. */
export interface Content {
  text?: string
  blocks?: Block[]
  attachments?: Attachment[]
  /** Null takes it away. */
  metadata?: Metadata | null
}

export interface GivenContent {
  text?: string | undefined
  blocks?: unknown
  attachments?: unknown
  metadata?: unknown
}

/** A refusal of the Web API. */
export interface Refused {
  ok: false
  error: string
  [detail: string]: unknown
}

export function refuse(error: string, details: Record<string, unknown> = {}): Refused {
  return { ok: false, error, ...details }
}

export function isRefused(value: object): value is Refused {
  return 'ok' in value && value.ok === false
}

/**
 * Slack publishes no number. Apps have measured refusals from about this many bytes of JSON upwards, and a practice
 * ground had better refuse too early than too late.
 */
const BLOCKS_BYTES = 13_200
/** Slack publishes no number here either. */
const METADATA_BYTES = 8_000

/** Nested fields may come as JSON in a string, as forms send them. */
export function readContent(
  { text, blocks, attachments, metadata }: GivenContent,
  ground: Ground,
): Content | Refused {
  const readBlocks = readOptional(blocks, (given) => blocksFrom(given, ground))
  if (isRefused(readBlocks)) return readBlocks
  const readAttachments = readOptional(attachments, (given) => attachmentsFrom(given, ground))
  if (isRefused(readAttachments)) return readAttachments
  const readMetadata = readOptional(metadata, metadataFrom)
  if (isRefused(readMetadata)) return readMetadata
  const content = {
    ...(text !== undefined && { text }),
    ...(readBlocks.value && { blocks: readBlocks.value }),
    ...(readAttachments.value && { attachments: readAttachments.value }),
    ...(readMetadata.value !== undefined && { metadata: readMetadata.value }),
  }
  return tooManyTables(content) ? invalidAttachments(['only_one_table_allowed']) : content
}

export function isEmpty({ text, blocks, attachments }: Content): boolean {
  return !text && !blocks?.length && !attachments?.length
}

export function decoded(value: unknown): unknown {
  return typeof value === 'string' ? parseJson(value) : value
}

type Read<Value> = { value: Value }

function readOptional<Value>(given: unknown, read: (given: unknown) => Read<Value> | Refused) {
  return given === undefined || given === '' ? { value: undefined } : read(decoded(given))
}

function blocksFrom(given: unknown, ground: Ground): Read<Block[]> | Refused {
  if (!Array.isArray(given)) return refuse('invalid_blocks_format')
  const checked = checkBlocks(given, ground)
  if (checked.kind === 'invalid') return invalidBlocks(checked.problems)
  if (Buffer.byteLength(JSON.stringify(given)) > BLOCKS_BYTES) return refuse('msg_blocks_too_long')
  return { value: checked.value }
}

function invalidBlocks(problems: Problem[]): Refused {
  const errors = problems.map((problem) => sentence(problem, '/blocks'))
  return refuse('invalid_blocks', { errors, response_metadata: { messages: errors.map(asMessage) } })
}

function attachmentsFrom(given: unknown, ground: Ground): Read<Attachment[]> | Refused {
  if (!Array.isArray(given)) return refuse('invalid_attachments')
  if (given.length > LIMITS.attachments) return refuse('too_many_attachments')
  const attachments: Attachment[] = []
  for (const [at, attachment] of given.entries()) {
    if (!isRecord(attachment)) return refuse('invalid_attachments')
    const blocks = attachment.blocks === undefined ? undefined : checkBlocks(attachment.blocks, ground)
    if (blocks?.kind === 'invalid') {
      const root = `/attachments/${at}/blocks`
      return invalidAttachments(blocks.problems.map((problem) => sentence(problem, root)))
    }
    const read = attachmentSchema.safeParse({ ...attachment, ...(blocks && { blocks: blocks.value }) })
    if (!read.success) return refuse('invalid_attachments')
    attachments.push(read.data)
  }
  return { value: attachments }
}

function invalidAttachments(errors: string[]): Refused {
  return refuse('invalid_attachments', { errors, response_metadata: { messages: errors.map(asMessage) } })
}

function tooManyTables({ blocks = [], attachments = [] }: Content): boolean {
  const all = [...blocks, ...attachments.flatMap((attachment) => attachment.blocks ?? [])]
  return all.filter(({ type }) => type === 'table').length > 1
}

const scalar = z.union([z.string(), z.number(), z.boolean()])
const flat = z.record(z.string(), scalar)
const payloadSchema = z.record(z.string(), z.union([scalar, flat, z.array(flat)]))

function metadataFrom(given: unknown): Read<Metadata | null> | Refused {
  if (!isRecord(given)) return refuse('invalid_metadata_format')
  if (Object.keys(given).length === 0) return { value: null }
  const read = metadataSchema.extend({ event_payload: payloadSchema }).safeParse(given)
  if (!read.success) return refuse('invalid_metadata_schema')
  const isTooLarge = Buffer.byteLength(JSON.stringify(read.data)) > METADATA_BYTES
  return isTooLarge ? refuse('metadata_too_large') : { value: read.data }
}

export function asMessage(error: string): string {
  return `[ERROR] ${error}`
}
