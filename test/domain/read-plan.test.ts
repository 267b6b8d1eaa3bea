import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/domain/json.ts'
import { planWith, problemsOf, REAL_KINDS, work } from './documents.ts'
import { planOf } from './run.ts'

describe('the seed document', () => {
  const seed: Json = JSON.parse(readFileSync(new URL('../fixtures/seed-plan.json', import.meta.url), 'utf8'))

  test('is a plan as it stands, with the inputs listed that must be given before a start', () => {
    const plan = planOf(seed, REAL_KINDS)
    expect(plan.missing).toEqual([
      { task: 'task-db-failover', inputs: ['global_cluster', 'target_cluster_arn'] },
      { task: 'task-app-recovery', inputs: ['source_servers'] },
      { task: 'task-cache-warmup', inputs: ['document'] },
      { task: 'task-dns-cutover', inputs: ['hosted_zone_id', 'records'] },
    ])
    expect(plan.tasks.map(({ id, predecessors }) => [id, predecessors])).toEqual([
      ['task-db-failover', []],
      ['task-app-recovery', ['task-db-failover']],
      ['task-cache-warmup', ['task-db-failover']],
      ['task-dns-cutover', ['task-app-recovery', 'task-cache-warmup']],
    ])
    expect(plan).toMatchObject({ id: 'rp-123', name: 'rp-123', warnings: [] })
  })
})

describe('a plan', () => {
  test('has a task for each approval, which takes over the predecessors', () => {
    const approval = { description: 'Look first.', timeout_minutes: 5 }
    const plan = planOf(
      planWith(
        work('a', { task_successors: ['b'] }),
        work('b', { name: 'Second', approval }),
        work('c', { approval: true }),
      ),
    )
    expect(plan.tasks).toMatchObject([
      { id: 'a', successors: ['approve-b'], timeoutMinutes: 60 },
      {
        id: 'approve-b',
        name: 'Approve Second',
        type: 'approval',
        inputs: { description: 'Look first.' },
        predecessors: ['a'],
        successors: ['b'],
        timeoutMinutes: 5,
      },
      { id: 'b', predecessors: ['approve-b'], successors: [] },
      { id: 'approve-c', predecessors: [], timeoutMinutes: 30 },
      { id: 'c', predecessors: ['approve-c'] },
    ])
  })

  test('may be written in waves, each before the next', () => {
    const plan = planOf({
      recovery_plan_id: 'sample',
      tasks: [work('a', { task_successors: ['c'] })],
      waves: [
        { wave_name: 'one', tasks: ['a', work('b')] },
        { tasks: [work('c'), work('d', { approval: true })] },
      ],
    })
    expect(plan.tasks.map(({ id, predecessors }) => [id, predecessors])).toEqual([
      ['a', []],
      ['b', []],
      ['c', ['a', 'b']],
      ['approve-d', ['a', 'b']],
      ['d', ['approve-d']],
    ])
  })

  test('warns of parts that no edge connects', () => {
    const plan = planOf(planWith(work('a', { task_successors: ['b'] }), work('b'), work('c')))
    expect(plan.warnings).toEqual([
      expect.stringContaining('2 parts that no edge connects, beginning with "a" (2), "c" (1)'),
    ])
  })

  test('has the same hash however its keys are ordered, and another one after any change', () => {
    const hash = (document: Json) => planOf(document).hash
    const same = hash({ tasks: [work('a')], recovery_plan_id: 'sample' })
    expect(hash(planWith(work('a')))).toBe(same)
    expect(hash(planWith(work('a', { retries: 1 })))).not.toBe(same)
  })

  test('keeps attributes of its own, and takes the notifications of the seed', () => {
    const task_level_settings = [
      { task_id: 'a', enabled: true, recipients: ['dba-team@example.com'], email_body: 'Look.' },
    ]
    const plan = planOf({
      recovery_plan_id: 'sample',
      tasks: [work('a')],
      objectives: { rto_minutes: 30, rpo_minutes: 0 },
      custom_attributes: { cost_center: 'SAMPLE-1' },
      notifications: {
        enabled: true,
        default_recipients: ['dr-team@example.com'],
        default_groups: ['Managers'],
        task_level_settings,
      },
    })
    expect(plan).toMatchObject({
      objectives: { rtoMinutes: 30, rpoMinutes: 0 },
      customAttributes: { cost_center: 'SAMPLE-1' },
    })
  })

  test('may have 2,000 tasks', () => {
    const ids = Array.from({ length: 2_000 }, (_, index) => `t${index}`)
    const chain = ids.map((id, index) => work(id, { task_successors: ids.slice(index + 1, index + 2) }))
    expect(planOf(planWith(...chain)).tasks).toHaveLength(2_000)
    expect(problemsOf(planWith(...chain, work('more')))).toEqual([
      expect.stringContaining('tasks: The plan has 2001 tasks'),
    ])
  })
})

describe('an input', () => {
  test('is a problem where it is wrong, and only missing where it is absent', () => {
    const task = (inputs: Json) => planWith({ task_id: 'a', task_type: 'route53_failover', inputs })
    expect(planOf(task({ records: [{ name: 'www.example.com' }] }), REAL_KINDS).missing).toEqual([
      { task: 'a', inputs: ['hosted_zone_id', 'records[0].type'] },
    ])
    expect(problemsOf(task({ records: [{ name: 1, type: 'MX' }] }), REAL_KINDS)).toEqual([
      'tasks[0].inputs.records[0].name: Expected string; found 1. Put it in quotes.',
      expect.stringContaining('tasks[0].inputs.records[0].type: '),
    ])
    const servers = planWith({ task_id: 'a', task_type: 'drs_recovery', inputs: { source_servers: 's-1' } })
    expect(problemsOf(servers, REAL_KINDS)).toEqual([
      'tasks[0].inputs.source_servers: Expected array; found "s-1". Write it as a list.',
    ])
    const parameters = planWith({
      task_id: 'a',
      task_type: 'ssm_automation',
      inputs: { document: 'D', parameters: { x: 5 } },
    })
    expect(problemsOf(parameters, REAL_KINDS)).toEqual([
      'tasks[0].inputs.parameters.x: Expected string or array; found 5.',
    ])
  })
})
