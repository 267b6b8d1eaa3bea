import { INCIDENT_ROLES, type IncidentRole } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Unclear } from './commands.ts'
import { bare } from './spoken-text.ts'
import { say } from './words/index.ts'

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
    example: 'note customers were told at 15:00',
    aliases: ['log', 'record', 'write', 'timeline'],
  },
  room: { usage: 'room [close]', example: 'room', aliases: ['war-room', 'warroom', 'channel'] },
  role: {
    usage: 'role commander|scribe [@somebody|none]',
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
  const unclear = (why: string): Unclear => ({ kind: 'unclear', say: why, try: [example] })
  const words = say().commands
  const [first = '', second] = rest.map((word) => bare(word).toLowerCase())
  switch (verb) {
    case 'note': {
      const said = rest.join(' ')
      return said === '' ? unclear(words.emptyNote(usage)) : { ...talk, asks: 'note', text: said }
    }
    case 'room':
      if (first === '' || first === 'open') return { ...talk, asks: 'open-room' }
      return first === 'close'
        ? { ...talk, asks: 'close-room' }
        : unclear(words.notToRoom(first.slice(0, 40), usage))
    case 'role': {
      const role = INCIDENT_ROLES.find((name) => name === first)
      if (!role) return unclear(words.roles(INCIDENT_ROLES, usage))
      if (second === undefined || second === 'me') return { ...talk, asks: 'assign', role, to: 'me' }
      if (second === 'none' || second === 'nobody') return { ...talk, asks: 'assign', role, to: 'nobody' }
      const to = mentioned(text)
      if (!to) return unclear(words.unknownPerson(second.slice(0, 40), usage))
      return { ...talk, asks: 'assign', role, to }
    }
  }
}

/** Whom the words mention, not counting ourselves in front of them. */
function mentioned(text: string): { id: string; name: string } | undefined {
  const said = text.replace(/^(?:\s*<@[^>]*>)+/, '')
  const [, id, name] = /<@([A-Za-z0-9-]+)(?:\|([^>]*))?>/.exec(said) ?? []
  return id === undefined ? undefined : { id, name: name || id }
}
