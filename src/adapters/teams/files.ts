import type { Router } from 'express'
import { z } from 'zod'
import type { Attachment } from '../../ports/chat.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import { FILE_KEPT_DAYS, type FileStore } from '../../ports/file-store.ts'
import type { TeamsLog } from './asked.ts'
import type { Outgoing } from './connector.ts'
import { renderPicture } from './render.ts'

export interface FilesOptions {
  readonly store: FileStore
  /** Where Teams reaches us; absent: it cannot, and pictures are told in words. */
  readonly publicUrl: string | undefined
}

const PATH = '/teams/files'
const UPLOAD_MS = 20_000
const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  pdf: 'application/pdf',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json',
}
const typeOf = (name: string): string => TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
const isPicture = (name: string): boolean => typeOf(name) === 'image/png'

/** A picture as a message: Teams fetches it from us by an address that nobody can guess. */
export async function pictureMessage(
  { name, title, alt, bytes }: Attachment,
  { store, publicUrl }: FilesOptions,
): Promise<Outgoing> {
  const words = alt ?? title
  if (publicUrl === undefined) return { type: 'message', textFormat: 'plain', text: words }
  const id = await store.keep({ name, type: typeOf(name), bytes })
  const content = renderPicture({
    title,
    alt: words,
    url: `${publicUrl}${PATH}/${id}/${encodeURIComponent(name)}`,
  })
  return { type: 'message', summary: title, attachments: [{ contentType: CARD, content }] }
}

export const CARD = 'application/vnd.microsoft.card.adaptive'
const CONSENT = 'application/vnd.microsoft.teams.card.file.consent'
const INFO = 'application/vnd.microsoft.teams.card.file.info'

/**
 * Asks somebody in their personal chat whether they want the file: Teams lets a bot put it there only then.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
 */
export async function consentMessage(
  { name, title, bytes }: Attachment,
  { store }: FilesOptions,
): Promise<Outgoing> {
  const id = await store.keep({ name, type: typeOf(name), bytes })
  const context = { lifeboat_file: id }
  const content = {
    description: title,
    sizeInBytes: bytes.length,
    acceptContext: context,
    declineContext: context,
  }
  return { type: 'message', summary: title, attachments: [{ contentType: CONSENT, name, content }] }
}

export const consentSchema = z.object({
  action: z.enum(['accept', 'decline']),
  context: z.object({ lifeboat_file: z.string().max(100) }),
  uploadInfo: z
    .object({
      contentUrl: z.url(),
      name: z.string(),
      uploadUrl: z.url(),
      uniqueId: z.string(),
      fileType: z.string(),
    })
    .optional(),
})
export type Consent = z.infer<typeof consentSchema>

/** Puts the file where its owner has let it; gives the message that shows it, undefined for a file that is not kept any more. */
export async function upload(
  { context, uploadInfo }: Consent,
  store: FileStore,
  isAllowed: (url: URL) => boolean,
): Promise<Outgoing | undefined> {
  const file = await store.get(context.lifeboat_file)
  if (!file || !uploadInfo) return undefined
  const { uploadUrl, contentUrl, uniqueId, fileType, name } = uploadInfo
  if (!isAllowed(new URL(uploadUrl)))
    throw new FinalFailure('Teams named a place for a file that is not its own.')
  const { bytes } = file
  const answer = await fetch(uploadUrl, {
    method: 'PUT',
    headers: { 'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`, 'content-type': file.type },
    body: Buffer.from(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(UPLOAD_MS),
  }).catch((error: unknown) => {
    throw new TransientFailure(`Teams did not take the file ${file.name}.`, undefined, { cause: error })
  })
  if (!answer.ok)
    throw new TransientFailure(`Teams did not take the file ${file.name}: HTTP ${answer.status}.`)
  return {
    type: 'message',
    summary: name,
    attachments: [{ contentType: INFO, name, contentUrl, content: { uniqueId, fileType } }],
  }
}

/** The pictures that our messages show. Whoever knows the address may see them, as whoever sees the message may. */
export function serveFiles(router: Router, store: FileStore, log: TeamsLog): void {
  router.get(`${PATH}/:id/:name`, async (request, response) => {
    const file = await store.get(request.params.id).catch((error: unknown) => {
      log.warn({ err: error }, 'teams picture not found')
      return 'later' as const
    })
    if (file === 'later') return void response.status(503).end()
    // A report is handed to people by name, never by address.
    if (!file || !isPicture(file.name)) return void response.status(404).end()
    response
      .status(200)
      .set({
        'content-type': file.type,
        'cache-control': `private, max-age=${FILE_KEPT_DAYS * 86_400}, immutable`,
        'content-security-policy': "default-src 'none'",
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
      })
      .end(Buffer.from(file.bytes))
  })
}
