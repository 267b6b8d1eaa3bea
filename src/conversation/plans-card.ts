import type { Plan } from '../domain/plan.ts'
import type { Card } from './card.ts'
import { clip, code, strong } from './in-words.ts'
import { objectivesInWords, sizeInWords } from './plan-card.ts'
import { say } from './words/index.ts'

const PLANS_SHOWN = 30

/** Every plan that the asker may see, a line each. */
export function plansCard(plans: readonly Plan[]): Card {
  const { plan: ofPlan, plans: words } = say().overview
  if (plans.length === 0) {
    const text = words.none
    return { text, tone: 'attention', blocks: [{ kind: 'text', text: [text] }] }
  }
  const heading = words.heading(plans.length)
  const more = plans.length - PLANS_SHOWN
  return {
    text: `${heading}: ${plans
      .map(({ id }) => id)
      .join(', ')
      .slice(0, 1000)}`,
    tone: 'neutral',
    blocks: [
      { kind: 'heading', text: heading },
      {
        kind: 'list',
        items: plans
          .slice(0, PLANS_SHOWN)
          .map((plan) => [
            strong(clip(plan.name, 80)),
            ' ',
            code(plan.id),
            ` – ${ofPlan.sizeAndObjective(sizeInWords(plan), objectivesInWords(plan))}`,
            plan.missing.length > 0 ? words.inputsMissing : '',
          ]),
      },
      {
        kind: 'note',
        text: more > 0 ? words.moreSeeOne(more, code('plan <name>')) : words.seeOne(code('plan <name>')),
      },
    ],
  }
}
