import { z } from 'zod'
import { refuse } from '../message-content.ts'
import { type Method, method, ok } from './method.ts'

const one = z.object({ user: z.string().optional() })

const getPresence = method({
  scopes: ['users:read'],
  tier: 'tier3',
  args: one,
  run: ({ user }, { state, workspace }) => {
    const person = state.person(user ?? workspace.app.botUserId)
    if (person === undefined) return refuse('user_not_found')
    // Who does not want to be disturbed is there all the same.
    return ok({ presence: person.absence === 'away' ? 'away' : 'active' })
  },
})

const HOUR_SECONDS = 3_600
const QUIET_HOURS = 8

const doNotDisturb = method({
  scopes: ['dnd:read'],
  tier: 'tier3',
  args: one,
  run: ({ user }, { state, workspace, clock }) => {
    const person = state.person(user ?? workspace.app.botUserId)
    if (person === undefined) return refuse('user_not_found')
    if (person.absence !== 'dnd') {
      return ok({ dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 })
    }
    // Their quiet hours began with this one.
    const start = Math.floor(clock.now().getTime() / 1000 / HOUR_SECONDS) * HOUR_SECONDS
    const end = start + QUIET_HOURS * HOUR_SECONDS
    return ok({ dnd_enabled: true, next_dnd_start_ts: start, next_dnd_end_ts: end })
  },
})

export const presence = {
  'users.getPresence': getPresence,
  'dnd.info': doNotDisturb,
} as const satisfies Record<string, Method>
