import type { Plan } from '../domain/plan.ts'
import type { Card } from './card.ts'
import { clip, code, count, strong } from './in-words.ts'
import { objectivesInWords, sizeInWords } from './plan-card.ts'

const PLANS_SHOWN = 30

/** Every plan that the asker may see, a line each. */
export function plansCard(plans: readonly Plan[]): Card {
  if (plans.length === 0) {
    const text = 'There is no plan yet that you may see. Send one by the API, or ask an admin for a role.'
    return { text, tone: 'attention', blocks: [{ kind: 'text', text: [text] }] }
  }
  const heading = count(plans.length, 'recovery plan').replace(/^one/, 'One')
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
            ` – ${sizeInWords(plan)}; objective: ${objectivesInWords(plan)}`,
            plan.missing.length > 0 ? ' – ⚠️ inputs are missing, cannot start' : '',
          ]),
      },
      {
        kind: 'note',
        text: [...(more > 0 ? [`and ${more} more. `] : []), 'See one with ', code('plan <name>')],
      },
    ],
  }
}
