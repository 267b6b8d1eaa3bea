import type { Block, Card, Field, Form } from '../../conversation/card.ts'
import { clip } from '../../conversation/in-words.ts'
import { execute, VERBS } from './actions.ts'
import { LIMITS } from './limits.ts'
import { type AdaptiveCard, type Element, renderCard } from './render.ts'
import { plainRun } from './rich.ts'

export interface Entered {
  /** What is wrong, by field. */
  readonly errors?: { readonly [field: string]: string }
  readonly values?: { readonly [field: string]: string }
}

/** What comes back with whatever is pressed on the form. */
export interface FormMemory {
  readonly memory: string
  readonly seal: string
  /** The run whose card it stands in place of. */
  readonly run?: string
}

/** A form in place of the card it was asked from, or as an answer of its own. */
export function renderForm(
  form: Form,
  remembered: FormMemory,
  { errors = {}, values = {} }: Entered = {},
): AdaptiveCard {
  const { run } = remembered
  const fields = form.fields.flatMap((field) => fieldElements(field, errors[field.name], values[field.name]))
  const first: Block[] = form.blocks[0]?.kind === 'heading' ? [] : [{ kind: 'heading', text: form.title }]
  const actions = [
    execute(form.submit, VERBS.form, { ...remembered }, { style: 'positive' }),
    execute('Back', VERBS.back, run === undefined ? {} : { run }, { associatedInputs: 'none' }),
  ]
  const card: Card = { text: form.title, tone: 'neutral', blocks: [...first, ...form.blocks] }
  return renderCard(card, [...fields, { type: 'ActionSet', actions }])
}

/** An answer in place of the card it was asked from: only the one who asked sees it, and it leads back. */
export function renderAnswer(card: Card, run?: string): AdaptiveCard {
  const back = execute('Back', VERBS.back, run === undefined ? {} : { run }, { associatedInputs: 'none' })
  return renderCard(card, [{ type: 'ActionSet', actions: [back] }])
}

function fieldElements(field: Field, error: string | undefined, value: string | undefined): Element[] {
  const { hint } = field
  return [
    inputOf(field, value),
    ...(hint ? [said(hint, 'hint')] : []),
    ...(error ? [said(`⚠ ${error}`, 'error')] : []),
  ]
}

function inputOf(
  { name, label, required, multiline, placeholder, choices }: Field,
  value: string | undefined,
): Element {
  const common = {
    id: name,
    label: clip(label, LIMITS.label),
    isRequired: required,
    ...(required && { errorMessage: clip(`Needed: ${label}`, LIMITS.label) }),
    ...(placeholder && { placeholder: clip(placeholder, LIMITS.label) }),
    ...(value && { value }),
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

const said = (text: string, as: 'hint' | 'error'): Element => ({
  type: 'RichTextBlock',
  spacing: 'Small',
  inlines: [
    plainRun(
      text,
      as === 'error' ? { color: 'Attention', weight: 'Bolder' } : { size: 'Small', isSubtle: true },
    ),
  ],
})
