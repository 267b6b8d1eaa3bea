import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { awsClients } from '../../../src/adapters/aws/clients.ts'
import { awsEvents } from '../../../src/adapters/aws/events.ts'
import { awsTopic } from '../../../src/adapters/aws/topic.ts'
import type { Notice } from '../../../src/conversation/notices.ts'
import { executionId } from '../../../src/domain/execution.ts'
import { taskId } from '../../../src/domain/task.ts'
import { FinalFailure, TransientFailure } from '../../../src/ports/failure.ts'
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts'
import { failureOf, practise, rule } from '../../sandbox/aws/practice.ts'

const TOPIC = 'arn:aws:sns:us-west-2:111122223333:lifeboat-notices'

const notice = (number: number, more: Partial<Notice> = {}): Notice => ({
  id: `01SAMPLE-5-${number}`,
  type: 'TaskFailed',
  at: '2026-01-08T12:00:00.000Z',
  execution: executionId.parse('01SAMPLE'),
  plan: { id: 'pay', name: 'Payments' },
  mode: 'drill',
  task: { id: taskId.parse('move'), name: 'Move the database', attempt: 2 },
  subject: 'DRILL - task failed: Move the database (Payments)',
  text: 'This is a DRILL.\n\nIt broke.',
  recipients: ['dr@example.com', 'dba@example.com'],
  groups: ['managers'],
  ...more,
})
const notices = (count: number, more: Partial<Notice> = {}) =>
  Array.from({ length: count }, (_, number) => notice(number, more))

const event = z.object({ bus: z.string(), source: z.string(), detailType: z.string(), detail: z.string() })

async function ground(scenario: Scenario = []) {
  const practice = await practise({ scenario })
  const clients = awsClients({
    // Not that of the topic, which is spoken to in its own.
    region: 'us-east-1',
    clock: practice.clock,
    endpoints: { all: practice.url },
    credentials: { accessKeyId: 'AKIASAMPLE', secretAccessKey: 'sample' },
  })
  onTestFinished(() => clients.close())
  const kept = async () => z.array(event).parse(await (await fetch(`${practice.url}/_sandbox/events`)).json())
  return {
    events: awsEvents(clients, 'recovery'),
    topic: (arn = TOPIC) => awsTopic(clients, arn),
    kept,
    ids: async () =>
      (await kept()).map(
        ({ detail }) => z.object({ notice_id: z.string() }).parse(JSON.parse(detail)).notice_id,
      ),
    calls: () => practice.calls(),
  }
}

test('an event says in the words of the API what happened', async () => {
  const { events, kept } = await ground()
  await events.send([notice(0)])
  const [sent] = await kept()
  expect(sent).toMatchObject({ bus: 'recovery', source: 'lifeboat', detailType: 'TaskFailed' })
  expect(JSON.parse(sent?.detail ?? '')).toEqual({
    notice_id: '01SAMPLE-5-0',
    type: 'TaskFailed',
    at: '2026-01-08T12:00:00.000Z',
    execution_id: '01SAMPLE',
    recovery_plan_id: 'pay',
    recovery_plan_name: 'Payments',
    mode: 'drill',
    task_id: 'move',
    task_name: 'Move the database',
    attempt: 2,
    subject: 'DRILL - task failed: Move the database (Payments)',
    text: 'This is a DRILL.\n\nIt broke.',
    recipients: ['dr@example.com', 'dba@example.com'],
    groups: ['managers'],
  })
})

test('twenty-three events go in three calls, in their order', async () => {
  const { events, ids, calls } = await ground()
  await events.send(notices(23))
  expect(calls()).toHaveLength(3)
  expect(await ids()).toEqual(notices(23).map(({ id }) => id))
})

test('large events go in as many calls as 256 KiB each ask for', async () => {
  const { events, ids, calls } = await ground()
  await events.send(notices(4, { text: 'x'.repeat(100_000) }))
  expect(calls()).toHaveLength(2)
  expect(await ids()).toHaveLength(4)
})

test('of a call that was answered 200, only the entries that failed are sent again', async () => {
  const { events, ids, calls } = await ground([
    rule({ operation: 'PutEvents' }, { entriesFail: 2 }, { times: 1 }),
  ])
  await events.send(notices(3))
  expect(calls()).toHaveLength(2)
  expect(await ids()).toEqual(['01SAMPLE-5-2', '01SAMPLE-5-0', '01SAMPLE-5-1'])
})

test('entries that go on failing are a transient failure, which says how many and why', async () => {
  const { events, calls } = await ground([rule({ operation: 'PutEvents' }, { entriesFail: 10 })])
  const failure = await failureOf(events.send(notices(2)))
  expect(failure).toBeInstanceOf(TransientFailure)
  expect(String(failure)).toContain('2 of 2 events for the bus recovery: InternalFailure')
  expect(calls()).toHaveLength(3)
})

test('an event that the bus refuses for good is final, and the others have gone', async () => {
  const { events, ids } = await ground()
  const refused = Object.assign(notice(1), { type: '' })
  const failure = await failureOf(events.send([notice(0), refused, notice(2)]))
  expect(failure).toBeInstanceOf(FinalFailure)
  expect(String(failure)).toContain('InvalidArgument')
  expect(await ids()).toEqual(['01SAMPLE-5-0', '01SAMPLE-5-2'])
})

test.each([
  ['AccessDeniedException', FinalFailure],
  ['ThrottlingException', TransientFailure],
])('a bus that answers %s is told apart', async (code, kind) => {
  const { events } = await ground([rule({ operation: 'PutEvents' }, { error: { code } })])
  expect(await failureOf(events.send([notice(0)]))).toBeInstanceOf(kind)
})

test('a message carries its recipients as attributes that a subscription can filter by', async () => {
  const { topic, calls } = await ground()
  await topic().send([notice(0)])
  expect(calls()).toMatchObject([
    {
      operation: 'Publish',
      region: 'us-west-2',
      outcome: 'answered',
      input: {
        TopicArn: TOPIC,
        Subject: 'DRILL - task failed: Move the database (Payments)',
        Message: 'This is a DRILL.\n\nIt broke.',
        MessageAttributes: [
          { Name: 'NoticeId', Value: { DataType: 'String', StringValue: '01SAMPLE-5-0' } },
          { Name: 'Type', Value: { DataType: 'String', StringValue: 'TaskFailed' } },
          {
            Name: 'Email',
            Value: { DataType: 'String.Array', StringValue: '["dr@example.com","dba@example.com"]' },
          },
          { Name: 'Groups', Value: { DataType: 'String.Array', StringValue: '["managers"]' } },
        ],
      },
    },
  ])
})

test('nothing is published that nobody is to hear of', async () => {
  const { topic, calls } = await ground()
  await topic().send([notice(0, { recipients: [], groups: [] })])
  expect(calls()).toEqual([])
})

test('a message that SNS refuses is final, and the others have gone', async () => {
  const { topic, calls } = await ground()
  const failure = await failureOf(topic().send([notice(0), notice(1, { text: '' }), notice(2)]))
  expect(failure).toBeInstanceOf(FinalFailure)
  expect(String(failure)).toContain('01SAMPLE-5-1')
  expect(calls().filter(({ outcome }) => outcome === 'answered')).toHaveLength(2)
})

test('a topic that is not there is final, and the message says where to look', async () => {
  const { topic } = await ground()
  const failure = await failureOf(topic(`${TOPIC}-none`).send([notice(0)]))
  expect(failure).toBeInstanceOf(FinalFailure)
  expect(String(failure)).toContain('SNS_TOPIC_ARN')
})

test('a lost reply of SNS is asked for again, for a mail twice is better than none', async () => {
  const { topic, calls } = await ground([rule({ operation: 'Publish' }, { loseReply: true }, { times: 1 })])
  await topic().send([notice(0)])
  expect(calls().map(({ outcome }) => outcome)).toEqual(['lost', 'answered'])
})
