import type { PublishResponse } from '@aws-sdk/client-sns'
import { z } from 'zod'
import { newUuid } from '../identity.ts'
import { type Context, operation } from '../operation.ts'
import { query } from '../protocols/query.ts'
import { type AwsRefusal, refuse } from '../refusal.ts'
import type { AwsApi } from './api.ts'

export const messageSchema = z.object({
  id: z.string(),
  at: z.string(),
  topic: z.string(),
  subject: z.string().optional(),
  message: z.string(),
})

const publishInput = z.strictObject({
  TopicArn: z.string(),
  Message: z.string(),
  Subject: z.string().optional(),
  MessageAttributes: z.unknown().optional(),
})

/** SNS takes 256 KiB a message. */
const MESSAGE_BYTES = 262_144

function publish(input: z.output<typeof publishInput>, context: Context): PublishResponse | AwsRefusal {
  const { TopicArn, Message, Subject } = input
  const { world, estate, now } = context
  if (!estate.topics.includes(TopicArn)) return refuse('NotFound', 'Topic does not exist', { status: 404 })
  if (Subject !== undefined && !isSubject(Subject))
    return refuse('InvalidParameter', 'Invalid parameter: Subject')
  if (Message === '') return refuse('InvalidParameter', 'Invalid parameter: Empty message')
  if (Buffer.byteLength(Message) > MESSAGE_BYTES)
    return refuse('InvalidParameter', 'Invalid parameter: Message too long')

  const id = newUuid(world, 'message')
  world.messages.push({ id, at: now.toISOString(), topic: TopicArn, subject: Subject, message: Message })
  return { MessageId: id }
}

/** Fewer than 100 printable ASCII characters, of which the first is no space. */
const isSubject = (subject: string): boolean => /^[!-~][ -~]{0,98}$/.test(subject)

export const sns: AwsApi = {
  name: 'sns',
  protocol: query({ namespace: 'http://sns.amazonaws.com/doc/2010-03-31/' }),
  codes: { invalidInput: 'InvalidParameter', throttled: 'Throttled', throttledStatus: 429 },
  operations: { Publish: operation({ input: publishInput, changes: true, run: publish }) },
}
