import { type Refused, refuse } from '../message-content.ts'
import type { Site } from '../site.ts'
import type { Channel } from '../workspace.ts'

export function missingScope(site: Site, needed: readonly string[]): Refused | undefined {
  const { scopes } = site.manifest
  if (needed.length === 0 || needed.some((scope) => scopes.includes(scope))) return undefined
  return refuse('missing_scope', { needed: needed.join(','), provided: scopes.join(',') })
}

type Deed = 'read' | 'history' | 'manage'

const PREFIX = { public: 'channels', private: 'groups', direct: 'im' } as const satisfies Record<
  Channel['kind'],
  string
>

/** Which scope a deed needs depends on the kind of conversation. */
export function scopeFor(kind: Channel['kind'], deed: Deed): string {
  if (deed !== 'manage') return `${PREFIX[kind]}:${deed}`
  return kind === 'public' ? 'channels:manage' : `${PREFIX[kind]}:write`
}

export function anyScopeFor(deed: Deed): string[] {
  return [scopeFor('public', deed), scopeFor('private', deed), scopeFor('direct', deed)]
}

/** The conversation, if the app may see that it exists and has the scope for the deed. */
export function conversation(site: Site, id: string, deed: Deed): { channel: Channel } | Refused {
  const channel = visibleChannel(site, id)
  if (channel === undefined) return refuse('channel_not_found')
  return missingScope(site, [scopeFor(channel.kind, deed)]) ?? { channel }
}

export function visibleChannel({ state, workspace }: Site, id: string): Channel | undefined {
  const channel = state.channel(id)
  const isVisible = channel?.kind === 'public' || channel?.members.includes(workspace.app.botUserId)
  return isVisible ? channel : undefined
}
