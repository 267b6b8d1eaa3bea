import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { InvalidParameterException, NotFoundException, PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { expect, test } from 'vitest'
import { failureOf, practise, rule } from './practice.ts'

const TopicArn = 'arn:aws:sns:us-west-2:111122223333:lifeboat-notices'
const entry = { Source: 'lifeboat', DetailType: 'Task failed', Detail: '{"task":"launch"}' }

test('events are kept and can be looked at', async () => {
  const { client, url } = await practise()
  const put = new PutEventsCommand({ Entries: [{ ...entry, Time: new Date(), EventBusName: 'recovery' }] })
  const { FailedEntryCount, Entries } = await client(EventBridgeClient).send(put)
  expect(FailedEntryCount).toBe(0)
  const kept: unknown = await (await fetch(`${url}/_sandbox/events`)).json()
  expect(kept).toMatchObject([{ id: Entries?.[0]?.EventId, bus: 'recovery', detailType: 'Task failed' }])
})

test.each([
  ['InvalidArgument', { Source: 'lifeboat', DetailType: 'x' }],
  ['MalformedDetail', { ...entry, Detail: 'not json' }],
  ['NotAuthorizedForSourceException', { ...entry, Source: 'aws.drs' }],
])('an event is refused by itself with %s, and the others are taken', async (code, bad) => {
  const { client } = await practise()
  const put = new PutEventsCommand({ Entries: [bad, entry] })
  const { FailedEntryCount, Entries } = await client(EventBridgeClient).send(put)
  expect(FailedEntryCount).toBe(1)
  expect(Entries).toMatchObject([{ ErrorCode: code }, { EventId: expect.any(String) }])
})

test('a scenario lets entries fail although the call succeeds', async () => {
  const { client } = await practise({
    scenario: [rule({ operation: 'PutEvents' }, { entriesFail: 1 }, { times: 1 })],
  })
  const events = client(EventBridgeClient)
  const put = new PutEventsCommand({ Entries: [entry, entry] })
  expect((await events.send(put)).FailedEntryCount).toBe(1)
  expect((await events.send(put)).FailedEntryCount).toBe(0)
})

test('notices are kept and can be looked at', async () => {
  const { client, url } = await practise()
  const publish = new PublishCommand({ TopicArn, Subject: 'Sample: launch failed', Message: 'a <b> & c\nd' })
  const { MessageId } = await client(SNSClient).send(publish)
  const kept: unknown = await (await fetch(`${url}/_sandbox/messages`)).json()
  expect(kept).toMatchObject([{ id: MessageId, subject: 'Sample: launch failed', message: 'a <b> & c\nd' }])
})

test.each([
  ['a line break', 'Launch\nfailed'],
  ['a hundred characters', 'x'.repeat(100)],
  ['letters beyond ASCII', 'Wiederherstellung läuft'],
  ['nothing', ''],
])('SNS takes no subject with %s', async (_what, Subject) => {
  const { client } = await practise()
  const publish = new PublishCommand({ TopicArn, Subject, Message: 'sample' })
  expect(await failureOf(client(SNSClient).send(publish))).toBeInstanceOf(InvalidParameterException)
})

test('SNS takes no empty message, none beyond 256 KiB, and none for an unknown topic', async () => {
  const { client } = await practise()
  const sns = client(SNSClient)
  const publish = (Message: string, topic = TopicArn) =>
    failureOf(sns.send(new PublishCommand({ TopicArn: topic, Message })))
  expect(await publish('')).toBeInstanceOf(InvalidParameterException)
  expect(await publish('x'.repeat(262_145))).toBeInstanceOf(InvalidParameterException)
  expect(await publish('sample', `${TopicArn}-none`)).toBeInstanceOf(NotFoundException)
})
