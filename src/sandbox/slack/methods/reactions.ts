import { z } from 'zod'
import { isRefused, refuse } from '../message-content.ts'
import { hasReacted, REACTION_NAME, withoutReaction, withReaction } from '../reactions.ts'
import { messageAt } from './message-at.ts'
import { type Method, method, ok, text } from './method.ts'

const item = z.object({ channel: z.string(), name: z.string(), timestamp: text.optional() })

const add = method({
  scopes: ['reactions:write'],
  tier: 'tier3',
  args: item,
  run: ({ channel: id, name, timestamp }, site) => {
    const found = messageAt(site, id, timestamp)
    if (isRefused(found)) return found
    const { channel, message } = found
    if (channel.archived) return refuse('is_archived')
    if (!REACTION_NAME.test(name)) return refuse('invalid_name')
    const { botUserId } = site.workspace.app
    if (hasReacted(message, name, botUserId)) return refuse('already_reacted')
    site.state.replace(withReaction(message, name, botUserId))
    return ok()
  },
})

const remove = method({
  scopes: ['reactions:write'],
  tier: 'tier2',
  args: item,
  run: ({ channel: id, name, timestamp }, site) => {
    const found = messageAt(site, id, timestamp)
    if (isRefused(found)) return found
    const { botUserId } = site.workspace.app
    if (!hasReacted(found.message, name, botUserId)) return refuse('no_reaction')
    site.state.replace(withoutReaction(found.message, name, botUserId))
    return ok()
  },
})

export const reactions = {
  'reactions.add': add,
  'reactions.remove': remove,
} as const satisfies Record<string, Method>
