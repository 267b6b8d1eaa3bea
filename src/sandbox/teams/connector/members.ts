import type { Conversation } from '../conversation.ts'
import type { Site } from '../site.ts'
import { mriOf, type TenantPerson } from '../tenant.ts'
import { type Answer, refuse } from './answer.ts'
import type { Endpoint, Request } from './endpoint.ts'
import { messageIn } from './messages.ts'
import { memberNamed, peopleIn, placeOf } from './place.ts'

const ALL = 'conversations/:conversation/members'
const PAGE = { least: 50, usual: 200, most: 500 } as const

export const members: readonly Endpoint[] = [
  {
    name: 'members',
    method: 'GET',
    path: ALL,
    pace: 'listing',
    run: (request) =>
      inPlace(request, (conversation) => {
        const here = peopleIn(request.site, conversation)
        return { status: 200, body: here.map((person) => shape(request.site, person)) }
      }),
  },
  {
    name: 'member',
    method: 'GET',
    path: `${ALL}/:member`,
    pace: 'listing',
    run: (request) =>
      inPlace(request, (conversation) => {
        const { member = '' } = request.parts
        const found = memberNamed(request.site, conversation, member)
        if (found) return { status: 200, body: shape(request.site, found) }
        return refuse('MemberNotFoundInConversation', `"${member}" is not in this conversation.`)
      }),
  },
  {
    name: 'paged-members',
    method: 'GET',
    path: 'conversations/:conversation/pagedmembers',
    pace: 'listing',
    run: (request) => inPlace(request, (conversation) => page(request, conversation)),
  },
  {
    name: 'activity-members',
    method: 'GET',
    path: 'conversations/:conversation/activities/:activity/members',
    pace: 'listing',
    run: (request) =>
      inPlace(request, (conversation) => {
        const { site, parts } = request
        if (!messageIn(site, conversation, parts.activity))
          return refuse('ActivityNotFoundInConversation', `There is no activity "${parts.activity}" here.`)
        return { status: 200, body: peopleIn(site, conversation).map((person) => shape(site, person)) }
      }),
  },
]

function inPlace({ site, parts }: Request, answer: (conversation: Conversation) => Answer): Answer {
  const place = placeOf(site, parts.conversation)
  return place.kind === 'refused' ? place.answer : answer(place.conversation)
}

function page({ site, query }: Request, conversation: Conversation): Answer {
  const asked = Number(query.get('pageSize') ?? PAGE.usual)
  const size = Math.min(PAGE.most, Math.max(PAGE.least, asked || PAGE.usual))
  const begin = Number(query.get('continuationToken') ?? 0)
  const here = peopleIn(site, conversation)
  const end = begin + size
  return {
    status: 200,
    body: {
      members: here.slice(begin, end).map((person) => shape(site, person)),
      ...(end < here.length && { continuationToken: String(end) }),
    },
  }
}

/** Real ones bear the id of the directory under both names, by the age of the route. */
function shape({ tenantId }: Site, person: TenantPerson) {
  const [givenName = '', ...surnames] = person.fullName.split(' ')
  return {
    id: mriOf(person),
    objectId: person.aadObjectId,
    aadObjectId: person.aadObjectId,
    name: person.fullName,
    givenName,
    surname: surnames.join(' '),
    email: person.email,
    userPrincipalName: person.email,
    tenantId,
    userRole: person.role,
  }
}
