import type { Reply } from '../conversation/card.ts'
import { chooseForm } from '../conversation/choose-form.ts'
import { FIELDS } from '../conversation/forms.ts'
import { noticeCard } from '../conversation/help-card.ts'
import { say } from '../conversation/words/index.ts'
import { MODES, type Mode, type Place } from '../domain/execution.ts'
import type { Asker, Door } from '../ports/door.ts'

type Values = { readonly [field: string]: string }

/** Which plan, and in which mode; or that there is none to choose from. */
export async function askWhich(door: Door, asker: Asker, places: readonly Place[]): Promise<Reply> {
  const plans = await door.plans(asker, 'start')
  if (plans.length > 0) return { kind: 'form', form: chooseForm(plans, places) }
  const card = noticeCard(say().answers.start.noPlan, 'attention')
  return { kind: 'whisper', card, no: 'refused' }
}

/** What was chosen, or what is wrong with it: values come from anywhere. */
export async function chosenIn(
  values: Values,
  door: Door,
  asker: Asker,
): Promise<{ kind: 'chosen'; plan: string; mode: Mode } | Extract<Reply, { kind: 'errors' }>> {
  const plan = (values[FIELDS.plan] ?? '').trim()
  const mode = MODES.find((one) => one === values[FIELDS.mode]?.trim())
  const known = (await door.plans(asker, 'start')).find(({ id }) => id === plan)
  if (known && mode) return { kind: 'chosen', plan, mode }
  return {
    kind: 'errors',
    errors: {
      ...(!known && {
        [FIELDS.plan]: say().answers.start.noSuchPlan(plan.slice(0, 50)),
      }),
      ...(!mode && { [FIELDS.mode]: say().answers.start.chooseMode(MODES.join(', ')) }),
    },
  }
}
