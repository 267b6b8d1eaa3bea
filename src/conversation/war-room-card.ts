import { type Execution, INCIDENT_ROLES, type IncidentRole, isFinished } from '../domain/execution.ts'
import type { Button, Card, Rich } from './card.ts'
import { asking } from './command-buttons.ts'
import { capital, clip, HEADING_LIMIT, MODE_WORDS, who } from './in-words.ts'
import { say } from './words/index.ts'

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
  const words = say().room.panel
  const heading = clip(`${MODE_WORDS[execution.mode]} · ${words.heading(execution.plan.name)}`, HEADING_LIMIT)
  const rows = INCIDENT_ROLES.map(
    (role) => [capital(say().core.incidentRole[role]), holder(execution, role)] as const,
  )
  const { room } = execution
  const said: Rich = room?.closed ? words.closed(who(room.closed.by)) : [words.howToNote]
  const buttons = room?.closed ? [] : buttonsOf(execution)
  return {
    text: `${heading}. ${INCIDENT_ROLES.map((role) => `${say().core.incidentRole[role]}: ${execution.roles?.[role]?.name ?? words.nobody}`).join(', ')}.`,
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
  const words = say().room.notice
  const { line, spoken } = whereabouts(channel, isArchived)
  return {
    text: [spoken, ...troubles].join(' '),
    tone: troubles.length > 0 ? 'attention' : 'neutral',
    blocks: [
      { kind: 'text', text: line },
      ...troubles.map((trouble) => ({
        kind: 'text' as const,
        text: [words.trouble(trouble)],
      })),
    ],
  }
}

function whereabouts(
  channel: StandingRoom['channel'],
  isArchived: boolean,
): { readonly line: Rich; readonly spoken: string } {
  const words = say().room.notice
  if (!channel) return { line: [words.missing], spoken: words.missingSpoken }
  const room = { kind: 'channel' as const, ...channel }
  return isArchived
    ? { line: words.archived(room), spoken: words.archivedSpoken(channel.name) }
    : { line: words.open(room), spoken: words.openSpoken(channel.name) }
}

/** What somebody does who has just taken the role, for them alone. */
export function dutiesCard(execution: Execution, role: IncidentRole): Card {
  const { holds, duties } = say().room
  const text = holds[role](execution.plan.name, MODE_WORDS[execution.mode])
  return {
    text,
    tone: 'attention',
    blocks: [
      { kind: 'heading', text: clip(text, HEADING_LIMIT) },
      { kind: 'list', items: duties[role].map((duty) => [duty]) },
    ],
  }
}

const holder = ({ roles }: Execution, role: IncidentRole): Rich => {
  const actor = roles?.[role]
  return [actor ? who(actor) : say().room.panel.nobody]
}

/** Whoever takes a role takes it over: a button cannot know who will press it. Each asks what its words would. */
function buttonsOf(execution: Execution): Button[] {
  const { id, roles } = execution
  const words = say().room.panel
  const button = (command: string, label: string, style: Button['style'] = 'plain') =>
    asking(`${command} run:${id}`, label, label, style)
  const roleButtons = INCIDENT_ROLES.flatMap((role): Button[] => {
    const take = `role ${role}`
    if (!roles?.[role]) return [button(take, words.take[role], 'primary')]
    return [button(take, words.takeOver[role]), button(`${take} none`, words.giveBack[role])]
  })
  return isFinished(execution) ? [...roleButtons, button('room close', words.close)] : roleButtons
}
