import type { Reply } from '../conversation/card.ts'
import { FIELDS, type Memory } from '../conversation/forms.ts'
import { refusalCard } from '../conversation/refusals.ts'
import { say } from '../conversation/words/index.ts'
import { executionId, type Place } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import { recoveryRegion } from '../domain/recovery-region.ts'
import type { Asker, Door } from '../ports/door.ts'
import { type Refusing, refusing } from './who-may.ts'

export interface Submitting extends Refusing {
  readonly door: Door
  /** One for each platform: where runs are told that are not started there. */
  readonly toldIn: readonly Place[]
  /** Where runs recover to: a REAL failover is confirmed with its name. */
  readonly region?: string
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

async function submitStart(
  memory: Extract<Memory, { form: 'start' }>,
  values: Values,
  asker: Asker,
  submitting: Submitting,
): Promise<Reply> {
  const { door, toldIn, region } = submitting
  if (memory.mode === 'recovery') {
    const found = await door.plan(memory.plan, asker)
    if (found.kind === 'refused') return refusing(submitting)(found.refusal, asker)
    const errors = unconfirmed(values, found.plan, recoveryRegion(found.plan, region))
    if (Object.keys(errors).length > 0) return { kind: 'errors', errors }
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
  return started.kind === 'done'
    ? { kind: 'silent', run: order.id }
    : refusing(submitting)(started.refusal, asker, { plan: order.plan })
}

/** What was not typed as it must be before production is moved. */
function unconfirmed(
  values: Values,
  plan: { readonly id: string; readonly name: string },
  region: string | undefined,
): Values {
  const words = say().answers.start
  const typed = (field: string) => values[field]?.trim() ?? ''
  const [name, place] = [typed(FIELDS.planName), typed(FIELDS.region)]
  const isNamed = [plan.name, plan.id].some((one) => one.toLowerCase() === name.toLowerCase())
  const isPlaced = region === undefined || region === place.toLowerCase()
  return {
    ...(isNamed ? {} : { [FIELDS.planName]: words.typeName(name.slice(0, 50), plan.name) }),
    ...(isPlaced ? {} : { [FIELDS.region]: words.typeRegion(place.slice(0, 50), region) }),
  }
}

async function submitReason(
  memory: Extract<Memory, { form: 'reason' }>,
  values: Values,
  asker: Asker,
  submitting: Submitting,
): Promise<Reply> {
  const { door } = submitting
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
  return refusing(submitting)(refusal, asker, { run: execution })
}
