import type { IncomingMessage, ServerResponse } from 'node:http'

const BODY_BYTES = 4_000_000

/** The whole body as text, or undefined when it is too long or its sender went away. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  return (await readBytes(request, BODY_BYTES))?.toString('utf8')
}

export async function readBytes(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request) {
      bytes += chunk.length
      if (bytes > most) return undefined
      chunks.push(chunk)
    }
  } catch (error) {
    if (request.destroyed) return undefined
    throw error
  }
  return Buffer.concat(chunks)
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body), headers)
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers })
  response.end(body)
}

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/**
 * Whether a request was made by this machine's own page or tools. A page from elsewhere gives itself away: by its Host
 * when its name was rebound to this address, by its Origin otherwise.
 */
export function isOwn({ headers: { host, origin } }: IncomingMessage): boolean {
  if (host === undefined || !LOOPBACK.test(host)) return false
  return origin === undefined || origin === `http://${host}`
}
