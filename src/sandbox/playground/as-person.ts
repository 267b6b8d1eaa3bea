import { randomUUID } from 'node:crypto'
import { systemClock } from '../../adapters/system/clock.ts'
import { bot, channels, type PlaygroundPerson, people, team, tenantId } from './example-corp.ts'

/** What somebody else does: their name, and the fields of the activity that tell it. */
export interface OthersActivity {
  readonly from: string
  /** Where: a thread is `<channel id>;messageid=<root>`. */
  readonly conversation: string
  readonly type: 'message' | 'invoke' | 'messageReaction'
  readonly [field: string]: unknown
}

/** The activity as Teams would send it: who, where, and the bot as its recipient. */
export function activityOf(serviceUrl: string, { from, conversation, ...rest }: OthersActivity): object {
  const now = systemClock.now().toISOString()
  return {
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl,
    timestamp: now,
    localTimestamp: now,
    locale: 'en-US',
    recipient: bot,
    from: personCalled(from),
    ...placeOf(conversation),
    ...rest,
  }
}

export function personCalled(name: string): PlaygroundPerson {
  const found = people.find((person) => person.name === name)
  if (found) return found
  const names = people.map((person) => person.name).join(', ')
  throw new Error(`Nobody at Example Corp is called "${name}". There are ${names}.`)
}

function placeOf(id: string): object {
  const tenant = { id: tenantId }
  const channel = Object.entries(channels).find(([, channelId]) => id.split(';')[0] === channelId)
  if (!channel) {
    return { conversation: { id, conversationType: 'personal', tenantId }, channelData: { tenant } }
  }
  const [name, channelId] = channel
  return {
    conversation: { id, conversationType: 'channel', isGroup: true, tenantId, name },
    channelData: {
      tenant,
      teamsTeamId: team.id,
      teamsChannelId: channelId,
      team: { id: team.id, name: team.name, aadGroupId: team.aadGroupId },
      channel: { id: channelId },
    },
  }
}
