import type { Mode } from '../../src/domain/execution.ts'
import type { Chance } from './chance.ts'
import { memberOf } from './cloud.ts'

const TYPES = [
  'drs_recovery',
  'drs_recovery',
  'ssm_automation',
  'ssm_command',
  'database_failover',
  'route53_failover',
  'approval',
  'wait',
] as const

/** A plan document with random tasks and edges. What breaks at all breaks in a small one, and many of them fit into a second. */
export function samplePlan(chance: Chance, id: string): { document: object; mode: Mode } {
  const size = 1 + chance.below(chance.happens(0.05) ? 8 : 3)
  const names = Array.from({ length: size }, (_, place) => `t${place}`)
  const tasks = names.map((name, place) => {
    const type = chance.one(TYPES) ?? 'wait'
    const later = names.slice(place + 1)
    return {
      task_id: name,
      task_type: type,
      task_successors: later.filter(() => chance.happens(1.6 / size)),
      inputs: inputsOf(type, chance, `${id}-${name}`),
      timeout_minutes: 3 + chance.below(25),
      retries: type === 'approval' ? 0 : chance.below(3),
    }
  })
  return { document: { recovery_plan_id: id, tasks }, mode: chance.happens(0.5) ? 'drill' : 'recovery' }
}

function inputsOf(type: (typeof TYPES)[number], chance: Chance, name: string): object {
  switch (type) {
    case 'drs_recovery':
      return {
        source_servers: Array.from(
          // Some are more than one job takes.
          { length: chance.happens(0.02) ? 99 + chance.below(110) : 1 + chance.below(3) },
          () =>
            `s-${chance.below(1e9).toString(16).padStart(8, '0')}${chance.below(1e9).toString(16).padStart(9, '0')}`,
        ),
      }
    case 'ssm_automation':
      return { document: 'Sample-Document' }
    case 'ssm_command':
      return {
        document: 'AWS-RunShellScript',
        instances: Array.from(
          { length: 1 + chance.below(4) },
          (_, place) => `i-${place}${chance.below(1e9).toString(16).padStart(16, '0')}`,
        ),
      }
    case 'database_failover':
      return { global_cluster: name, target_cluster: memberOf(name, 2) }
    case 'route53_failover':
      return {
        hosted_zone_id: 'Z0SAMPLE',
        records: [{ name: 'app.example.com', type: 'A', values: ['192.0.2.1'] }],
      }
    case 'approval':
      return {}
    case 'wait':
      return { minutes: 1 }
  }
}
