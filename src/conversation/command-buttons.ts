import type { Plan } from '../domain/plan.ts'
import { SPOKEN_LIMIT } from './buttons.ts'
import type { Button, Card, Form } from './card.ts'
import { clip } from './in-words.ts'

/** A button that asks the same as the words. "…" in the label says that a dialog comes first. */
export const asking = (
  command: string,
  label: string,
  spoken: string,
  style: Button['style'] = 'plain',
): Button => ({
  label,
  spoken: clip(spoken, SPOKEN_LIMIT),
  style,
  rank: 'first',
  click: { command },
})

/** The two ways to start a plan. */
export const startButtons = ({ id, name }: Pick<Plan, 'id' | 'name'>): readonly Button[] => [
  asking(`drill ${id}`, '🟡 Start drill…', `Start a drill: ${name}`),
  asking(`failover ${id}`, '🔴 Start REAL failover…', `Start a REAL failover: ${name}`),
]

/** Where words cannot open a form: what it is about, and the button that opens it. */
export function formCard({ title, submit }: Pick<Form, 'title' | 'submit'>, command: string): Card {
  const text = `${title}: this takes a form.`
  return {
    text,
    tone: 'neutral',
    blocks: [
      { kind: 'text', text: [text] },
      {
        kind: 'buttons',
        buttons: [asking(command, 'Open the form…', `Open the form: ${submit}`, 'primary')],
      },
    ],
  }
}
