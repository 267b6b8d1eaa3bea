import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/domain/json.ts'
import { planWith, problemsOf, work } from './documents.ts'

const loop = Array.from({ length: 1_000 }, (_, index) =>
  work(`t${index}`, { task_successors: [`t${(index + 1) % 1_000}`] }),
)
const wide = Array.from({ length: 101 }, (_, index) => `w${index}`)
const deep = (levels: number): Json => (levels === 0 ? 1 : [deep(levels - 1)])

describe('a document is refused, by the name of the field and with the way out,', () => {
  test.each<[string, unknown, string]>([
    ['no object', null, ': Expected object; found null.'],
    ['no tasks', planWith(), 'tasks: The plan has no tasks. Add at least one.'],
    [
      'an unknown field',
      { ...Object(planWith(work('a'))), objectivs: {} },
      'objectivs: Unknown field "objectivs". Did you mean "objectives"?',
    ],
    [
      'an unknown field of a task',
      planWith(work('a', { task_succesors: [] })),
      'tasks[0].task_succesors: Unknown field "task_succesors". Did you mean "task_successors"?',
    ],
    [
      'a duplicate id',
      planWith(work('a'), work('a')),
      'tasks[1].task_id: "a" is already the id of tasks[0].',
    ],
    [
      'ids that differ only in case',
      planWith(work('a'), work('A')),
      'tasks[1].task_id: "A" differs from "a" (tasks[0]) only in case.',
    ],
    [
      'an id that is a number',
      planWith(Object(work('a', { task_id: 12 }))),
      'tasks[0].task_id: Expected string; found 12. Put it in quotes.',
    ],
    ['an id with a space', planWith(work('a b')), 'tasks[0].task_id: Expected 1 to 64 letters'],
    [
      'a self edge',
      planWith(work('a', { task_successors: ['a'] })),
      'tasks[0].task_successors[0]: "a" names itself',
    ],
    [
      'a duplicate edge',
      planWith(work('a', { task_successors: ['b', 'b'] }), work('b')),
      'tasks[0].task_successors[1]: "b" is named twice.',
    ],
    [
      'an unknown successor',
      planWith(work('first', { task_successors: ['secnd'] }), work('second')),
      'Did you mean "second"?',
    ],
    [
      'a cycle',
      planWith(work('a', { task_successors: ['b'] }), work('b', { task_successors: ['a'] })),
      'tasks[0].task_successors: These tasks wait for each other for ever: a → b → a.',
    ],
    ['a cycle of 1,000', planWith(...loop), 't0 → t1 → t2 → … 996 more … → t999 → t0'],
    [
      'an unknown type',
      planWith({ task_id: 'a', task_type: 'wrk' }),
      'tasks[0].task_type: Unknown task type "wrk". Did you mean "work"?',
    ],
    ['a type in the wrong case', planWith({ task_id: 'a', task_type: 'WORK' }), 'Did you mean "work"?'],
    [
      'a wrong input',
      planWith(work('a', { inputs: { size: 'big' } })),
      'tasks[0].inputs.size: Expected number; found "big".',
    ],
    [
      'an unknown input',
      planWith(work('a', { inputs: { sise: 1 } })),
      'tasks[0].inputs.sise: Unknown field "sise". Did you mean "size"?',
    ],
    [
      'large inputs',
      planWith(work('a', { inputs: { size: 'x'.repeat(40_000) } })),
      'tasks[0].inputs: The inputs have',
    ],
    [
      'a long name',
      planWith(work('a', { name: 'x'.repeat(151) })),
      'tasks[0].name: Expected at most 150 characters',
    ],
    [
      'a name of two lines',
      planWith(work('a', { name: 'a\r\nb' })),
      'tasks[0].name: Expected one line of text',
    ],
    ['retries of −1', planWith(work('a', { retries: -1 })), 'tasks[0].retries: Expected 0 to 10; found -1.'],
    [
      'retries of 10,000',
      planWith(work('a', { retries: 10_000 })),
      'tasks[0].retries: Expected 0 to 10; found 10000.',
    ],
    [
      'an approval in the past',
      planWith(work('a', { approval: { timeout_minutes: -5 } })),
      'tasks[0].approval.timeout_minutes: Expected at least 1 minute',
    ],
    [
      'an approval of ten years',
      planWith(work('a', { approval: { timeout_minutes: 5_256_000 } })),
      'Expected at most 43200 minutes',
    ],
    [
      'an approval that is false',
      planWith(work('a', { approval: false })),
      'tasks[0].approval: Expected object; found false.',
    ],
    [
      'an approval of an approval',
      planWith({ task_id: 'a', task_type: 'approval', approval: true }),
      'tasks[0].approval: The task is an approval already.',
    ],
    [
      "an approval's id that is taken",
      planWith(work('a', { approval: true }), work('approve-a')),
      'tasks[0].approval: The approval\'s id "approve-a" is taken',
    ],
    [
      'two addresses in one field',
      {
        ...Object(planWith(work('a'))),
        notifications: { default_recipients: ['a@example.com, b@example.com'] },
      },
      'notifications.default_recipients[0]: Expected one e-mail address',
    ],
    [
      'settings of an unknown task',
      { ...Object(planWith(work('a'))), notifications: { task_level_settings: [{ task_id: 'b' }] } },
      'notifications.task_level_settings[0].task_id: The plan has no task "b".',
    ],
    [
      'an unknown task in a wave',
      { recovery_plan_id: 'p', tasks: [work('a')], waves: [{ tasks: ['zzz'] }] },
      'waves[0].tasks[0]: The plan has no task "zzz".',
    ],
    [
      'a task in two waves',
      { recovery_plan_id: 'p', tasks: [work('a')], waves: [{ tasks: ['a'] }, { tasks: ['a'] }] },
      'waves[1].tasks[0]: "a" is already in a wave',
    ],
    [
      'more than 10,000 edges',
      {
        recovery_plan_id: 'p',
        waves: [{ tasks: wide.map((id) => work(id)) }, { tasks: wide.map((id) => work(`x${id}`)) }],
      },
      'tasks: The plan has 10201 edges',
    ],
    [
      'a __proto__ key',
      JSON.parse('{"recovery_plan_id":"p","custom_attributes":{"__proto__":{}}}'),
      'custom_attributes: Has the key "__proto__". Remove it.',
    ],
    ['21 levels', { custom_attributes: { a: deep(20) } }, 'Nested more than 20 levels deep.'],
    ['10,000 levels', deep(5_000), 'Nested more than 20 levels deep.'],
    [
      '2^53',
      { custom_attributes: { a: 2 ** 53 } },
      'custom_attributes.a: The number 9007199254740992 cannot be kept exactly.',
    ],
    ['more than 1 MB', { custom_attributes: { a: 'x'.repeat(1_000_000) } }, 'bytes of JSON; at most 1000000'],
    [
      'a secret',
      planWith(work('a', { name: `${'AKIA'}${'B'.repeat(16)}` })),
      'tasks[0].name: Holds an AWS access key id.',
    ],
  ])('with %s', (_what, document, problem) => {
    expect(problemsOf(document)).toEqual(expect.arrayContaining([expect.stringContaining(problem)]))
  })

  test('with all its problems at once, and never with the secret itself', () => {
    const document = {
      recovery_plan_id: 'no spaces',
      tasks: [
        work('a', { retries: 11, task_successors: ['c'] }),
        { task_id: 'b', task_type: 'nothing', task_successors: ['x'] },
      ],
    }
    expect(problemsOf(document).map((problem) => problem.split(':')[0])).toEqual([
      'recovery_plan_id',
      'tasks[0].retries',
      'tasks[1].task_type',
      'tasks[1].task_successors[0]',
    ])
    expect(problemsOf({ recovery_plan_id: `xoxb-${'1'.repeat(20)}` }).join()).not.toContain('xoxb-')
  })
})
