import type { IncomingMessage, ServerResponse } from 'node:http'
import { idInUrl } from './files.ts'
import { no } from './people/acting.ts'
import type { Site } from './site.ts'
import { send, sendJson } from './transport/http.ts'
import { bearer, type WebApi } from './web-api.ts'

/** GET /files-pri/<team>-<file>/[download/]<name>: for who has the app's token, and the app the scope. */
export function servePrivateFile(
  { site, tokens }: WebApi,
  request: IncomingMessage,
  response: ServerResponse,
  { pathname }: URL,
): void {
  const mayRead = bearer(request) === tokens.bot && site.manifest.scopes.includes('files:read')
  // As Slack does, which sends whoever it does not know to the page for people. An app may take that for the file.
  if (!mayRead) return void response.writeHead(302, { location: `${site.url}/` }).end()
  sendFile(site, response, idInUrl(pathname) ?? '', pathname.includes('/download/'))
}

/** GET /page/file?id=F…: for people. */
export function servePageFile(site: Site, response: ServerResponse, asked: URLSearchParams): void {
  sendFile(site, response, asked.get('id') ?? '', asked.has('download'))
}

/** What a browser may draw by itself. Anything else is kept, not opened: it would speak with the page's voice. */
const DRAWN = new Map([
  ['image/png', 'image/png'],
  ['image/jpeg', 'image/jpeg'],
  ['image/gif', 'image/gif'],
  ['application/pdf', 'application/pdf'],
  ['application/json', 'application/json; charset=utf-8'],
  ['text/markdown', 'text/plain; charset=utf-8'],
  ['text/plain', 'text/plain; charset=utf-8'],
  ['text/csv', 'text/plain; charset=utf-8'],
])

function sendFile(site: Site, response: ServerResponse, id: string, isDownload: boolean) {
  const file = site.state.file(id)
  const bytes = file && site.shelf.take(id)
  if (file === undefined || bytes === undefined) return sendJson(response, 404, no(`There is no file ${id}.`))
  const drawn = isDownload ? undefined : DRAWN.get(file.mediaType)
  const how = drawn === undefined ? 'attachment' : 'inline'
  send(response, 200, drawn ?? file.mediaType, bytes, {
    'content-disposition': `${how}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
  })
}
