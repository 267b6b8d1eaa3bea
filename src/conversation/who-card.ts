import type { Execution } from '../domain/execution.ts'
import { INCIDENT_ROLES } from '../domain/execution.ts'
import type { Block, Card, Rich } from './card.ts'
import { capital, clip, HEADING_LIMIT, MODE_WORDS, strong, who } from './in-words.ts'
import { say } from './words/index.ts'

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
  const words = say().overview.who
  const heading = clip(words.heading(`${MODE_WORDS[execution.mode]} · ${execution.plan.name}`), HEADING_LIMIT)
  const rows: (readonly [string, Rich])[] = [
    [words.startedBy, [who(execution.startedBy)]],
    ...INCIDENT_ROLES.map((role) => {
      const has = execution.roles?.[role]
      return [capital(say().core.incidentRole[role]), has ? [who(has)] : [words.nobodyYet]] as const
    }),
    [words.onCall, inWords(onCall)],
    [words.mayApprove, inWords(approvers)],
    [words.mayOperate, inWords(operators)],
  ]
  const isTold = [onCall, operators, approvers].some((some) => some?.some(({ state }) => state !== 'unknown'))
  const blocks: Block[] = [
    { kind: 'heading', text: heading },
    { kind: 'facts', rows },
    ...(isTold ? [{ kind: 'note' as const, text: words.signs(strong('●')) }] : []),
  ]
  return { text: heading, tone: 'neutral', blocks }
}

const SHOWN = 10
const SIGNS = { active: '● ', away: '○ ', unknown: '' } as const

function inWords(people: readonly Somebody[] | undefined): Rich {
  if (!people) return [say().overview.who.unknown]
  if (people.length === 0) return [say().overview.who.nobody]
  const shown = people
    .slice(0, SHOWN)
    .map(({ name, state }) => `${SIGNS[state]}${clip(name, 60)}`)
    .join(', ')
  return [people.length > SHOWN ? say().core.andMore(shown, people.length - SHOWN) : shown]
}
