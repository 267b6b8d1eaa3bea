import { COMMANDS, meaningOf, VERBS, type Verb } from '../../src/conversation/commands.ts'

/** Teams shows no more of a list. */
const COMMANDS_LIMIT = 12
/** The schema takes 128; older clients, and a menu on a phone, show so many. */
const TITLE_LENGTH_LIMIT = 32

const SCOPES = ['personal', 'groupChat', 'team'] as const
type Scope = (typeof SCOPES)[number]

const EVERYWHERE: readonly Scope[] = SCOPES
/** Looking at plans and starting something: by oneself, or with the few who do. */
const IN_CHATS: readonly Scope[] = ['personal', 'groupChat']
/** Steering a run, where its thread is. */
const IN_CHANNELS: readonly Scope[] = ['team']
/** Cards have a button for it, or it is rare: "help" shows it. */
const NOWHERE: readonly Scope[] = []

/** Where the menus of Teams offer a command. A new command needs a row; a row never decides what is understood. */
export const OFFERED = {
  help: EVERYWHERE,
  plans: IN_CHATS,
  plan: IN_CHATS,
  start: IN_CHATS,
  drill: EVERYWHERE,
  failover: EVERYWHERE,
  status: EVERYWHERE,
  pending: EVERYWHERE,
  why: IN_CHATS,
  report: IN_CHATS,
  export: NOWHERE,
  who: EVERYWHERE,
  mute: NOWHERE,
  approve: NOWHERE,
  reject: NOWHERE,
  'break-glass': NOWHERE,
  adopt: NOWHERE,
  retry: NOWHERE,
  skip: NOWHERE,
  abandon: NOWHERE,
  hold: IN_CHANNELS,
  release: IN_CHANNELS,
  pause: IN_CHANNELS,
  resume: IN_CHANNELS,
  cancel: IN_CHANNELS,
  note: EVERYWHERE,
  room: NOWHERE,
  role: NOWHERE,
} as const satisfies Record<Verb, readonly Scope[]>

/** After "@Lifeboat" or after "/". There is no "/" between one person and a bot: Teams has it where others listen. */
const TRIGGERS = {
  personal: ['mention'],
  groupChat: ['mention', 'slash'],
  team: ['mention', 'slash'],
} as const satisfies Record<Scope, readonly ('mention' | 'slash')[]>

export interface CommandList {
  readonly scopes: readonly Scope[]
  readonly triggers: readonly ('mention' | 'slash')[]
  readonly commands: readonly { readonly title: string; readonly description: string }[]
}

/** One list per scope, in the order of "help". */
export const commandLists = (offered: Readonly<Record<Verb, readonly Scope[]>> = OFFERED): CommandList[] =>
  SCOPES.map((scope) => {
    const verbs = VERBS.filter((verb) => offered[verb].includes(scope))
    if (verbs.length > COMMANDS_LIMIT) {
      throw new Error(
        `Teams shows at most ${COMMANDS_LIMIT} commands in a menu; ${scope} has ${verbs.length}: ${verbs.join(', ')}.`,
      )
    }
    return { scopes: [scope], triggers: TRIGGERS[scope], commands: verbs.map(entry) }
  })

/** Teams writes the title into the message, so that it is the bare verb; what follows it is told in the description. */
function entry(verb: Verb): { title: string; description: string } {
  if (verb.length > TITLE_LENGTH_LIMIT)
    throw new Error(`Teams shows ${TITLE_LENGTH_LIMIT} letters of a command; "${verb}" has ${verb.length}.`)
  const does = meaningOf(verb)
  const { usage } = COMMANDS[verb]
  const isMore: boolean = usage !== verb
  return { title: verb, description: isMore ? `${does} Usage: ${usage}` : does }
}
