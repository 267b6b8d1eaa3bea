import { INCIDENT_ROLES, type IncidentRole } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Unclear } from './commands.ts'
import { bare } from './spoken-text.ts'

/** Something that is said about a run, and changes nothing of what runs. */
export type TalkCommand = { readonly kind: 'talk'; readonly run?: string } & (
  | { readonly asks: 'note'; readonly text: string }
  | { readonly asks: 'open-room' | 'close-room' }
  | {
      readonly asks: 'assign'
      readonly role: IncidentRole
      /** Somebody by their id on the platform that the command came from. */
      readonly to: 'me' | 'nobody' | { readonly id: string; readonly name: string }
    }
)

export const TALK_COMMANDS = {
  note: {
    usage: 'note <text>',
    does: 'Puts a note into the timeline.',
    example: 'note customers were told at 15:00',
    aliases: ['log', 'record', 'write', 'timeline'],
  },
  room: {
    usage: 'room [close]',
    does: 'Gives the run a war room; once it has ended, closes it.',
    example: 'room',
    aliases: ['war-room', 'warroom', 'channel'],
  },
  role: {
    usage: 'role commander|scribe [@somebody|none]',
    does: 'Takes a role of the incident, hands it over or gives it back.',
    example: 'role commander',
    aliases: ['roles', 'assign', 'take', 'commander', 'scribe', 'handover'],
  },
} as const

export type TalkVerb = keyof typeof TALK_COMMANDS
export const isTalkVerb = (verb: string): verb is TalkVerb => verb in TALK_COMMANDS

/** `text` is the command as it came: only there a mention still says who is meant. */
export function talkCommand(
  verb: TalkVerb,
  rest: readonly string[],
  run: string | undefined,
  text: string,
): TalkCommand | Unclear {
  const talk = { kind: 'talk', ...optional('run', run) } as const
  const { usage, example } = TALK_COMMANDS[verb]
  const unclear = (say: string): Unclear => ({
    kind: 'unclear',
    say: `${say} Usage: ${usage}.`,
    try: [example],
  })
  const [first = '', second] = rest.map((word) => bare(word).toLowerCase())
  switch (verb) {
    case 'note': {
      const said = rest.join(' ')
      return said === '' ? unclear('A note needs some words.') : { ...talk, asks: 'note', text: said }
    }
    case 'room':
      if (first === '' || first === 'open') return { ...talk, asks: 'open-room' }
      return first === 'close'
        ? { ...talk, asks: 'close-room' }
        : unclear(`I cannot ${first.slice(0, 40)} a room.`)
    case 'role': {
      const role = INCIDENT_ROLES.find((name) => name === first)
      if (!role) return unclear(`The roles are ${INCIDENT_ROLES.join(' and ')}.`)
      if (second === undefined || second === 'me') return { ...talk, asks: 'assign', role, to: 'me' }
      if (second === 'none' || second === 'nobody') return { ...talk, asks: 'assign', role, to: 'nobody' }
      const to = mentioned(text)
      if (!to) return unclear(`I do not know “${second.slice(0, 40)}”. Mention somebody, e.g. @olive.`)
      return { ...talk, asks: 'assign', role, to }
    }
  }
}

/** Whom the words mention, not counting ourselves in front of them. */
function mentioned(text: string): { id: string; name: string } | undefined {
  const said = text.replace(/^(?:\s*<@[^>]*>)+/, '')
  const [, id, name] = /<@([A-Za-z0-9]+)(?:\|([^>]*))?>/.exec(said) ?? []
  return id === undefined ? undefined : { id, name: name || id }
}
