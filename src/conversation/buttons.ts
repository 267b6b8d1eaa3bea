import { adoptable, cardDigest, offered } from '../domain/decide.ts'
import type { Execution } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import type { PersonEvent } from '../domain/transitions.ts'
import type { Button, TaskClick } from './card.ts'
import { clip } from './in-words.ts'
import { say } from './words/index.ts'

interface ButtonRow {
  readonly style: Button['style']
  /** never: typed only. yields: moves to the overflow menu where the card has more than three buttons. */
  readonly place: 'always' | 'yields' | 'never'
}

const BUTTONS = {
  approve: { style: 'primary', place: 'always' },
  reject: { style: 'danger', place: 'always' },
  adopt: { style: 'primary', place: 'always' },
  retry: { style: 'primary', place: 'always' },
  release: { style: 'plain', place: 'never' },
  hold: { style: 'plain', place: 'never' },
  skip: { style: 'plain', place: 'yields' },
  abandon: { style: 'danger', place: 'yields' },
} as const satisfies Record<PersonEvent, ButtonRow>

/** Says the effect; "…" where a dialog asks for the reason first. */
export const labelOf = (event: PersonEvent): string => say().cards.button[event]

/** The same where no dialog follows: in a dialog itself, in a list, for a screen reader. */
export const actionOf = (event: PersonEvent): string => labelOf(event).replace('…', '')

/** Screen readers cut a label off after this many characters (Slack's accessibility_label). */
export const SPOKEN_LIMIT = 75
/** More side by side and people press the wrong one in haste. */
const FIRST_AT_MOST = 3
/** Where an attempt may have started more than that, the others are adopted by typing. */
const ADOPTED_AT_MOST = 3

/** What people may ask of the task as it stands: the table's row, drawn. */
export function buttonsFor(execution: Execution, task: Task): Button[] {
  if (execution.cancelled) return []
  const events = offered(task).filter((event) => BUTTONS[event].place !== 'never')
  const crowded = events.length > FIRST_AT_MOST
  return events.flatMap((event): Button[] => {
    const { style, place } = BUTTONS[event]
    const { spoken, adopt, spokenAdopt } = say().cards
    const click = clickOn(execution, task, event)
    const rank = crowded && place === 'yields' ? 'secondary' : 'first'
    if (event !== 'adopt') {
      const heard = clip(spoken(actionOf(event), task.name), SPOKEN_LIMIT)
      return [{ label: labelOf(event), style, rank, spoken: heard, click }]
    }
    const work = adoptable(task).flatMap(([reference]) => reference ?? [])
    return work.slice(0, ADOPTED_AT_MOST).map((reference) => ({
      label: adopt(clip(reference, 40)),
      style,
      rank,
      spoken: clip(spokenAdopt(reference, task.name), SPOKEN_LIMIT),
      click: { ...click, reference },
    }))
  })
}

/** What the button carries: the decision, and the attempt and approval that its card shows. */
export const clickOn = (execution: Execution, task: Task, asks: PersonEvent): TaskClick => ({
  execution: execution.id,
  task: task.id,
  attempt: task.attempt,
  asks,
  digest: cardDigest(execution, task),
})
