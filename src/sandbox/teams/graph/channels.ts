import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Answer } from '../connector/answer.ts'
import { isInTeam } from '../connector/place.ts'
import { channelsOf } from '../conversation.ts'
import type { Site } from '../site.ts'
import type { MadeChannel } from '../state-file.ts'

/** https://learn.microsoft.com/graph/api/channel-post: as long as Teams lets a name be, and what may not be in it. */
const NAME_LIMIT = 50
const FORBIDDEN_IN_NAME = /[~#%&*{}+/\\:<>?|'"]|^[_.]|\.$/
const DESCRIPTION_LIMIT = 1_024
const WEBSITE_TAB = '/appCatalogs/teamsApps/com.microsoft.teamspace.tab.web'

const createSchema = z.object({
  displayName: z.string().min(1),
  description: z.string().max(DESCRIPTION_LIMIT).default(''),
  membershipType: z.literal('standard').default('standard'),
})
const changeSchema = z.object({ description: z.string().max(DESCRIPTION_LIMIT) })
const tabSchema = z.object({
  displayName: z.string().min(1).max(128),
  'teamsApp@odata.bind': z.string().endsWith(WEBSITE_TAB),
  configuration: z.object({ contentUrl: z.url(), websiteUrl: z.url() }),
})

type Doing = (site: Site, made: MadeChannel, body: unknown) => Answer
const OF_ONE: { readonly [call: string]: Doing } = {
  'PATCH ': change,
  'GET /tabs': (_site, { tabs }) => ({ status: 200, body: { value: tabs.map(tabBody) } }),
  'POST /tabs': addTab,
  'POST /archive': archive,
}

export function answerGraph(site: Site, method: string, path: string, body: unknown): Answer {
  const [, team = '', rest] = /^\/v1\.0\/teams\/([^/]+)\/channels(\/.*)?$/.exec(path) ?? []
  if (team !== site.tenant.team.aadGroupId) return no(404, 'NotFound', `No team found with Group Id ${team}.`)
  // What may be done in a team is granted with the installation in it.
  if (!isInTeam(site)) return no(403, 'Forbidden', 'Missing role permissions on the request.')
  if (rest === undefined) {
    if (method === 'GET') return { status: 200, body: { value: site.state.channels().map(channelBody) } }
    if (method === 'POST') return create(site, body)
    return no(405, 'BadRequest', 'The method is not allowed here.')
  }
  const [, id = '', doing = ''] = /^\/([^/]+)(\/\w+)?$/.exec(rest) ?? []
  const made = site.state.channels().find((channel) => channel.id === decodeURIComponent(id))
  const work = OF_ONE[`${method} ${doing}`]
  if (!made || !work) return no(404, 'NotFound', `There is no ${method} ${rest}.`)
  return work(site, made, body)
}

function create(site: Site, body: unknown): Answer {
  const asked = createSchema.safeParse(body)
  if (!asked.success) return no(400, 'BadRequest', z.prettifyError(asked.error))
  const { displayName: name, description } = asked.data
  if (name.length > NAME_LIMIT || FORBIDDEN_IN_NAME.test(name))
    return no(400, 'BadRequest', `Channel name "${name}" is not valid.`)
  const isTaken = channelsOf(site.tenant, site.state).some(
    (channel) => channel.name.toLowerCase() === name.toLowerCase(),
  )
  if (isTaken)
    return no(400, 'BadRequest', 'Channel name already existed, please use other name.', 'NameAlreadyExists')
  const id = `19:${randomUUID().replaceAll('-', '')}@thread.tacv2`
  const made = { id, name, description, archived: false, tabs: [] }
  site.state.putChannel(made)
  return { status: 201, body: channelBody(made) }
}

function change(site: Site, made: MadeChannel, body: unknown): Answer {
  const asked = changeSchema.safeParse(body)
  if (!asked.success) return no(400, 'BadRequest', z.prettifyError(asked.error))
  site.state.putChannel({ ...made, description: asked.data.description })
  return { status: 204 }
}

function addTab(site: Site, made: MadeChannel, body: unknown): Answer {
  const asked = tabSchema.safeParse(body)
  if (!asked.success) return no(400, 'BadRequest', z.prettifyError(asked.error))
  const tab = { id: randomUUID(), name: asked.data.displayName, url: asked.data.configuration.websiteUrl }
  site.state.putChannel({ ...made, tabs: [...made.tabs, tab] })
  return { status: 201, body: tabBody(tab) }
}

function archive(site: Site, made: MadeChannel): Answer {
  if (made.archived) return no(400, 'BadRequest', 'The channel is archived already.')
  site.state.putChannel({ ...made, archived: true })
  return { status: 202 }
}

const channelBody = ({ id, name, description, archived }: MadeChannel) => ({
  ...{ id, displayName: name, description, membershipType: 'standard', isArchived: archived },
})
const tabBody = ({ id, name, url }: MadeChannel['tabs'][number]) => ({
  ...{ id, displayName: name, configuration: { contentUrl: url, websiteUrl: url } },
})

/** As Graph says no: https://learn.microsoft.com/graph/errors */
export const no = (status: number, code: string, message: string, inner?: string): Answer => ({
  status,
  body: { error: { code, message, ...(inner !== undefined && { innerError: { code: inner } }) } },
})
