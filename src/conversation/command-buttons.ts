import type { Plan } from '../domain/plan.ts'
import { SPOKEN_LIMIT } from './buttons.ts'
import type { Button, Card, Form } from './card.ts'
import { clip } from './in-words.ts'
import { say } from './words/index.ts'

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
export function startButtons({ id, name }: Pick<Plan, 'id' | 'name'>): readonly Button[] {
  const { drill, spokenDrill, failover, spokenFailover } = say().forms.button
  return [
    asking(`drill ${id}`, drill, spokenDrill(name)),
    asking(`failover ${id}`, failover, spokenFailover(name)),
  ]
}

/** Where words cannot open a form: what it is about, and the button that opens it. */
export function formCard({ title, submit }: Pick<Form, 'title' | 'submit'>, command: string): Card {
  const { takesForm, button } = say().forms
  const text = takesForm(title)
  return {
    text,
    tone: 'neutral',
    blocks: [
      { kind: 'text', text: [text] },
      {
        kind: 'buttons',
        buttons: [asking(command, button.open, button.spokenOpen(submit), 'primary')],
      },
    ],
  }
}
