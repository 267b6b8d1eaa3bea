import type { Mode } from '../domain/execution.ts'
import { nearest } from '../domain/nearest.ts'
import { optional } from '../domain/optional.ts'
import { needsReason, type PersonEvent } from '../domain/transitions.ts'
import { bare, spokenText } from './spoken-text.ts'
import { isTalkVerb, TALK_COMMANDS, type TalkCommand, type TalkVerb, talkCommand } from './talk-commands.ts'
import { say } from './words/index.ts'

/** In what a report comes, by the end of its file's name. */
export const REPORT_FORMS = ['pdf', 'md', 'json'] as const
export type ReportForm = (typeof REPORT_FORMS)[number]

export type Command =
  /** No words: what stands here. */
  | { readonly kind: 'here' }
  | { readonly kind: 'help' }
  | { readonly kind: 'plans' }
  | { readonly kind: 'plan'; readonly plan: string }
  /** Which plan, and in which mode, is asked by a form. */
  | { readonly kind: 'choose' }
  | { readonly kind: 'start'; readonly mode: Mode; readonly plan: string }
  | { readonly kind: 'status'; readonly run?: string }
  | { readonly kind: 'pending' }
  | { readonly kind: 'who'; readonly run?: string }
  /** With a form, in that one alone. */
  | { readonly kind: 'report'; readonly form?: ReportForm; readonly run?: string }
  | { readonly kind: 'why'; readonly task: string; readonly run?: string }
  /** For so many minutes; 0: no longer. */
  | { readonly kind: 'mute'; readonly minutes: number; readonly run?: string }
  | {
      readonly kind: 'task'
      readonly asks: PersonEvent
      readonly task: string
      /** adopt only. */
      readonly reference?: string
      readonly reason?: string
      /** approve only. */
      readonly breakGlass?: true
      readonly run?: string
    }
  | {
      readonly kind: 'run'
      readonly asks: 'pause' | 'resume' | 'cancel'
      readonly reason?: string
      readonly run?: string
    }
  | TalkCommand

/** Nothing was done; `say` is why, `try` are commands that would work. */
export interface Unclear {
  readonly kind: 'unclear'
  readonly say: string
  readonly try: readonly string[]
}

/** One row per command; what it does is said by `meaningOf`. Aliases are never carried out: they lead to a suggestion. */
export const COMMANDS = {
  help: { usage: 'help', example: 'help', aliases: ['?', 'commands'] },
  plans: { usage: 'plans', example: 'plans', aliases: ['list', 'ls'] },
  plan: { usage: 'plan <name>', example: 'plan payments', aliases: ['show', 'describe'] },
  start: { usage: 'start', example: 'start', aliases: ['begin', 'launch'] },
  drill: {
    usage: 'drill <plan>',
    example: 'drill payments',
    aliases: ['start', 'run', 'recover', 'recovery', 'test', 'rehearse'],
  },
  failover: {
    usage: 'failover <plan>',
    example: 'failover payments',
    aliases: ['start', 'run', 'recover', 'recovery', 'real', 'switch'],
  },
  status: { usage: 'status [run]', example: 'status', aliases: ['state', 'runs'] },
  pending: { usage: 'pending', example: 'pending', aliases: ['mine', 'todo', 'waiting', 'inbox'] },
  why: { usage: 'why <approval>', example: 'why approve-dns-cutover', aliases: ['explain', 'policy'] },
  report: { usage: 'report', example: 'report', aliases: ['pdf', 'summary'] },
  export: { usage: 'export [json|md|pdf]', example: 'export json', aliases: ['download', 'json', 'audit'] },
  who: { usage: 'who', example: 'who', aliases: ['oncall', 'people', 'roles'] },
  mute: { usage: 'mute [30m|2h|off]', example: 'mute 1h', aliases: ['silence', 'quiet', 'snooze', 'unmute'] },
  approve: onTask('approve', ['ok', 'yes', 'lgtm', 'accept']),
  reject: onTask('reject', ['no', 'deny', 'decline']),
  'break-glass': {
    usage: 'break-glass <task> <reason>',
    example: 'break-glass approve-dns-cutover all approvers are on the plane',
    aliases: ['breakglass', 'emergency', 'override', 'force'],
  },
  adopt: {
    usage: 'adopt <task> [job]',
    example: 'adopt app-recovery drsjob-0123456789abcdef0',
    aliases: ['follow', 'attach'],
  },
  retry: onTask('retry', ['rerun', 'again', 'redo']),
  skip: onTask('skip', ['ignore', 'pass']),
  abandon: onTask('abandon', ['drop', 'fail']),
  hold: onTask('hold', ['wait', 'block']),
  release: onTask('release', ['unhold', 'unblock']),
  pause: { usage: 'pause [reason]', example: 'pause', aliases: ['stop', 'freeze'] },
  resume: { usage: 'resume', example: 'resume', aliases: ['continue', 'unpause', 'go'] },
  cancel: {
    usage: 'cancel [reason]',
    example: 'cancel the primary site is back',
    aliases: ['stop', 'abort', 'kill', 'end'],
  },
  ...TALK_COMMANDS,
} as const

function onTask(verb: PersonEvent, aliases: readonly string[]) {
  const why = needsReason(verb) ? ' <reason>' : ''
  return {
    usage: `${verb} <task>${why || ' [reason]'}`,
    example: `${verb} dns-cutover${why ? ' done by hand' : ''}`,
    aliases,
  }
}

export type Verb = keyof typeof COMMANDS
// Object.keys gives string[]; the table's keys are exactly the verbs.
export const VERBS = Object.keys(COMMANDS) as Verb[]

/** What the command does, in a sentence. */
export const meaningOf = (verb: Verb): string => say().commands.does[verb]

/** Longer is no command; chats allow about as much in one message. */
const TEXT_LIMIT = 4000
const NAME_LIMIT = 255

/** What the text asks for. Only the exact verbs are carried out. */
export function parseCommand(text: string): Command | Unclear {
  if (text.length > TEXT_LIMIT) {
    return unclear(say().commands.tooLong(text.length, TEXT_LIMIT), 'help')
  }
  const { words, runs } = wordsIn(spokenText(text))
  const [said = '', ...rest] = words
  const first = bare(said)
  const run = runs[0]
  if (runs.length > 1) return unclear(say().commands.twoRuns, 'status')
  if (first === '') return run ? { kind: 'status', run } : { kind: 'here' }
  const verb = VERBS.find((name) => name === first.toLowerCase())
  if (verb && isTalkVerb(verb)) return talkCommand(verb, rest, run, text)
  return verb ? commandOf(verb, rest, run) : unknown(first, rest)
}

/** Whether a form answers the command: known before anything is read, since a dialog must open within seconds. */
export const opensForm = (command: Command | Unclear): boolean =>
  command.kind === 'start' ||
  command.kind === 'choose' ||
  ((command.kind === 'task' || command.kind === 'run') && lacksReason(command))

/** It must say why, and does not yet. */
export const lacksReason = (command: Extract<Command, { kind: 'task' | 'run' }>): boolean =>
  !command.reason && (needsReason(command.asks) || (command.kind === 'task' && command.breakGlass === true))

function commandOf(
  verb: Exclude<Verb, TalkVerb>,
  rest: readonly string[],
  run: string | undefined,
): Command | Unclear {
  const named = optional('run', run)
  switch (verb) {
    case 'help':
    case 'plans':
    case 'pending':
      return { kind: verb }
    case 'who':
    case 'report':
      return { kind: verb, ...named }
    case 'export': {
      const asked = bare(rest[0] ?? 'json').toLowerCase()
      const form = REPORT_FORMS.find((one) => one === asked)
      if (form && rest.length <= 1) return { kind: 'report', form, ...named }
      const { usage, example } = COMMANDS.export
      return unclear(say().commands.whichForm(rest.join(' ').slice(0, 40), usage), example)
    }
    case 'why': {
      const task = bare(rest.join(' '))
      return wrongName(verb, task, rest) ?? { kind: verb, task, ...named }
    }
    case 'mute': {
      const minutes = minutesIn(bare(rest[0] ?? '').toLowerCase())
      if (minutes !== undefined && rest.length <= 1) return { kind: 'mute', minutes, ...named }
      const { usage, example } = COMMANDS.mute
      return unclear(say().commands.howLong(rest.join(' ').slice(0, 40), LONGEST_MUTE_HOURS, usage), example)
    }
    case 'start':
      // One who names a plan leaves out the mode, which is never guessed.
      return rest.length === 0 ? { kind: 'choose' } : unknown(verb, rest)
    case 'plan':
    case 'drill':
    case 'failover': {
      const plan = bare(rest.join(' '))
      const wrong = wrongName(verb, plan, rest)
      if (wrong) return wrong
      return verb === 'plan' ? { kind: 'plan', plan } : { kind: 'start', mode: MODE_OF[verb], plan }
    }
    case 'status': {
      const id = bare(rest[0] ?? '')
      return { kind: 'status', ...optional('run', run ?? (id || undefined)) }
    }
    case 'pause':
    case 'resume':
    case 'cancel':
      return { kind: 'run', asks: verb, ...optional('reason', reasonIn(rest)), ...named }
    default: {
      const task = bare(rest[0] ?? '')
      const said = rest.slice(1)
      const reference = verb === 'adopt' ? said.shift() : undefined
      const reason = reasonIn(said)
      const wrong = wrongName(verb, task, rest.slice(0, 1))
      const what = { ...optional('reference', reference && bare(reference)), ...optional('reason', reason) }
      const asked =
        verb === 'break-glass' ? { asks: 'approve' as const, breakGlass: true as const } : { asks: verb }
      return wrong ?? { kind: 'task', ...asked, task, ...what, ...named }
    }
  }
}

/** Longer than a night nobody should be out of reach by habit. */
const LONGEST_MUTE_HOURS = 12
const MUTED_BY_DEFAULT = 60

/** "30m", "2h", "off" or nothing; undefined where it is no time. */
function minutesIn(said: string): number | undefined {
  if (said === '') return MUTED_BY_DEFAULT
  if (said === 'off') return 0
  const [, number, unit] = /^(\d{1,4})(m|min|h)$/.exec(said) ?? []
  const minutes = Number(number) * (unit === 'h' ? 60 : 1)
  return minutes >= 1 && minutes <= LONGEST_MUTE_HOURS * 60 ? minutes : undefined
}

/** The reason in these words; quotes around all of it are a shell's habit and no part of it. */
const reasonIn = (words: readonly string[]): string | undefined =>
  (words.length === 1 ? words[0]?.replace(/^"(.*)"$/, '$1') : words.join(' ')) || undefined

const MODE_OF = { drill: 'drill', failover: 'recovery' } as const satisfies Record<string, Mode>

function wrongName(verb: Verb, name: string, words: readonly string[]): Unclear | undefined {
  const { usage, example } = COMMANDS[verb]
  // Phones turn two hyphens into a dash.
  const flag = words.find((word) => /^(?:--|—|–)/.test(word))
  if (flag) return unclear(say().commands.noOptions(flag.slice(0, 40), usage), example)
  if (name === '') return unclear(say().commands.nameMissing(verb, usage), example)
  if (name.length > NAME_LIMIT) {
    return unclear(say().commands.nameTooLong(NAME_LIMIT, name.length), example)
  }
  return undefined
}

function unknown(said: string, rest: readonly string[]): Unclear {
  const word = said.toLowerCase()
  const meant = VERBS.filter((verb) => COMMANDS[verb].aliases.some((alias) => alias === word)).slice(0, 2)
  const plan = rest.find((each) => !/^(?:--|—|–)/.test(each))
  const tries = meant.map((verb) =>
    MODES_ASKED.has(verb) && plan ? `${verb} ${bare(plan).slice(0, 100)}` : COMMANDS[verb].example,
  )
  if (meant.some((verb) => MODES_ASKED.has(verb))) {
    return unclear(say().commands.whichMode(said.slice(0, 40)), ...tries)
  }
  const close = meant.length > 0 ? tries : nearest(word, VERBS)
  return unclear(say().commands.unknown(said.slice(0, 40)), ...(close.length > 0 ? close : ['help']))
}

const MODES_ASKED: ReadonlySet<Verb> = new Set(['drill', 'failover'])

/** The words, quoted ones kept together, and the run they name ("run:01ABC"), wherever it stands. */
function wordsIn(text: string): { words: string[]; runs: string[] } {
  const words: string[] = []
  const runs = new Set<string>()
  // A quote that nobody closes is a letter like any other.
  for (const [word] of text.matchAll(/"[^"]*"|\S+/g)) {
    const run = /^[*_~`]*run:([^*~`]+?)[*_~`]*$/i.exec(word)?.[1]
    if (run) runs.add(run.slice(0, NAME_LIMIT))
    else words.push(word)
  }
  return { words, runs: [...runs] }
}

const unclear = (why: string, ...tries: string[]): Unclear => ({ kind: 'unclear', say: why, try: tries })
