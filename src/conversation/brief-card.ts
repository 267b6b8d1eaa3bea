import { type Execution, INCIDENT_ROLES, isFinished, statusOf } from '../domain/execution.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'
import type { Card, Rich } from './card.ts'
import { progress } from './headline-card.ts'
import {
  because,
  capital,
  clip,
  clockTime,
  code,
  HEADING_LIMIT,
  listed,
  MODE_WORDS,
  who,
} from './in-words.ts'
import { outcomeText } from './outcome-card.ts'
import { say } from './words/index.ts'

/** What somebody must know who comes into the room late, from the state of the run alone. */
export function briefCard(execution: Execution): Card {
  const words = say().cards.brief
  const { mode, plan, startedAt, startedBy, reason } = execution
  const heading = clip(`${MODE_WORDS[mode]} · ${words.heading(plan.name)}`, HEADING_LIMIT)
  const tasks = [...execution.tasks.values()]
  const now = isFinished(execution)
    ? outcomeText(execution)
    : `${say().core.runStatus[statusOf(execution)]}, ${progress(tasks)}`
  const runs = tasks.filter(({ status }) => status === 'IN_PROGRESS').map(({ name }) => clip(name, 80))
  const waits = tasks
    .filter((task) => waitsForPeople(execution, task))
    .map(({ name, status }) => `${clip(name, 80)} (${say().core.status[status]})`)
  const roles = INCIDENT_ROLES.map((role): readonly [string, Rich] => {
    const actor = execution.roles?.[role]
    return [capital(say().core.incidentRole[role]), [actor ? who(actor) : words.nobody]]
  })
  return {
    text: `${heading}. ${now}.`,
    tone: waits.length > 0 ? 'attention' : 'neutral',
    blocks: [
      { kind: 'heading', text: heading },
      {
        kind: 'facts',
        rows: [
          [words.mode, [words.means[mode]]],
          [words.started, [...words.startedBy(clockTime(startedAt), who(startedBy)), ...because(reason)]],
          [words.now, [now]],
          ...(runs.length > 0 ? [[words.running, [listed(runs)]] as const] : []),
          ...(waits.length > 0 ? [[words.waits, [listed(waits)]] as const] : []),
          ...roles,
        ],
      },
      {
        kind: 'note',
        text: words.note(code('/dr help')),
      },
    ],
  }
}
