import { MODES, type Mode, type Place } from '../domain/execution.ts'
import type { Plan } from '../domain/plan.ts'
import type { Choice, Form } from './card.ts'
import { FIELDS, type Memory } from './forms.ts'
import { clip, code, MODE_WORDS } from './in-words.ts'

/** What Slack takes in the label of a choice, and how many of them in one menu. */
const LABEL_LIMIT = 75
const CHOICES_AT_MOST = 100

const MEANS = {
  drill: 'a rehearsal, production stays where it is',
  recovery: 'moves production',
} as const satisfies Record<Mode, string>

/** Asks which plan to start, and in which mode: neither is chosen beforehand. The preview comes after it. */
export function chooseForm(plans: readonly Plan[], places: readonly Place[]): Form {
  const memory: Memory = { form: 'choose', places: [...places] }
  const more = plans.length - CHOICES_AT_MOST
  return {
    title: 'Failover or drill',
    blocks: [
      { kind: 'text', text: ['Nothing starts yet: the next step shows what will happen.'] },
      ...(more > 0
        ? [
            {
              kind: 'note' as const,
              text: [`${more} more plans are started by name: `, code('drill <plan>')],
            },
          ]
        : []),
    ],
    fields: [
      {
        name: FIELDS.plan,
        label: 'Plan',
        required: true,
        multiline: false,
        choices: plans.slice(0, CHOICES_AT_MOST).map(planChoice),
      },
      {
        name: FIELDS.mode,
        label: 'Mode',
        required: true,
        multiline: false,
        choices: MODES.map((mode) => ({ value: mode, label: `${MODE_WORDS[mode]} – ${MEANS[mode]}` })),
      },
    ],
    submit: 'Show what happens',
    memory: JSON.stringify(memory),
  }
}

function planChoice({ id, name, missing }: Plan): Choice {
  const not = missing.length > 0 ? ' – ⚠️ inputs are missing' : ''
  return { value: id, label: `${clip(name, LABEL_LIMIT - not.length)}${not}` }
}
