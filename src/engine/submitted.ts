import type { Reply } from '../conversation/card.ts'
import { FIELDS, type Memory } from '../conversation/forms.ts'
import { refusalCard } from '../conversation/refusals.ts'
import { say } from '../conversation/words/index.ts'
import { executionId, type Place } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Asker, Door } from '../ports/door.ts'

export interface Submitting {
  readonly door: Door
  /** One for each platform: where runs are told that are not started there. */
  readonly toldIn: readonly Place[]
}

type Values = { readonly [field: string]: string }

/** An answered form: what it asked for is done, or the answer says why not. */
export const submitted = (
  memory: Exclude<Memory, { form: 'choose' }>,
  values: Values,
  asker: Asker,
  submitting: Submitting,
): Promise<Reply> =>
  memory.form === 'start'
    ? submitStart(memory, values, asker, submitting)
    : submitReason(memory, values, asker, submitting)

const no = (refusal: Refusal, asker: Asker): Reply => ({
  kind: 'whisper',
  card: refusalCard(refusal, asker.actor.id),
  no: 'refused',
})

async function submitStart(
  memory: Extract<Memory, { form: 'start' }>,
  values: Values,
  asker: Asker,
  { door, toldIn }: Submitting,
): Promise<Reply> {
  if (memory.mode === 'recovery') {
    const found = await door.plan(memory.plan, asker)
    if (found.kind === 'refused') return no(found.refusal, asker)
    const typed = values[FIELDS.planName]?.trim() ?? ''
    const accepted = [found.plan.name, found.plan.id].map((name) => name.toLowerCase())
    if (!accepted.includes(typed.toLowerCase())) {
      const message = say().answers.start.typeName(typed.slice(0, 50), found.plan.name)
      return { kind: 'errors', errors: { [FIELDS.planName]: message } }
    }
  }
  const reason = values[FIELDS.reason]?.trim() || undefined
  const order = {
    id: executionId.parse(memory.id),
    plan: memory.plan,
    mode: memory.mode,
    // A token has no place of its own, and what it sends back may be anything: it chooses no channel either.
    places: asker.actor.kind === 'token' ? toldIn : memory.places,
    seenHash: memory.hash,
    ...optional('reason', reason),
  }
  const started = await door.start(order, asker)
  return started.kind === 'refused' ? no(started.refusal, asker) : { kind: 'silent', run: order.id }
}

async function submitReason(
  memory: Extract<Memory, { form: 'reason' }>,
  values: Values,
  asker: Asker,
  { door }: Submitting,
): Promise<Reply> {
  const { asks, click, execution, breakGlass } = memory
  const why = optional('reason', values[FIELDS.reason]?.trim() || undefined)
  const seen = click && { attempt: click.attempt, digest: click.digest }
  const handled =
    asks === 'pause' || asks === 'resume' || asks === 'cancel'
      ? await door.handle(execution, { asks, ...why }, asker)
      : await door.handle(
          execution,
          {
            asks,
            task: click?.task ?? '',
            ...why,
            ...optional('seen', seen),
            ...optional('breakGlass', breakGlass),
          },
          asker,
        )
  if (handled.kind === 'done') return { kind: 'silent', run: execution }
  const { refusal } = handled
  if (refusal.why.startsWith('reason-')) {
    return { kind: 'errors', errors: { [FIELDS.reason]: refusalCard(refusal, asker.actor.id).text } }
  }
  return no(refusal, asker)
}
