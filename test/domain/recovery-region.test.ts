import { expect, test } from 'vitest'
import { recoveryRegion } from '../../src/domain/recovery-region.ts'
import { planOf } from './run.ts'

const plan = (...regions: (string | undefined)[]) => ({
  tasks: regions.flatMap((region, at) => {
    const { tasks } = planOf({
      recovery_plan_id: 'sample',
      tasks: [{ task_id: `t${at}`, task_type: 'work' }],
    })
    const inputs = region === undefined ? {} : { region }
    return tasks.map((task) => ({ ...task, type: 'drs_recovery', inputs }))
  }),
})

test.each([
  ['without servers: our own', plan(), 'us-west-2'],
  ['with servers that name none: our own', plan(undefined, undefined), 'us-west-2'],
  ['with servers in one other Region: that', plan('eu-west-1', 'eu-west-1'), 'eu-west-1'],
  ['with servers in several: none', plan('eu-west-1', undefined), undefined],
])('a plan %s', (_, given, region) => {
  expect(recoveryRegion(given, 'us-west-2')).toBe(region)
})
