import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { faultsSchema } from './faults.ts'
import { servePageFile } from './file-routes.ts'
import { ACTS } from './page-acts.ts'
import type { PageFiles } from './page-files.ts'
import { pageState, publicChannels, visibleMessages } from './page-shapes.ts'
import { DONE, no } from './people/acting.ts'
import type { Site } from './site.ts'
import { isOwn, parseJson, readBody, send, sendJson } from './transport/http.ts'

export type GivePageFiles = PageFiles | (() => Promise<PageFiles>)

/** Everything but the app's own addresses: the page, what it asks for, and the faults. For this machine only. */
export async function servePage(
  site: Site,
  files: GivePageFiles | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (!isOwn(request))
    return sendJson(response, 403, no('Only a page of this workspace, on this machine, may do that.'))
  const route = `${request.method} ${url.pathname}`
  const act = ACTS.get(route)
  if (act) return sendJson(response, 200, await act(site, parseJson((await readBody(request)) ?? '')))
  switch (route) {
    case 'GET /':
    case 'GET /page.js':
    case 'GET /page.css':
      return sendFile(response, url.pathname, files)
    case 'GET /page/state':
    case 'GET /page/messages':
    case 'GET /page/events':
    case 'GET /page/channels':
    case 'GET /page/file':
      return sendView(site, request, response, url)
    case 'GET /_sandbox/faults':
      return sendJson(response, 200, site.faults.left())
    case 'PUT /_sandbox/faults':
      return setFaults(site, response, parseJson((await readBody(request)) ?? ''))
    default:
      return sendJson(response, 404, no(`There is nothing at ${route}.`))
  }
}

function sendView(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
  { pathname, searchParams }: URL,
) {
  const asked = searchParams.get('as')
  const people = site.state.people()
  const me = asked === null ? people[0] : people.find(({ id }) => id === asked)
  if (me === undefined) return sendJson(response, 404, no(`Nobody here has the id ${asked}.`))
  if (pathname === '/page/state') return sendJson(response, 200, pageState(site, me))
  if (pathname === '/page/channels') return sendJson(response, 200, { channels: publicChannels(site) })
  if (pathname === '/page/file') return servePageFile(site, response, searchParams)
  if (pathname === '/page/messages') {
    const messages = visibleMessages(site, searchParams.get('channel') ?? '', me.id)
    return sendJson(response, 200, { messages })
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(':\n\n')
  const leave = site.notices.watch(me.id, (event) => response.write(`data: ${JSON.stringify(event)}\n\n`))
  request.once('close', leave)
}

async function sendFile(response: ServerResponse, path: string, files: GivePageFiles | undefined) {
  if (files === undefined)
    return send(response, 404, 'text/plain', 'This workspace was started without a page.')
  const { html, js, css } = typeof files === 'function' ? await files() : files
  const guarded = { 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' }
  if (path === '/page.js') return send(response, 200, 'text/javascript; charset=utf-8', js, guarded)
  if (path === '/page.css') return send(response, 200, 'text/css; charset=utf-8', css, guarded)
  return send(response, 200, 'text/html; charset=utf-8', html, guarded)
}

function setFaults(site: Site, response: ServerResponse, given: unknown): void {
  const faults = faultsSchema.safeParse(given)
  if (faults.success) site.faults.set(faults.data)
  const answer = faults.success ? DONE : no(z.prettifyError(faults.error))
  sendJson(response, answer.ok ? 200 : 400, answer)
}
