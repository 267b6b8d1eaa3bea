import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { kindOf, type Shelf } from './files.ts'
import type { Site } from './site.ts'
import { readBytes, send } from './transport/http.ts'
import type { StoredFile } from './workspace.ts'

/**
 * The first two of the three steps by which a file comes into the workspace: an address is asked for, and the bytes are
 * sent there. With the third step, `files.completeUploadExternal`, it is a file.
 */
export interface Uploads {
  begin(promised: Promised): { id: string; ticket: string }
  /** Takes the bytes: once, and as many as were promised. */
  receive(ticket: string, bytes: Buffer): 'received' | 'unknown' | 'wrong length'
  /** What was received under this id and is no file yet. */
  received(id: string): Promised | undefined
  /** It is a file from now on. */
  finish(id: string): void
}

export interface Promised {
  name: string
  length: number
  altText: string
}

/** Addresses that nobody uses must not fill the memory. */
const REMEMBERED = 1_000

export function createUploads(shelf: Shelf): Uploads {
  const begun = new Map<string, Promised & { ticket: string; isHere: boolean }>()
  return {
    begin: (promised) => {
      const id = `F0${randomBytes(5).toString('hex').toUpperCase()}`
      const ticket = randomBytes(24).toString('base64url')
      begun.set(id, { ...promised, ticket, isHere: false })
      const [oldest] = begun.keys()
      if (begun.size > REMEMBERED && oldest !== undefined) begun.delete(oldest)
      return { id, ticket }
    },
    receive: (ticket, bytes) => {
      const [id, upload] = [...begun].find(([, one]) => one.ticket === ticket && !one.isHere) ?? []
      if (id === undefined || upload === undefined) return 'unknown'
      if (bytes.length !== upload.length) return 'wrong length'
      shelf.put(id, bytes)
      upload.isHere = true
      return 'received'
    },
    received: (id) => {
      const upload = begun.get(id)
      return upload?.isHere ? upload : undefined
    },
    finish: (id) => void begun.delete(id),
  }
}

/** Larger ones are refused when their address is asked for. */
export const FILE_BYTES = 20_000_000

/** POST /upload/<ticket>: the bytes as they are, or as the file of a form. */
export async function serveUpload(
  { uploads }: Site,
  ticket: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A form wraps a little around the bytes.
  const body = await readBytes(request, FILE_BYTES + 10_000)
  const bytes = body && (await fileIn(body, request.headers['content-type'] ?? ''))
  const outcome = bytes === undefined ? 'wrong length' : uploads.receive(ticket, bytes)
  if (outcome === 'received') return send(response, 200, 'text/plain', `OK - ${bytes?.length}`)
  if (outcome === 'unknown')
    return send(response, 404, 'text/plain', 'There is no upload under this address.')
  send(response, 400, 'text/plain', 'These are not as many bytes as were promised.')
}

async function fileIn(body: Buffer, type: string): Promise<Buffer | undefined> {
  if (!type.startsWith('multipart/form-data')) return body
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  const file = [...form.values()].find((value) => typeof value !== 'string')
  return file && Buffer.from(await file.arrayBuffer())
}

/** The third step: what was promised and came is a file of the workspace. */
export function finished(site: Site, id: string, promised: Promised, title: string | undefined): StoredFile {
  const { name, length: size, altText } = promised
  const file = {
    id,
    name,
    title: title || name,
    altText,
    mediaType: kindOf(name).mediaType,
    size,
    user: site.workspace.app.botUserId,
    createdSeconds: Math.floor(site.clock.now().getTime() / 1000),
  }
  site.uploads.finish(id)
  site.state.putFile(file)
  return file
}
