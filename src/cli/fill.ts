import { renderForm, renderWords } from '../adapters/terminal/render.ts'
import type { Form, Reply } from '../conversation/card.ts'
import type { Asking } from './asking.ts'
import type { Bot } from './bot.ts'
import type { Paper } from './paper.ts'

export type Answers = { readonly [field: string]: string }

/** What came of a request in the end: no form is left open. */
export type Filled =
  | Exclude<Reply, { kind: 'form' }>
  | { readonly kind: 'left' }
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'wrong-answer'; readonly say: string }

export interface Filling {
  readonly bot: Bot
  /** Where questions are put: never on the paper of the results. */
  readonly paper: Paper
  /** Given with the command. */
  readonly answers: Answers
  /** Nobody, where the input is no terminal. */
  readonly asking: Asking | undefined
}

/** Somebody who mistypes this often should read the form again. */
const TRIES = 3

/** Answers the form with what was given, and asks for the rest at the keyboard. */
export async function fill(form: Form, filling: Filling): Promise<Filled> {
  const { bot, paper, answers, asking } = filling
  const names = form.fields.map(({ name }) => name)
  const wrong = Object.keys(answers).find((name) => !names.includes(name))
  if (wrong !== undefined) {
    return {
      kind: 'wrong-answer',
      say: `There is no field "${wrong}" here, there is ${names.join(' and ')}.`,
    }
  }
  const isComplete = form.fields.every(({ name, required }) => !required || answers[name]?.trim())
  if (isComplete && Object.keys(answers).length > 0)
    return next(await bot.submit(form.memory, answers), filling)

  paper.write(`${renderForm(form, paper.screen)}\n\n`)
  if (!asking) return { kind: 'unanswered' }
  for (let attempt = 1; ; attempt++) {
    const values = await asked(form, answers, asking)
    if (!values) return { kind: 'left' }
    const reply = await bot.submit(form.memory, values)
    if (reply.kind !== 'errors' || attempt === TRIES) return next(reply, filling)
    for (const error of Object.values(reply.errors)) paper.write(`${renderWords(error, paper.screen)}\n`)
  }
}

async function asked(form: Form, answers: Answers, asking: Asking): Promise<Answers | undefined> {
  const values: Record<string, string> = { ...answers }
  for (const { name, label, required } of form.fields) {
    while (!values[name]?.trim() && (required || values[name] === undefined)) {
      const value = await asking.ask(`${label}${required ? '' : ' (Enter for none)'}: `)
      if (value === undefined) return undefined
      values[name] = value
    }
  }
  // A form without a needed answer must not be sent by one Enter too many.
  if (!form.fields.some(({ required }) => required)) {
    const sure = await asking.ask(`${form.submit}? Type yes: `)
    if (sure?.trim().toLowerCase() !== 'yes') return undefined
  }
  return values
}

/** A form may lead to another one. What was answered is answered: the next one is asked at the keyboard. */
const next = async (reply: Reply, filling: Filling): Promise<Filled> =>
  reply.kind === 'form' ? fill(reply.form, { ...filling, answers: {} }) : reply
