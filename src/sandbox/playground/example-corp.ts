import { sampleWorkspace } from '../slack/sample-workspace.ts'

/** Somebody of Example Corp as Teams knows them. */
export interface PlaygroundPerson {
  /** How a bot addresses them: `29:…`, different for every bot. */
  readonly id: string
  readonly name: string
  /** Who they are in the directory: the same for every bot. */
  readonly aadObjectId: string
}

export const tenantId = '00000000-0000-4000-8000-0000000000b1'
export const bot: { readonly id: string; readonly name: string } = { id: '28:lifeboat', name: 'Lifeboat' }
export const team = {
  id: '19:practice-general@thread.tacv2',
  name: 'Example Corp',
  aadGroupId: '00000000-0000-4000-8000-0000000000a1',
} as const
/** General bears the id of its team, as it does in Teams. */
export const channels = { General: team.id, Incidents: '19:practice-incidents@thread.tacv2' } as const
export const personalChat = 'a:practice-olive'
const groupChat = { id: '19:responders@thread.v2', name: 'Responders' }

/** The people of the practice Slack, Olive Operator first: she is who sits in front of the page. */
export const people: readonly PlaygroundPerson[] = sampleWorkspace.people.map(({ name, realName }, at) => ({
  id: `29:1-${name}`,
  name: realName,
  aadObjectId: `00000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`,
}))

/** What the tool reads as its settings. It wants exactly five users next to the current one, and one channel next to General. */
export function playgroundConfig(): object {
  const [currentUser, ...users] = people.map(account)
  const { General, ...others } = channels
  return {
    version: '0.1.1',
    tenantId,
    bot,
    currentUser,
    users,
    personalChat: { id: personalChat },
    groupChat,
    team: { ...team, channels: Object.entries(others).map(([name, id]) => ({ id, name })) },
  }
}

function account({ id, name, aadObjectId }: PlaygroundPerson) {
  const email = `${id.replace('29:1-', '')}@example.com`
  const [givenName = name, surname = ''] = name.split(' ')
  return { id, name, aadObjectId, givenName, surname, email, userPrincipleName: email }
}
