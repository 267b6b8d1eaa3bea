import { type Execution, INCIDENT_ROLES, isFinished, statusOf } from '../domain/execution.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'
import type { Card, Rich } from './card.ts'
import { capital, progress } from './headline-card.ts'
import {
  because,
  clip,
  clockTime,
  code,
  HEADING_LIMIT,
  INCIDENT_ROLE_WORDS,
  listed,
  MODE_WORDS,
  RUN_STATUS_WORDS,
  STATUS_WORDS,
  who,
} from './in-words.ts'
import { outcomeText } from './outcome-card.ts'

/** What somebody must know who comes into the room late, from the state of the run alone. */
export function briefCard(execution: Execution): Card {
  const { mode, plan, startedAt, startedBy, reason } = execution
  const heading = clip(`${MODE_WORDS[mode]} · ${plan.name}: what you must know`, HEADING_LIMIT)
  const tasks = [...execution.tasks.values()]
  const now = isFinished(execution)
    ? outcomeText(execution)
    : `${RUN_STATUS_WORDS[statusOf(execution)]}, ${progress(tasks)}`
  const runs = tasks.filter(({ status }) => status === 'IN_PROGRESS').map(({ name }) => clip(name, 80))
  const waits = tasks
    .filter((task) => waitsForPeople(execution, task))
    .map(({ name, status }) => `${clip(name, 80)} (${STATUS_WORDS[status]})`)
  const roles = INCIDENT_ROLES.map((role): readonly [string, Rich] => {
    const actor = execution.roles?.[role]
    return [capital(INCIDENT_ROLE_WORDS[role]), [actor ? who(actor) : 'nobody yet']]
  })
  return {
    text: `${heading}. ${now}.`,
    tone: waits.length > 0 ? 'attention' : 'neutral',
    blocks: [
      { kind: 'heading', text: heading },
      {
        kind: 'facts',
        rows: [
          [
            'Mode',
            [mode === 'recovery' ? 'this moves production for real' : 'a rehearsal, production stays'],
          ],
          ['Started', [clockTime(startedAt), ' by ', who(startedBy), ...because(reason)]],
          ['Now', [now]],
          ...(runs.length > 0 ? [['Running', [listed(runs)]] as const] : []),
          ...(waits.length > 0 ? [['Waits for people', [listed(waits)]] as const] : []),
          ...roles,
        ],
      },
      {
        kind: 'note',
        text: [
          'The pinned headline is always current; its thread has every step. ',
          code('/dr help'),
          ' has the commands.',
        ],
      },
    ],
  }
}
