import { channelsOf } from '../conversation.ts'
import { type Answer, refuse } from './answer.ts'
import type { Endpoint, Request } from './endpoint.ts'
import { isInTeam } from './place.ts'

export const teams: readonly Endpoint[] = [
  {
    name: 'team',
    method: 'GET',
    path: 'teams/:team',
    run: (request) =>
      inTeam(request, ({ site: { tenant, state } }) => {
        const { id, name, aadGroupId } = tenant.team
        const counts = { channelCount: channelsOf(tenant, state).length, memberCount: tenant.people.length }
        return { status: 200, body: { id, name, aadGroupId, type: 'standard', ...counts } }
      }),
  },
  {
    name: 'channels',
    method: 'GET',
    path: 'teams/:team/conversations',
    run: (request) =>
      inTeam(request, ({ site: { tenant, state } }) => {
        // Teams leaves General without a name, because it is called differently in each language.
        const conversations = channelsOf(tenant, state).map(({ id, name }) =>
          id === tenant.team.id ? { id, type: 'standard' } : { id, name, type: 'standard' },
        )
        return { status: 200, body: { conversations } }
      }),
  },
]

function inTeam(request: Request, answer: (request: Request) => Answer): Answer {
  const { site, parts } = request
  if (parts.team !== site.tenant.team.id) return refuse('TeamNotFound', `There is no team "${parts.team}".`)
  if (isInTeam(site)) return answer(request)
  return refuse('BotNotInConversationRoster', 'The bot is not part of the conversation roster.')
}
