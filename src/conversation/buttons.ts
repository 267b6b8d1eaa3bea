import { adoptable, cardDigest, offered } from '../domain/decide.ts'
import type { Execution } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import type { PersonEvent } from '../domain/transitions.ts'
import type { Button, TaskClick } from './card.ts'
import { clip } from './in-words.ts'

interface ButtonRow {
  /** Says the effect; "…" where a dialog asks for the reason first. */
  readonly label: string
  readonly style: Button['style']
  /** never: typed only. yields: moves to the overflow menu where the card has more than three buttons. */
  readonly place: 'always' | 'yields' | 'never'
}

export const BUTTONS = {
  approve: { label: 'Approve', style: 'primary', place: 'always' },
  reject: { label: 'Reject…', style: 'danger', place: 'always' },
  adopt: { label: 'Adopt', style: 'primary', place: 'always' },
  retry: { label: 'Retry', style: 'primary', place: 'always' },
  release: { label: 'Release', style: 'plain', place: 'never' },
  hold: { label: 'Hold', style: 'plain', place: 'never' },
  skip: { label: 'Skip task…', style: 'plain', place: 'yields' },
  abandon: { label: 'Abandon branch…', style: 'danger', place: 'yields' },
} as const satisfies Record<PersonEvent, ButtonRow>

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
    const { label, style, place } = BUTTONS[event]
    const click = clickOn(execution, task, event)
    const spoken = clip(`${label.replace('…', '')}: ${task.name}`, SPOKEN_LIMIT)
    const rank = crowded && place === 'yields' ? 'secondary' : 'first'
    if (event !== 'adopt') return [{ label, style, rank, spoken, click }]
    const work = adoptable(task).flatMap(([reference]) => reference ?? [])
    return work.slice(0, ADOPTED_AT_MOST).map((reference) => ({
      label: `${label} ${clip(reference, 40)}`,
      style,
      rank,
      spoken: clip(`${label} ${reference}: ${task.name}`, SPOKEN_LIMIT),
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
