import { MODES, type Place } from '../domain/execution.ts'
import type { Plan } from '../domain/plan.ts'
import type { Choice, Form } from './card.ts'
import { FIELDS, type Memory } from './forms.ts'
import { clip, code, MODE_WORDS } from './in-words.ts'
import { say } from './words/index.ts'

/** What Slack takes in the label of a choice, and how many of them in one menu. */
const LABEL_LIMIT = 75
const CHOICES_AT_MOST = 100

/** Asks which plan to start, and in which mode: neither is chosen beforehand. The preview comes after it. */
export function chooseForm(plans: readonly Plan[], places: readonly Place[]): Form {
  const memory: Memory = { form: 'choose', places: [...places] }
  const more = plans.length - CHOICES_AT_MOST
  const words = say().forms.choose
  return {
    title: words.title,
    blocks: [
      { kind: 'text', text: [words.nothingStarts] },
      ...(more > 0 ? [{ kind: 'note' as const, text: words.byName(more, code('drill <plan>')) }] : []),
    ],
    fields: [
      {
        name: FIELDS.plan,
        label: words.plan,
        required: true,
        multiline: false,
        choices: plans.slice(0, CHOICES_AT_MOST).map(planChoice),
      },
      {
        name: FIELDS.mode,
        label: words.mode,
        required: true,
        multiline: false,
        choices: MODES.map((mode) => ({ value: mode, label: `${MODE_WORDS[mode]} – ${words.means[mode]}` })),
      },
    ],
    submit: words.submit,
    memory: JSON.stringify(memory),
  }
}

function planChoice({ id, name, missing }: Plan): Choice {
  const not = missing.length > 0 ? say().forms.choose.inputsMissing : ''
  return { value: id, label: `${clip(name, LABEL_LIMIT - not.length)}${not}` }
}
