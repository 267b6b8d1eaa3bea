import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBytes } from '../../slack/transport/http.ts'
import type { Answer } from '../connector/answer.ts'
import { giveOrBreak } from '../connector/give.ts'
import type { Connector } from '../connector/serve.ts'
import type { Drive } from './drive.ts'

export const UPLOAD_PATH = '/upload/'

/** What OneDrive takes with one request. */
const MOST_BYTES = 60 * 1024 * 1024
const RANGE = /^bytes (\d+)-(\d+)\/(\d+)$/

/** PUT /upload/<ticket>: who knows the address may fill it, once and in one piece. */
export async function serveUpload(
  { site, record }: Connector,
  request: IncomingMessage,
  response: ServerResponse,
  { pathname }: URL,
): Promise<void> {
  const bytes = await readBytes(request, MOST_BYTES)
  const fault = site.faults.takeForCall('upload')
  const status = giveOrBreak(fault, response, () => receive(site.drive, request, pathname, bytes))
  record({ route: 'upload', method: request.method ?? '', path: pathname, body: undefined, status })
}

function receive(
  drive: Drive,
  { method, headers }: IncomingMessage,
  pathname: string,
  bytes: Buffer | undefined,
): Answer {
  // The address says it all. OneDrive may take a token in addition for somebody else's, and so this one always does.
  if (headers.authorization !== undefined)
    return no(401, 'unauthenticated', 'An upload bears no Authorization.')
  const upload = drive.upload(pathname.slice(UPLOAD_PATH.length))
  if (method !== 'PUT' || !upload) return no(404, 'itemNotFound', 'There is no such upload.')
  if (bytes === undefined)
    return no(413, 'requestEntityTooLarge', `One request has ${MOST_BYTES} bytes at most.`)
  const range = headers['content-range'] ?? ''
  const [, first, last, total] = RANGE.exec(range) ?? []
  if (first === undefined)
    return no(400, 'invalidRequest', `The Content-Range is "${range}"; it must be like "bytes 0-9/10".`)
  if (drive.isFilled(upload)) return no(416, 'invalidRange', 'This file was received before.')
  if (Number(first) !== 0 || Number(last) + 1 !== Number(total) || bytes.length !== Number(total))
    return no(
      416,
      'invalidRange',
      `The body has ${bytes.length} bytes, all of the file; it is not "${range}".`,
    )
  drive.fill(upload, bytes)
  return { status: 201, body: { id: upload.uniqueId, name: upload.name, size: bytes.length, file: {} } }
}

const no = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
})
