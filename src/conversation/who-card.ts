import type { Execution } from '../domain/execution.ts'
import { INCIDENT_ROLES } from '../domain/execution.ts'
import type { Block, Card, Rich } from './card.ts'
import { clip, HEADING_LIMIT, INCIDENT_ROLE_WORDS, MODE_WORDS, strong, who } from './in-words.ts'

/** Somebody by name, at hand or not. */
export interface Somebody {
  readonly id: string
  readonly name: string
  readonly state: 'active' | 'away' | 'unknown'
}
export interface WhoIsWho {
  readonly onCall: readonly Somebody[] | undefined
  readonly operators: readonly Somebody[] | undefined
  readonly approvers: readonly Somebody[] | undefined
}

/** Who leads, who is on call, and who may decide, with who of them is at hand. */
export function whoCard(execution: Execution, { onCall, operators, approvers }: WhoIsWho): Card {
  const heading = clip(`${MODE_WORDS[execution.mode]} · ${execution.plan.name}: who is who`, HEADING_LIMIT)
  const rows: (readonly [string, Rich])[] = [
    ['Started by', [who(execution.startedBy)]],
    ...INCIDENT_ROLES.map((role) => {
      const has = execution.roles?.[role]
      return [capital(INCIDENT_ROLE_WORDS[role]), has ? [who(has)] : ['nobody yet']] as const
    }),
    ['On call', inWords(onCall)],
    ['May approve', inWords(approvers)],
    ['May retry, skip, abandon', inWords(operators)],
  ]
  const isTold = [onCall, operators, approvers].some((some) => some?.some(({ state }) => state !== 'unknown'))
  const blocks: Block[] = [
    { kind: 'heading', text: heading },
    { kind: 'facts', rows },
    ...(isTold ? [{ kind: 'note' as const, text: [strong('●'), ' at hand now, ○ away'] }] : []),
  ]
  return { text: heading, tone: 'neutral', blocks }
}

const SHOWN = 10
const SIGNS = { active: '● ', away: '○ ', unknown: '' } as const

function inWords(people: readonly Somebody[] | undefined): Rich {
  if (!people) return ['not known at the moment']
  if (people.length === 0) return ['nobody by name']
  const shown = people
    .slice(0, SHOWN)
    .map(({ name, state }) => `${SIGNS[state]}${clip(name, 60)}`)
    .join(', ')
  return [people.length > SHOWN ? `${shown} and ${people.length - SHOWN} more` : shown]
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
