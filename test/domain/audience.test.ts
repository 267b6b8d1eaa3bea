import { describe, expect, test } from 'vitest'
import { audience, type NotificationSettings, notificationsOnly } from '../../src/domain/audience.ts'
import { type Task, taskId } from '../../src/domain/task.ts'

const task = (id: string, type = 'work'): Task => ({
  id: taskId.parse(id),
  name: id,
  type,
  inputs: {},
  predecessors: [],
  successors: [],
  retries: 0,
  status: 'FAILED',
  attempt: 1,
})

const [dr, oncall, dba] = ['dr@example.com', 'oncall@example.com', 'dba@example.com']
const defaults: NotificationSettings = { default_recipients: [dr, oncall], default_groups: ['managers'] }
const withOwn = (own: object): NotificationSettings => ({
  ...defaults,
  task_level_settings: [{ task_id: 'move', ...own }],
})

describe('who is written to', () => {
  test.each<
    [string, NotificationSettings | undefined, Task | undefined, readonly string[], readonly string[]]
  >([
    ['nobody without settings', undefined, task('move'), [], []],
    ['nobody where the settings are empty', {}, task('move'), [], []],
    ['the defaults about the run', withOwn({ recipients: [dba] }), undefined, [dr, oncall], ['managers']],
    ['the defaults about a task without settings', defaults, task('move'), [dr, oncall], ['managers']],
    ['nobody where they are off', { ...defaults, enabled: false }, task('move'), [], []],
    ['the defaults where they are on', { ...defaults, enabled: true }, undefined, [dr, oncall], ['managers']],
    ['a task adds to them', withOwn({ recipients: [dba] }), task('move'), [dr, oncall, dba], ['managers']],
    [
      'a task adds to them expressly',
      withOwn({ recipients: [dba], override_defaults: false }),
      task('move'),
      [dr, oncall, dba],
      ['managers'],
    ],
    [
      'a task overrides them, its groups too',
      withOwn({ recipients: [dba], override_defaults: true }),
      task('move'),
      [dba],
      [],
    ],
    ['a task is silenced', withOwn({ recipients: [dba], enabled: false }), task('move'), [], []],
    ['another task is not', withOwn({ enabled: false }), task('other'), [dr, oncall], ['managers']],
    [
      'nobody twice, in the order of writing',
      withOwn({ recipients: [oncall, dba, dba] }),
      task('move'),
      [dr, oncall, dba],
      ['managers'],
    ],
    [
      "a gate goes by its task's settings",
      withOwn({ recipients: [dba], override_defaults: true }),
      task('approve-move', 'approval'),
      [dba],
      [],
    ],
    [
      'a task that is only named like a gate does not',
      withOwn({ recipients: [dba] }),
      task('approve-move'),
      [dr, oncall],
      ['managers'],
    ],
  ])('%s', (_what, settings, about, recipients, groups) => {
    expect(audience(settings, about)).toEqual({ recipients, groups })
  })
})

test('the settings are read whatever else the document holds', () => {
  const read = notificationsOnly.parse({ recovery_plan_id: 1, of_tomorrow: true, notifications: defaults })
  expect(read.notifications).toEqual(defaults)
})
