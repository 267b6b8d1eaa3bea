// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is code that is replaced
import type { Mutant } from './mutant.ts'

const HEARD = ['test/adapters/teams/receiver.test.ts']
const PORTS = ['test/adapters/teams/ports.test.ts']
const CHAT = ['test/adapters/teams/chat.test.ts']

/** What comes in from Teams, and what goes out there. */
export const IN_TEAMS: readonly Mutant[] = [
  {
    name: 'what the Bot Connector has not signed is done',
    file: 'src/adapters/teams/adapter.ts',
    from: '        throw new NotGenuine(why)\n',
    to: '        return work().then(() => { throw new NotGenuine(why) })\n',
    caughtBy: HEARD,
  },
  {
    name: 'another tenant is heard',
    file: 'src/adapters/teams/receiver.ts',
    from: 'if (tenants.length === 0 || !tenants.every(isOurs))',
    to: 'if (tenants.length === 0 && !tenants.every(isOurs))',
    caughtBy: HEARD,
  },
  {
    name: 'what Teams delivers twice is done twice',
    file: 'src/adapters/teams/receiver.ts',
    from: '  if (!isNew) return undefined\n',
    to: '  if (!isNew) hall.log.info({}, "again")\n',
    caughtBy: HEARD,
  },
  {
    name: 'a form whose memory was changed on its way is believed',
    file: 'src/adapters/teams/seal.ts',
    from: 'return ours.length === theirs.length && timingSafeEqual(ours, theirs)',
    to: 'return ours.length === theirs.length',
    caughtBy: HEARD,
  },
  {
    name: 'a slow answer holds up the one who pressed',
    file: 'src/adapters/teams/pressed.ts',
    from: 'const BUDGET_MS = 2_500',
    to: 'const BUDGET_MS = 25_000',
    caughtBy: HEARD,
  },
  {
    name: 'a decision stands on an answer that nobody paints anew',
    file: 'src/adapters/teams/spoken.ts',
    from: 'isPrivate(activity) ? reply.card : withoutDecisions(reply.card)',
    to: 'isPrivate(activity) ? withoutDecisions(reply.card) : reply.card',
    caughtBy: HEARD,
  },
  {
    name: 'the answer to a slash command is seen by everybody',
    file: 'src/adapters/teams/spoken.ts',
    from: 'const only = recipient.isTargeted ? from.id : undefined',
    to: 'const only = recipient.isTargeted ? undefined : undefined ?? (from.id === "" ? from.id : undefined)',
    caughtBy: HEARD,
  },
  {
    name: 'a guest has the rights of their address',
    file: 'src/adapters/teams/people.ts',
    from: "return userRole === 'user' ? 'member' : 'guest'",
    to: "return userRole === 'nobody' ? 'guest' : 'member'",
    caughtBy: PORTS,
  },
  {
    name: 'who cannot be looked up is somebody without a name, and so allowed what anybody is',
    file: 'src/adapters/teams/directory.ts',
    from: '        if (error instanceof TransientFailure) throw error\n',
    to: '        if (error instanceof Error) return { actor, groups: [] }\n',
    caughtBy: PORTS,
  },
  {
    name: 'everybody is in every group of the policy',
    file: 'src/adapters/teams/directory.ts',
    from: 'groups.filter((_, at) => isIn[at])',
    to: 'groups.filter((_, at) => isIn[at] !== undefined)',
    caughtBy: PORTS,
  },
  {
    name: 'a token that was refused is sent again',
    file: 'src/adapters/teams/connector.ts',
    from: '      token.refused()\n',
    to: '',
    caughtBy: PORTS,
  },
  {
    name: 'a message whose answer was lost is sent again',
    file: 'src/adapters/teams/connector.ts',
    from: '      throw new TransientFailure(`Teams did not answer ${what}.`, undefined, { cause: error })\n',
    to: "      response = await fetch(`${base}/v3/${path}`, { method, headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` }, ...(body && { body: JSON.stringify(body) }) })\n",
    caughtBy: CHAT,
  },
  {
    name: 'a channel without the app is asked for ever',
    file: 'src/adapters/teams/failure.ts',
    from: '  BotNotInConversationRoster: ADD_APP,\n',
    to: '',
    caughtBy: CHAT,
  },
  {
    name: 'an edited card that is gone is not posted anew',
    file: 'src/adapters/teams/failure.ts',
    from: '  ActivityNotFoundInConversation: GONE,\n',
    to: '',
    caughtBy: CHAT,
  },
  {
    name: 'a thread is written to faster than Teams takes',
    file: 'src/adapters/teams/rates.ts',
    from: 'thread: { perMinute: 60, burst: 6, reserve: 2 }',
    to: 'thread: { perMinute: 600, burst: 60, reserve: 2 }',
    caughtBy: ['test/adapters/teams/pace.test.ts'],
  },
  {
    name: 'words of a plan make a time',
    file: 'src/adapters/teams/rich.ts',
    from: ".replaceAll(/\\{(?=\\{)/g, '{ ')",
    to: '',
    caughtBy: ['test/adapters/teams/forging.test.ts'],
  },
  {
    name: 'words beside a mention make a link',
    file: 'src/adapters/teams/rich.ts',
    from: ".replaceAll(/[\\\\`*_{[\\]]|&(?=[#\\w]|$)/g, '\\\\$&')",
    to: '',
    caughtBy: ['test/adapters/teams/forging.test.ts'],
  },
  {
    name: 'a card that is too large loses its buttons',
    file: 'src/adapters/teams/render.ts',
    from: "  ...[first, ...others].flatMap((block) => (block?.kind === 'buttons' ? [block] : [])).slice(0, 1),\n",
    to: '',
    caughtBy: ['test/adapters/teams/size.test.ts'],
  },
  {
    name: 'a report is given to whoever knows its address',
    file: 'src/adapters/teams/files.ts',
    from: 'if (!file || !isPicture(file.name))',
    to: 'if (!file)',
    caughtBy: PORTS,
  },
]
