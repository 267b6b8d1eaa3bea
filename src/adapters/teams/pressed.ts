import { z } from 'zod'
import type { Card, Reply, Rich } from '../../conversation/card.ts'
import { parseClick } from '../../conversation/click.ts'
import { say } from '../../conversation/words/index.ts'
import { optional } from '../../domain/optional.ts'
import type { Asker } from '../../ports/door.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import { VERBS } from './actions.ts'
import { type Activity, isPrivate } from './activity.ts'
import type { Answer } from './adapter.ts'
import { askerOf, brokenCard, type Hall, placeOf, pressedMessage, sentence } from './asked.ts'
import { cardMessage } from './chat.ts'
import { CARD } from './files.ts'
import { type FormMemory, renderAnswer, renderForm } from './form.ts'
import { type AdaptiveCard, renderCard } from './render.ts'

/** Teams tells people that the app cannot be reached, and asks again, when an answer takes longer than a few seconds. */
const BUDGET_MS = 2_500

const text = z.string().max(5_000)
/** What our cards send back: it is checked here, and believed nowhere. */
export const pressedSchema = z
  .object({
    lifeboat: z.discriminatedUnion('verb', [
      z.object({ verb: z.literal(VERBS.click), click: z.unknown().optional() }),
      z.object({
        verb: z.literal(VERBS.form),
        memory: text,
        seal: z.string().max(100),
        run: text.optional(),
        own: z.literal(true).optional(),
        alone: z.literal(true).optional(),
      }),
      z.object({ verb: z.literal(VERBS.back), run: text.optional() }),
    ]),
  })
  .catchall(z.unknown())
export type Pressed = z.infer<typeof pressedSchema>

/** What the one who pressed gets to see, in place of the card or as words beside it; nobody else sees it. */
type Shown =
  /** `apart` is the same as a message of its own. */
  | { readonly kind: 'card'; readonly card: AdaptiveCard; readonly apart: () => AdaptiveCard }
  | { readonly kind: 'words'; readonly text: string }

/** Action.Execute: the answer goes to the one who pressed alone, within the time that Teams gives. */
export async function answerInvoke(
  hall: Hall,
  activity: Activity,
  pressed: Pressed,
  person: string,
): Promise<Answer> {
  const shown = await inTime(hall, act(hall, activity, pressed, person), (late) =>
    tellAlone(hall, person, late),
  )
  return shown.kind === 'card'
    ? { status: 200, body: { statusCode: 200, type: CARD, value: shown.card } }
    : { status: 200, body: { statusCode: 200, type: WORDS, value: shown.text } }
}

const WORDS = 'application/vnd.microsoft.activity.message'

/** Action.Submit, from clients that do not know the other: nobody can be answered alone there but in the personal chat. */
export async function answerSubmit(
  hall: Hall,
  activity: Activity,
  pressed: Pressed,
  person: string,
): Promise<void> {
  await tellAlone(hall, person, await act(hall, activity, pressed, person))
}

async function act(hall: Hall, activity: Activity, pressed: Pressed, person: string): Promise<Shown> {
  try {
    const asker = await askerOf(hall, activity, person)
    return 'refused' in asker ? words(asker.refused.text) : await answerTo(hall, activity, pressed, asker)
  } catch (error) {
    return words(brokenCard(hall, error).text)
  }
}

async function answerTo(hall: Hall, activity: Activity, pressed: Pressed, asker: Asker): Promise<Shown> {
  const { lifeboat, ...entered } = pressed
  const place = await placeOf(hall, activity)
  switch (lifeboat.verb) {
    case 'click': {
      const click = parseClick(lifeboat.click)
      const run = click && 'task' in click ? click.execution : undefined
      // Nothing was locked, so nothing is painted back: an update of the message would take the words away again.
      return shownOf(hall, await hall.desk.click(lifeboat.click, asker, place), run)
    }
    case 'form':
      return submit(hall, activity, lifeboat, valuesOf(entered), asker)
    case 'back': {
      if (lifeboat.run === undefined)
        return shownOf(hall, await hall.desk.command('', asker, place), undefined)
      restore(hall, activity, lifeboat.run)
      return words(say().answers.teams.unchanged)
    }
  }
}

async function submit(
  hall: Hall,
  activity: Activity,
  { memory, seal, ...where }: Extract<Pressed['lifeboat'], { verb: 'form' }>,
  values: { readonly [field: string]: string },
  asker: Asker,
): Promise<Shown> {
  if (!hall.seal.fits(memory, seal)) return words(say().answers.teams.oldForm)
  const reply = await hall.desk.submit(memory, values, asker)
  if (reply.kind === 'silent') await settle(hall, activity, where, asker)
  return shownOf(hall, reply, where.run)
}

/** The form stood in place of a run's card, which comes back; or was a message of its own, which has had its time. */
async function settle(
  hall: Hall,
  activity: Activity,
  { run, own, alone }: Pick<Extract<Pressed['lifeboat'], { verb: 'form' }>, 'run' | 'own' | 'alone'>,
  { actor }: Asker,
): Promise<void> {
  if (!own) return restore(hall, activity, run)
  const message = pressedMessage(activity)
  if (!message) return
  const closed = () => cardMessage(renderCard(sentence(say().answers.teams.doneAsAsked(actor.name), 'good')))
  try {
    const content = alone || isPrivate(activity) ? closed() : hall.inOwnLanguage(closed)
    await hall.connector.update(message.channel, message.message, content, alone)
  } catch (error) {
    if (!(error instanceof TransientFailure || error instanceof FinalFailure)) throw error
    hall.log.warn({ err: error }, 'teams form not closed')
  }
}

function restore(hall: Hall, activity: Activity, run: string | undefined): void {
  const message = pressedMessage(activity)
  if (message && run !== undefined) hall.repaint(run, message)
}

function shownOf(hall: Hall, reply: Reply, run: string | undefined): Shown {
  switch (reply.kind) {
    case 'silent':
      return words(say().answers.teams.recorded)
    case 'errors':
      return words(Object.values(reply.errors).join(' '))
    case 'form':
      return {
        kind: 'card',
        card: formOf(hall, reply.form, optional('run', run)),
        apart: () => formOf(hall, reply.form, { own: true }),
      }
    case 'whisper':
      return reply.no && !leadsOn(reply.card)
        ? words(reply.card.text)
        : {
            kind: 'card',
            card: renderAnswer(reply.card, run),
            apart: () => renderCard(reply.card),
          }
  }
}

/** The form with its memory sealed. */
export function formOf(
  { seal }: Pick<Hall, 'seal'>,
  form: Extract<Reply, { kind: 'form' }>['form'],
  where: Pick<FormMemory, 'run' | 'own' | 'alone'>,
): AdaptiveCard {
  const { memory } = form
  return renderForm(form, { memory, seal: seal.of(memory), ...where })
}

/** Something in it is to be pressed, so words alone would not do. */
const leadsOn = ({ blocks }: Card): boolean =>
  blocks.some((block) => {
    if (block.kind === 'buttons') return true
    if (block.kind === 'text' || block.kind === 'note') return hasLink(block.text)
    return false
  })

const hasLink = (rich: Rich): boolean =>
  rich.some((inline) => typeof inline !== 'string' && inline.kind === 'link')

const valuesOf = (entered: { readonly [name: string]: unknown }): { [field: string]: string } =>
  Object.fromEntries(
    Object.entries(entered).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )

const words = (said: string): Shown => ({ kind: 'words', text: said })

/** In the personal chat. */
async function tellAlone({ connector }: Hall, person: string, shown: Shown): Promise<void> {
  const card = shown.kind === 'card' ? shown.apart() : renderCard(sentence(shown.text, 'neutral'))
  await connector.send(await connector.openPersonal(person), cardMessage(card))
}

function inTime(
  { clock, later }: Pick<Hall, 'clock' | 'later'>,
  answer: Promise<Shown>,
  late: (shown: Shown) => Promise<void>,
): Promise<Shown> {
  return new Promise((resolve) => {
    let isLate = false
    const forget = clock.after(BUDGET_MS, () => {
      isLate = true
      resolve(words(say().answers.teams.stillWorking))
    })
    later(
      answer.then(async (shown) => {
        forget()
        if (isLate) await late(shown)
        else resolve(shown)
      }),
    )
  })
}
