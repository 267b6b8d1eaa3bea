import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FormMemory, renderAnswer, renderForm } from '../../../src/adapters/teams/form.ts'
import { sealing } from '../../../src/adapters/teams/seal.ts'
import type { Form } from '../../../src/conversation/card.ts'
import { chooseForm } from '../../../src/conversation/choose-form.ts'
import { parseMemory, reasonForm, startForm } from '../../../src/conversation/forms.ts'
import { noticeCard } from '../../../src/conversation/help-card.ts'
import { executionId } from '../../../src/domain/execution.ts'
import { requirementFor } from '../../../src/domain/gate-rules.ts'
import type { Plan } from '../../../src/domain/plan.ts'
import { atGate, failedDns, PLAN, the } from '../../conversation/payments.ts'
import { actionsIn, elementsIn, inTeams, meant } from '../as-read.ts'
import { expectSound } from './parsed.ts'

const seal = sealing('a secret of this test')
const remember = ({ memory }: Form, run?: string): FormMemory => ({
  ...{ memory, seal: seal.of(memory) },
  ...(run === undefined ? {} : { run }),
})
const drawn = (form: Form) => renderForm(form, remember(form, '01RUN'))

const starting = (mode: 'drill' | 'recovery', plan: Plan = PLAN): Form =>
  startForm({
    ...{ plan, mode, id: executionId.parse('01NEW'), describe: ({ type }) => type },
    places: [{ platform: 'teams', channel: '19:x@thread.tacv2' }],
    gates: [
      {
        name: 'Go for DNS',
        requirement: requirementFor([], { plan: 'payments', id: 'gate', mode }),
        isFeasible: false,
        people: { all: ['Ann'], active: 1 },
      },
    ],
  })
const NOW = new Date('2026-11-23T14:10:00.000Z')
const why = (asks: 'skip' | 'abandon' | 'reject' | 'cancel') => {
  const [run, task] = asks === 'reject' ? [atGate(), 'gate'] : [failedDns(), 'dns']
  return reasonForm(run, asks === 'cancel' ? undefined : the(run, task), asks, { now: NOW })
}
const plans = (number: number, name = 'Plan'): Plan[] =>
  Array.from({ length: number }, (_, at) => ({ ...PLAN, id: `plan-${at}`, name: `${name} ${at}` }))

const FORMS: readonly (readonly [name: string, form: Form])[] = [
  ['start of a drill', starting('drill')],
  ['start of a real failover', starting('recovery')],
  ['why it is skipped', why('skip')],
  ['why a branch is abandoned', why('abandon')],
  ['why it is rejected', why('reject')],
  ['why the run is cancelled', why('cancel')],
  ['choice of a few plans', chooseForm(plans(3), [])],
  ['choice of many plans', chooseForm(plans(100), [])],
]

const inputsIn = (card: ReturnType<typeof renderForm>) =>
  elementsIn(card.body).flatMap((element) =>
    element.type === 'Input.Text' || element.type === 'Input.ChoiceSet' ? [element] : [],
  )

describe.each(FORMS)('the form: %s', (_, form) => {
  test('is one that Teams takes', () => expectSound(drawn(form)))

  test('says all that it says, and nothing of what it remembers', () => {
    const { lines } = inTeams(drawn(form))
    const said = meant({ text: '', tone: 'neutral', blocks: form.blocks }).lines
    const hints = form.fields.flatMap(({ hint }) => hint ?? [])
    const title = form.blocks[0]?.kind === 'heading' ? [] : [form.title]
    expect(lines).toEqual([...title, ...said, ...hints])
    const { seal: sealed, memory } = remember(form)
    for (const unseen of [memory, sealed, ...[...memory.matchAll(/"([\w-]{9,})"/g)].map(([, part]) => part)])
      expect(lines.join('\n')).not.toContain(unseen)
  })

  test('asks for each field by its label, and says so where it is needed', () => {
    const inputs = inputsIn(drawn(form))
    expect(inputs.map(({ id, label, isRequired }) => [id, label, isRequired])).toEqual(
      form.fields.map(({ name, label, required }) => [name, label, required]),
    )
    for (const { isRequired, errorMessage, label } of inputs)
      expect(errorMessage).toEqual(isRequired ? `Needed: ${label}` : undefined)
  })

  test('gives back what it remembers, sealed, and Back gives no inputs', () => {
    const [submit, back, ...others] = actionsIn(drawn(form).body)
    expect(others).toEqual([])
    expect(submit).toMatchObject({ title: form.submit, verb: 'form', style: 'positive' })
    expect(submit?.data).toEqual({ lifeboat: { verb: 'form', ...remember(form, '01RUN') } })
    expect(submit?.associatedInputs).toBeUndefined()
    expect(seal.fits(form.memory, String(submit?.data.lifeboat.seal))).toBe(true)
    expect(parseMemory(String(submit?.data.lifeboat.memory))).toEqual(parseMemory(form.memory))
    expect(back).toMatchObject({ title: 'Back', verb: 'back', associatedInputs: 'none' })
    expect(back?.fallback).toMatchObject({ type: 'Action.Submit', associatedInputs: 'none' })
    expect(back?.data).toEqual({ lifeboat: { verb: 'back', run: '01RUN' } })
  })
})

test('a reason is typed in several lines and a name in one, each up to what is kept', () => {
  expect(inputsIn(drawn(starting('recovery')))).toMatchObject([
    { type: 'Input.Text', id: 'plan-name', isMultiline: false, maxLength: 3_000, placeholder: 'Payments' },
    { type: 'Input.Text', id: 'reason', isMultiline: true, maxLength: 3_000 },
  ])
})

test.each([
  [2, 'expanded'],
  [5, 'expanded'],
  [6, 'compact'],
  [100, 'compact'],
])('%i plans are shown %s', (number, style) => {
  const [plan, mode] = inputsIn(drawn(chooseForm(plans(number), [])))
  expect(plan).toMatchObject({ type: 'Input.ChoiceSet', style })
  expect(plan?.choices).toEqual(plans(number).map(({ id, name }) => ({ title: name, value: id })))
  expect(mode).toMatchObject({ style: 'expanded' })
})

test('only what is asked first is the mode; nothing is chosen beforehand', () => {
  for (const { value } of inputsIn(drawn(chooseForm(plans(3), [])))) expect(value).toBeUndefined()
})

test.each([
  ['Latin', 'x'],
  ['Chinese', '支'],
])('a hundred plans of long names fit (%s)', (_, letter) => {
  const all = plans(100, letter.repeat(150)).map((plan, at) => ({ ...plan, id: `${'p'.repeat(60)}-${at}` }))
  const card = drawn(chooseForm(all, []))
  expectSound(card)
  expect(actionsIn(card.body).map(({ title }) => title)).toEqual(['Show what happens', 'Back'])
})

test('the longest memory and plan still fit, and what is pressed stays', () => {
  const long = {
    ...PLAN,
    tasks: PLAN.tasks.map((task) => ({ ...task, name: '支'.repeat(300) })),
  }
  const form = { ...starting('recovery', long), memory: '"'.repeat(2_900) }
  const card = drawn(form)
  expectSound(card)
  expect(actionsIn(card.body)[0]?.data.lifeboat.memory).toBe(form.memory)
})

test('a form of its own leads back to nothing in particular', () => {
  const form = why('skip')
  const [submit, back] = actionsIn(renderForm(form, remember(form)).body)
  expect(submit?.data.lifeboat).not.toHaveProperty('run')
  expect(back?.data).toEqual({ lifeboat: { verb: 'back' } })
})

test.each(['01RUN', undefined])('an answer in place of a card (of %s) leads back to it', (run) => {
  const card = renderAnswer(noticeCard('Not now.'), run)
  expectSound(card)
  expect(inTeams(card).lines).toEqual(['Not now.'])
  const lifeboat = { verb: 'back', ...(run !== undefined && { run }) }
  expect(actionsIn(card.body)).toMatchObject([
    { title: 'Back', data: { lifeboat }, associatedInputs: 'none' },
  ])
})

/** Microsoft's own renderer reads Markdown and times in what stands beside a radio button. */
test('the name of a plan makes neither a link nor a time where it can be chosen', () => {
  const parts = [
    'Pay',
    ' ',
    '{',
    '{{',
    '}}',
    '{{TIME(2026-01-01T00:00:00Z)}}',
    '[x](https://evil.example)',
    '[',
    '](',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { minLength: 1 }), (made) => {
      const [plan] = inputsIn(drawn(chooseForm([{ ...PLAN, name: made.join('') }], [])))
      const [choice, ...others] = Array.isArray(plan?.choices) ? plan.choices : []
      expect(others).toEqual([])
      expect(choice?.value).toBe(PLAN.id)
      expect(choice?.title).not.toMatch(/\{\{|\]\(/)
    }),
  )
})
