import { type Execution, INCIDENT_ROLES, type IncidentRole, isFinished } from '../domain/execution.ts'
import type { Button, Card, Rich } from './card.ts'
import { asking } from './command-buttons.ts'
import { capital } from './headline-card.ts'
import { clip, HEADING_LIMIT, INCIDENT_ROLE_WORDS, MODE_WORDS, who } from './in-words.ts'

/** A room as the chat has it. */
export interface StandingRoom {
  readonly channel?: { readonly platform: string; readonly id: string; readonly name: string }
  /** It was closed, and the chat has put it away. */
  readonly isArchived: boolean
  /** What could not be done for it, a sentence each. */
  readonly troubles: readonly string[]
}

/** Who does what in the room, and the buttons to take it over. */
export function warRoomCard(execution: Execution, { troubles }: StandingRoom): Card {
  const heading = clip(`${MODE_WORDS[execution.mode]} · War room of ${execution.plan.name}`, HEADING_LIMIT)
  const rows = INCIDENT_ROLES.map(
    (role) => [capital(INCIDENT_ROLE_WORDS[role]), holder(execution, role)] as const,
  )
  const { room } = execution
  const said: Rich = room?.closed
    ? ['Closed by ', who(room.closed.by), '. It is archived once everything is told here.']
    : ['Mark a message with 📌 or 📝 and it is a note of the run.']
  const buttons = room?.closed ? [] : buttonsOf(execution)
  return {
    text: `${heading}. ${INCIDENT_ROLES.map((role) => `${INCIDENT_ROLE_WORDS[role]}: ${execution.roles?.[role]?.name ?? NOBODY}`).join(', ')}.`,
    tone: 'neutral',
    blocks: [
      { kind: 'heading', text: heading },
      { kind: 'facts', rows },
      ...troubles.map((trouble) => ({ kind: 'text' as const, text: [`⚠️ ${trouble}`] })),
      ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
      { kind: 'note', text: said },
    ],
  }
}

/** For the thread where the run began: where its room is, and what is wrong with it. */
export function roomNoticeCard({ channel, isArchived, troubles }: StandingRoom): Card {
  const name: Rich = channel ? [{ kind: 'channel', ...channel }] : []
  const line: Rich = !channel
    ? ['🚪 The war room is not there yet.']
    : isArchived
      ? ['🚪 The war room ', ...name, ' is closed and archived.']
      : ['🚪 War room: ', ...name]
  return {
    text: `${channel ? `War room #${channel.name}${isArchived ? ' is closed' : ''}` : 'The war room is not there yet'}. ${troubles.join(' ')}`.trim(),
    tone: troubles.length > 0 ? 'attention' : 'neutral',
    blocks: [
      { kind: 'text', text: line },
      ...troubles.map((trouble) => ({
        kind: 'text' as const,
        text: [`⚠️ ${trouble} The run goes on all the same.`],
      })),
    ],
  }
}

/** What somebody does who has just taken the role, for them alone. */
export function dutiesCard(execution: Execution, role: IncidentRole): Card {
  const text = `You are ${INCIDENT_ROLE_WORDS[role]} of ${execution.plan.name} (${MODE_WORDS[execution.mode]}).`
  return {
    text,
    tone: 'attention',
    blocks: [
      { kind: 'heading', text: clip(text, HEADING_LIMIT) },
      { kind: 'list', items: DUTIES[role].map((duty) => [duty]) },
    ],
  }
}

const DUTIES = {
  commander: [
    'You lead; you do not repair. Ask people by name, and ask for an answer.',
    'Watch what waits: approvals and failures stand in the room with their buttons.',
    'Watch the forecast against the objective in the headline; say early when it will be missed.',
    'Keep decisions in the room: “/dr note we stay in the west tonight” puts one on record.',
    'Hand over aloud: whoever takes command presses Take command, and you are told.',
  ],
  scribe: [
    'You keep the record, so that nobody else has to.',
    'The run’s own steps and decisions are on record already: write down why, and what is not seen here.',
    '“/dr note …” writes a note; 📌 or 📝 on a message keeps that message.',
    'Note who was told outside, and when.',
    'Hand over aloud: whoever follows presses Take scribe.',
  ],
} as const satisfies Record<IncidentRole, readonly string[]>

const NOBODY = 'nobody yet'

const holder = ({ roles }: Execution, role: IncidentRole): Rich => {
  const actor = roles?.[role]
  return [actor ? who(actor) : NOBODY]
}

/** Whoever takes a role takes it over: a button cannot know who will press it. Each asks what its words would. */
function buttonsOf(execution: Execution): Button[] {
  const { id, roles } = execution
  const button = (command: string, label: string, style: Button['style'] = 'plain') =>
    asking(`${command} run:${id}`, label, label, style)
  const roleButtons = INCIDENT_ROLES.flatMap((role): Button[] => {
    const take = `role ${role}`
    if (!roles?.[role]) return [button(take, `Take ${TAKEN[role]}`, 'primary')]
    return [button(take, `Take over ${TAKEN[role]}`), button(`${take} none`, `Give back ${TAKEN[role]}`)]
  })
  return isFinished(execution) ? [...roleButtons, button('room close', 'Close room')] : roleButtons
}

const TAKEN = { commander: 'command', scribe: 'scribe' } as const satisfies Record<IncidentRole, string>
