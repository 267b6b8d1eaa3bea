import type { Block, Card, Field, Form } from '../../conversation/card.ts'
import { clip } from '../../conversation/in-words.ts'
import { say } from '../../conversation/words/index.ts'
import { type Execute, execute, VERBS } from './actions.ts'
import { LIMITS } from './limits.ts'
import { type AdaptiveCard, type Element, renderCard } from './render.ts'
import { plainRun } from './rich.ts'

/** What comes back with whatever is pressed on the form. */
export interface FormMemory {
  readonly memory: string
  readonly seal: string
  /** The run whose card it stands in place of. */
  readonly run?: string
  /** It is a message of its own, and not in place of a card. */
  readonly own?: true
  /** One person alone sees that message. */
  readonly alone?: true
}

/** A form in place of the card it was asked from, or as an answer of its own. */
export function renderForm(form: Form, remembered: FormMemory): AdaptiveCard {
  const { run } = remembered
  const fields = form.fields.flatMap((field) => [inputOf(field), ...(field.hint ? [hint(field.hint)] : [])])
  const first: Block[] = form.blocks[0]?.kind === 'heading' ? [] : [{ kind: 'heading', text: form.title }]
  const actions = [execute(form.submit, VERBS.form, { ...remembered }, { style: 'positive' }), backTo(run)]
  const card: Card = { text: form.title, tone: 'neutral', blocks: [...first, ...form.blocks] }
  return renderCard(card, [...fields, { type: 'ActionSet', actions }])
}

/** An answer in place of the card it was asked from: only the one who asked sees it, and it leads back. */
export function renderAnswer(card: Card, run?: string): AdaptiveCard {
  return renderCard(card, [{ type: 'ActionSet', actions: [backTo(run)] }])
}

const backTo = (run: string | undefined): Execute =>
  execute(say().answers.teams.back, VERBS.back, run === undefined ? {} : { run }, {
    associatedInputs: 'none',
  })

function inputOf({ name, label, required, multiline, placeholder, choices }: Field): Element {
  const common = {
    id: name,
    label: clip(label, LIMITS.label),
    isRequired: required,
    ...(required && { errorMessage: clip(say().answers.teams.needed(label), LIMITS.label) }),
    ...(placeholder && { placeholder: clip(placeholder, LIMITS.label) }),
  }
  if (!choices) return { type: 'Input.Text', isMultiline: multiline, maxLength: LIMITS.inputText, ...common }
  // Many long names would not fit into one card.
  const most = choices.length > LIMITS.choicesInSight ? LIMITS.menuLabel : LIMITS.choiceLabel
  const shown = choices.slice(0, LIMITS.choices).map(({ label, value }) => ({
    // Some clients read Markdown there.
    title: plainRun(clip(label, most)).text.replaceAll('](', '] ('),
    value,
  }))
  const style = shown.length <= LIMITS.choicesInSight ? 'expanded' : 'compact'
  return { type: 'Input.ChoiceSet', style, choices: shown, ...common }
}

const hint = (text: string): Element => ({
  type: 'RichTextBlock',
  spacing: 'Small',
  inlines: [plainRun(text, { size: 'Small', isSubtle: true })],
})
