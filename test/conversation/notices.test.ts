import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Notice, noticesOf } from '../../src/conversation/notices.ts'
import type { NotificationSettings } from '../../src/domain/audience.ts'
import type { ChangeRecord } from '../../src/domain/change.ts'
import { planOf, run } from '../domain/run.ts'

const settings: NotificationSettings = {
  default_recipients: ['dr@example.com'],
  task_level_settings: [
    { task_id: 'move', recipients: ['dba@example.com'], email_body: 'The replica takes over.' },
  ],
}

const plan = planOf({
  recovery_plan_id: 'pay',
  name: 'Payments',
  tasks: [
    {
      task_id: 'move',
      task_type: 'work',
      name: 'Move the database',
      task_successors: ['turn'],
      approval: { description: 'Look at the lag first.', timeout_minutes: 30 },
      retries: 1,
    },
    { task_id: 'turn', task_type: 'work', name: 'Turn the traffic', task_successors: [] },
  ],
})

type Run = ReturnType<typeof run>
const noticesIn = (made: Run, records: readonly ChangeRecord[] = made.records): Notice[] =>
  records.flatMap((record) => noticesOf(record, made.execution(), settings))
const subjects = (made: Run) => noticesIn(made).map(({ subject }) => subject)
const begun = () => {
  const made = run(plan)
  made.settle()
  return made
}
const approved = () => {
  const made = begun()
  made.ask({ asks: 'approve', task: 'approve-move' })
  made.settle()
  return made
}

describe('a run from its start to its end', () => {
  test('says that it started, what it asks, what failed and how it ended', () => {
    const made = approved()
    made.fail('move')
    made.ask({ asks: 'retry', task: 'move' })
    made.settle()
    made.complete('move')
    made.complete('turn')
    expect(subjects(made)).toEqual([
      'DRILL - run started: Payments',
      'DRILL - approval needed: Approve Move the database (Payments)',
      'DRILL - task failed: Move the database (Payments)',
      'DRILL - run ended: Payments',
    ])
  })

  test('the notice of a failure says what happened, what the plan says of it and what to do', () => {
    const made = approved()
    made.fail('move')
    expect(noticesIn(made).at(-1)).toEqual({
      id: '01SAMPLE-5-0',
      type: 'TaskFailed',
      at: '2026-01-08T12:00:00.000Z',
      execution: '01SAMPLE',
      plan: { id: 'pay', name: 'Payments' },
      mode: 'drill',
      task: { id: 'move', name: 'Move the database', attempt: 1 },
      subject: 'DRILL - task failed: Move the database (Payments)',
      text: [
        'This is a DRILL: production stays where it is.',
        'Move the database of Payments failed for an unknown reason. It broke.',
        'The replica takes over.',
        'What comes after it waits. Retry, skip or abandon it in the thread of the run, or over the API.',
        'Plan pay, task move, attempt 1, run 01SAMPLE, 2026-01-08 12:00 UTC',
      ].join('\n\n'),
      recipients: ['dr@example.com', 'dba@example.com'],
      groups: [],
    })
  })

  test('the notice of an approval says what is asked, and until when', () => {
    const asks = noticesIn(begun()).find(({ type }) => type === 'TaskManualApprovalNeeded')
    expect(asks?.task?.id).toBe('approve-move')
    expect(asks?.text).toContain('Look at the lag first.')
    expect(asks?.text).toContain('The replica takes over.')
    expect(asks?.text).toContain('Decide by 2026-01-08 12:30 UTC.')
  })
})

describe('a failure is told only when people must decide', () => {
  test('not while the engine tries again by itself, and then once it has given up', () => {
    const made = approved()
    made.fail('move', 'aws')
    expect(made.task('move').attempt).toBe(2)
    expect(noticesIn(made).filter(({ type }) => type === 'TaskFailed')).toEqual([])
    made.fail('move', 'aws')
    expect(noticesIn(made).filter(({ type }) => type === 'TaskFailed')).toMatchObject([
      { task: { attempt: 2 } },
    ])
  })

  test('not in a run that was cancelled before', () => {
    const made = approved()
    made.ask({ asks: 'cancel', reason: 'Sample reason' })
    made.pass(1)
    made.fail('move')
    expect(subjects(made)).not.toContainEqual(expect.stringContaining('failed'))
  })

  test('a rejection names who rejected, an expired approval that nobody decided', () => {
    const rejected = begun()
    rejected.ask({ asks: 'reject', task: 'approve-move', reason: 'The lag is too long.' })
    expect(noticesIn(rejected).at(-1)?.text).toContain('rejected by Anna. The lag is too long.')
    const expired = begun()
    expired.pass(31)
    expect(noticesIn(expired).at(-1)?.text).toContain('Nobody decided within 30 minutes.')
  })
})

test('what looks like a secret is not passed on', () => {
  const made = approved()
  const message = 'The key AKIAABCDEFGHIJKLMNOP was refused.'
  made.report('move', { says: 'fail', failure: { kind: 'crashed', message } })
  expect(noticesIn(made).at(-1)?.text).toContain('The key [an AWS access key id removed] was refused.')
})

test('a run that was taken up again after its end has ended once, at its real end', () => {
  const made = approved()
  made.fail('move')
  made.ask({ asks: 'abandon', task: 'move', reason: 'Sample reason' })
  made.settle()
  expect(noticesIn(made).at(-1)).toMatchObject({ type: 'RunEnded' })
  expect(noticesIn(made).at(-1)?.text).toContain('Ended incomplete')
  made.ask({ asks: 'retry', task: 'move' })
  made.settle()
  made.complete('move')
  made.complete('turn')
  expect(noticesIn(made).filter(({ type }) => type === 'RunEnded')).toHaveLength(1)
  expect(noticesIn(made).at(-1)?.text).toContain('Completed: 3 of 3 tasks')
})

test.each([
  ['Wiederherstellung für Käufer', 'DRILL - run started: Wiederherstellung fur Kaufer'],
  ['支払い', 'DRILL - run started: pay'],
  ['A – B', 'DRILL - run started: A - B'],
  ['x'.repeat(150), `DRILL - run started: ${'x'.repeat(57)}...`],
])('the plan "%s" has a subject in ASCII', (name, subject) => {
  const made = run({ ...plan, name })
  expect(noticesIn(made).map((notice) => notice.subject)).toEqual([subject])
})

test('no name and no failure text makes a subject or a text that SNS refuses', () => {
  const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 150 })
  fc.assert(
    fc.property(words, words, fc.string({ unit: 'binary', maxLength: 3000 }), (name, task, message) => {
      const made = run({ ...plan, name, tasks: plan.tasks.map((one) => ({ ...one, name: task })) })
      made.settle()
      made.ask({ asks: 'approve', task: 'approve-move' })
      made.settle()
      made.report('move', { says: 'fail', failure: { kind: 'crashed', message } })
      const notices = noticesIn(made)
      expect(notices).toHaveLength(3)
      for (const { subject, text } of notices) {
        expect(subject).toMatch(/^DRILL - [ -~]{1,91}$/)
        expect(Buffer.from(text).toString(), 'no half a character').toBe(text)
        expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
        expect(Buffer.byteLength(text)).toBeLessThan(20_000)
      }
    }),
  )
})

test('whenever it is derived, a record gives the same notices; only an end is told while it is one', () => {
  const does = fc.constantFrom(
    'approve',
    'fail',
    'give up',
    'complete',
    'retry',
    'skip',
    'pause',
    'resume',
    'cancel',
  )
  const tasks = fc.constantFrom('approve-move', 'move', 'turn')
  fc.assert(
    fc.property(fc.array(fc.tuple(does, tasks), { maxLength: 25 }), (steps) => {
      const made = run(plan)
      const seen: Notice[] = []
      let read = 0
      for (const [what, task] of steps) {
        made.pass(1)
        if (what === 'fail') made.fail(task, 'aws')
        else if (what === 'give up') made.fail(task)
        else if (what === 'complete') made.complete(task)
        else if (what === 'pause' || what === 'resume') made.ask({ asks: what })
        else if (what === 'cancel') made.ask({ asks: what, reason: 'rolled' })
        else
          made.ask({ asks: what === 'approve' || what === 'skip' ? what : 'retry', task, reason: 'rolled' })
        seen.push(...noticesIn(made, made.records.slice(read)))
        read = made.records.length
      }
      made.settle()
      seen.push(...noticesIn(made, made.records.slice(read)))
      const lasting = ({ type }: Notice) => type !== 'RunEnded'
      expect(noticesIn(made).filter(lasting)).toEqual(seen.filter(lasting))
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    }),
    { numRuns: 300 },
  )
})
