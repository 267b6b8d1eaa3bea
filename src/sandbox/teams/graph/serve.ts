import type { IncomingMessage, ServerResponse } from 'node:http'
import { parseJson, readBody } from '../../slack/transport/http.ts'
import type { Answer } from '../connector/answer.ts'
import { giveOrBreak } from '../connector/give.ts'
import type { Connector } from '../connector/serve.ts'
import { answerGraph, no } from './channels.ts'

export const GRAPH_PATH = '/graph/'

/** Everything below `/graph/v1.0/`: the few calls of Microsoft Graph that make channels. */
export async function serveGraph(
  { site, login, record }: Connector,
  request: IncomingMessage,
  response: ServerResponse,
  { pathname }: URL,
): Promise<void> {
  const path = pathname.slice(GRAPH_PATH.length - 1)
  const body = parseJson((await readBody(request)) ?? '')
  const method = request.method ?? ''
  const isAdmitted = await login.admits(request.headers.authorization, 'graph')
  const fault = isAdmitted ? site.faults.takeForCall('graph') : undefined
  const answered = (): Answer =>
    isAdmitted
      ? answerGraph(site, method, path, body)
      : no(401, 'InvalidAuthenticationToken', 'Access token validation failure. Invalid audience.')
  const status = giveOrBreak(fault, response, answered)
  record({ route: 'graph', method, path, body, status })
}
