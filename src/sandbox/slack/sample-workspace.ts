import type { Person, Workspace } from './workspace.ts'

const BOT = 'U0LIFEBOAT'

const people: readonly Person[] = [
  sample(
    'U0OPERATOR',
    'olive',
    'Olive Operator',
    'May start plans and decide on failures',
    'America/New_York',
  ),
  sample('U0APPROVER', 'avery', 'Avery Approver', 'May approve', 'America/Los_Angeles'),
  sample(
    'U0APPROVER2',
    'blake',
    'Blake Approver',
    'May approve, as a member of @dr-approvers',
    'Europe/Berlin',
  ),
  sample('U0VIEWER', 'val', 'Val Viewer', 'May look, and nothing else', 'Asia/Tokyo'),
  sample('U0ADMIN', 'ada', 'Ada Admin', 'May do everything', 'Europe/London', 'admin'),
  sample('U0GUEST', 'gale', 'Gale Guest', 'Has no role', 'Australia/Sydney', 'guest'),
]
const everybody = people.map(({ id }) => id)

/** The practice workspace: everybody's name and title say what they may do. */
export const sampleWorkspace: Workspace = {
  id: 'T0PRACTICE',
  name: 'Example Corp (practice)',
  domain: 'example-corp-practice',
  blocks: 'new',
  app: { id: 'A0LIFEBOAT', botId: 'B0LIFEBOAT', botUserId: BOT },
  people,
  userGroups: [
    {
      id: 'S0DRAPPROVERS',
      handle: 'dr-approvers',
      name: 'Disaster recovery approvers',
      members: ['U0APPROVER', 'U0APPROVER2'],
    },
  ],
  channels: [
    {
      id: 'C0INCIDENTS',
      name: 'incidents',
      topic: 'Where incidents are worked on',
      members: [...everybody, BOT],
    },
    {
      id: 'C0PAYMENTS',
      name: 'payments-dr',
      topic: 'Disaster recovery of payments',
      members: [...everybody, BOT],
    },
    // The app is not in here: it may post only because it asked for chat:write.public.
    {
      id: 'C0GENERAL',
      name: 'general',
      topic: 'Everything else',
      isGeneral: true,
      members: everybody,
    },
  ],
}

function sample(
  id: string,
  name: string,
  realName: string,
  title: string,
  timeZone: string,
  role: Person['role'] = 'member',
): Person {
  return { id, name, realName, title, timeZone, role, email: `${name}@example.com`, deactivated: false }
}
