import { z } from 'zod'
import type { Json } from '../../src/domain/json.ts'
import type { TaskKind } from '../../src/domain/plan.ts'
import { readPlan } from '../../src/domain/read-plan.ts'
import { KINDS } from './run.ts'

const kindOf = (shape: z.ZodRawShape): TaskKind => ({ inputs: z.strictObject(shape), timeoutMinutes: 60 })
/** Shaped like the task types of the product. */
export const REAL_KINDS: ReadonlyMap<string, TaskKind> = new Map([
  ['database_failover', kindOf({ global_cluster: z.string(), target_cluster_arn: z.string() })],
  ['drs_recovery', kindOf({ source_servers: z.array(z.string()).min(1).max(100) })],
  [
    'ssm_automation',
    kindOf({
      document: z.string(),
      parameters: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
    }),
  ],
  [
    'route53_failover',
    kindOf({
      hosted_zone_id: z.string(),
      records: z.array(z.strictObject({ name: z.string(), type: z.enum(['A', 'CNAME']) })),
    }),
  ],
  ['approval', kindOf({ description: z.string().optional() })],
])

export const planWith = (...tasks: Json[]): Json => ({ recovery_plan_id: 'sample', tasks })
export const work = (id: string, more: { [name: string]: Json } = {}): Json => ({
  task_id: id,
  task_type: 'work',
  ...more,
})
export const problemsOf = (document: unknown, kinds = KINDS) => {
  const read = readPlan(document, kinds)
  return read.kind === 'invalid' ? read.problems.map(({ path, message }) => `${path}: ${message}`) : []
}
