import type { Conversation } from '../conversation.ts'
import type { Site } from '../site.ts'
import { mriOf, type TenantPerson } from '../tenant.ts'

/** What Teams sends to a bot, as far as each of them is alike. */
export interface Activity {
  readonly type: string
  readonly serviceUrl: string
  readonly conversation: Readonly<Record<string, unknown>>
  readonly channelData: Readonly<Record<string, unknown>>
  readonly [field: string]: unknown
}

/** What one kind of activity has and the others have not. */
export type Own = { readonly type: string; readonly id: string; readonly channelData?: object } & Record<
  string,
  unknown
>

/** Something this person did in this conversation, with `own` on top of what every activity has. */
export function activityOf(site: Site, person: TenantPerson, conversation: Conversation, own: Own): Activity {
  const now = site.clock.now()
  const { channelData, ...rest } = own
  return {
    timestamp: now.toISOString(),
    localTimestamp: localTimestamp(now, person.timeZone),
    localTimezone: person.timeZone,
    serviceUrl: site.serviceUrl,
    channelId: 'msteams',
    from: { id: mriOf(person), name: person.fullName, aadObjectId: person.aadObjectId },
    recipient: site.bot,
    conversation: account(site, conversation),
    channelData: { ...whereabouts(site, conversation), tenant: { id: site.tenantId }, ...channelData },
    locale: person.locale,
    ...rest,
  }
}

/** What the person's Teams tells of itself with a message. */
export function clientInfo({ locale, timeZone }: TenantPerson): { type: string } & Record<string, unknown> {
  const country = new Intl.Locale(locale).region
  return { type: 'clientInfo', locale, country, platform: 'Web', timezone: timeZone }
}

function account({ tenantId }: Site, { kind, id }: Conversation): Record<string, unknown> {
  return kind === 'personal'
    ? { id, tenantId, conversationType: 'personal' }
    : { id, tenantId, conversationType: 'channel', isGroup: true }
}

function whereabouts({ tenant: { team } }: Site, conversation: Conversation): Record<string, unknown> {
  if (conversation.kind === 'personal') return {}
  return {
    teamsChannelId: conversation.channel.id,
    teamsTeamId: team.id,
    channel: { id: conversation.channel.id },
    team: { id: team.id, name: team.name, aadGroupId: team.aadGroupId },
  }
}

/** The same moment on the person's own wall, with how far that is from UTC. */
function localTimestamp(now: Date, timeZone: string): string {
  const zone = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(now)
    .find(({ type }) => type === 'timeZoneName')?.value
  const [, sign = '+', hours = '00', minutes = '00'] = /GMT([+-])(\d\d):(\d\d)/.exec(zone ?? '') ?? []
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000)
  return new Date(now.getTime() + offsetMs).toISOString().replace('Z', `${sign}${hours}:${minutes}`)
}
