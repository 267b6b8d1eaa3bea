import type { ServerResponse } from 'node:http'
import { send, sendJson } from '../../slack/transport/http.ts'
import type { CallFault, FaultBoard, RouteName } from '../faults.ts'
import type { Answer } from './answer.ts'

/** Answers, unless the fault wants something else. The status that was given, and zero when there was no answer. */
export function giveOrBreak(
  fault: CallFault | undefined,
  response: ServerResponse,
  process: () => Answer,
): number {
  if (fault?.kind === 'hang') return 0
  const answer = fault?.kind === 'http' ? broken(fault) : process()
  if (fault?.kind === 'reset-after-processing') {
    response.destroy()
    return 0
  }
  give(response, answer)
  return answer.status
}

/** For what answers by itself but may break like the rest. True when it did. */
export function breaksFirst(faults: FaultBoard, name: RouteName, response: ServerResponse): boolean {
  const fault = faults.takeForCall(name)
  if (fault?.kind === 'http') give(response, broken(fault))
  if (fault?.kind === 'reset-after-processing') response.destroy()
  return fault !== undefined
}

function broken({ status, code = 'ServiceError', retryAfterSeconds }: CallFault & { kind: 'http' }): Answer {
  return {
    status,
    body: { error: { code, message: 'Something went wrong, as the practice wants it.' } },
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
  }
}

function give(response: ServerResponse, { status, body, headers }: Answer): void {
  if (body === undefined) send(response, status, 'application/json', '', headers)
  else sendJson(response, status, body, headers)
}
