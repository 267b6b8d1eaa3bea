import { z } from 'zod'
import type { Plan } from './plan.ts'

const placed = z.object({ region: z.string() })

/**
 * The Region in which the plan's servers come up: that of its tasks, or else our own. Undefined where there are several: then no
 * single one can be confirmed.
 */
export function recoveryRegion({ tasks }: Pick<Plan, 'tasks'>, own: string | undefined): string | undefined {
  const regions = new Set(
    tasks
      .filter(({ type }) => type === 'drs_recovery')
      .map(({ inputs }) => placed.safeParse(inputs).data?.region ?? own),
  )
  if (regions.size === 0) return own
  return regions.size === 1 ? [...regions][0] : undefined
}
