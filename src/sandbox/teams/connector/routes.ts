import { createConversation } from './create-conversation.ts'
import type { Endpoint } from './endpoint.ts'
import { members } from './members.ts'
import { messages } from './messages.ts'
import { teams } from './teams.ts'

const ENDPOINTS: readonly Endpoint[] = [createConversation, ...messages, ...members, ...teams]

export interface Route {
  readonly endpoint: Endpoint
  readonly parts: Readonly<Record<string, string>>
}

/** Which endpoint is meant by the segments behind `/v3/`, already decoded. */
export function routeOf(method: string | undefined, segments: readonly string[]): Route | undefined {
  for (const endpoint of ENDPOINTS) {
    if (endpoint.method !== method) continue
    const parts = match(endpoint.path.split('/'), segments)
    if (parts) return { endpoint, parts }
  }
  return undefined
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined
  const parts: Record<string, string> = {}
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? ''
    if (expected.startsWith(':')) parts[expected.slice(1)] = segment
    else if (expected !== segment) return undefined
  }
  return parts
}
