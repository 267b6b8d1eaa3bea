import { sampleWorkspace } from '../slack/sample-workspace.ts'
import type { TeamsTenant } from './tenant.ts'

const TEAM = '19:practice-general@thread.tacv2'

/** The same people as in the practice workspace of Slack, in a team where the bot is installed. */
export const sampleTenant: TeamsTenant = {
  botName: 'Lifeboat',
  people: sampleWorkspace.people.map(({ name, realName, email, timeZone, role }, index) => ({
    name,
    fullName: realName,
    aadObjectId: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
    email,
    timeZone,
    locale: 'en-US',
    role: role === 'guest' ? 'guest' : 'user',
  })),
  team: {
    id: TEAM,
    name: 'Example Corp (practice)',
    aadGroupId: '00000000-0000-4000-8000-0000000000a1',
    channels: [
      { id: TEAM, name: 'General' },
      { id: '19:practice-incidents@thread.tacv2', name: 'Incidents' },
      { id: '19:practice-payments@thread.tacv2', name: 'Payments DR' },
    ],
  },
}
