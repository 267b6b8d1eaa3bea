import {
  AuthorizationErrorException,
  type MessageAttributeValue,
  NotFoundException,
  PublishCommand,
} from '@aws-sdk/client-sns'
import type { Notice } from '../../conversation/notices.ts'
import { FinalFailure } from '../../ports/failure.ts'
import type { Notifier } from '../../ports/notifier.ts'
import type { AwsClients } from './clients.ts'
import { asking } from './failure.ts'

/** SNS: every notice that somebody is to hear of, as a message whose attributes the subscriptions filter by. */
export function awsTopic({ sns }: Pick<AwsClients, 'sns'>, topic: string): Notifier {
  // A topic is reached only in its own Region.
  const region = topic.split(':')[3]

  async function publish(notice: Notice): Promise<void> {
    // A mail twice is better than none: an unclear answer counts as none.
    const call = { service: 'SNS', operation: 'Publish', about: `the topic ${topic}`, reads: true }
    await asking(call, async () => {
      try {
        const { subject: Subject, text: Message } = notice
        const MessageAttributes = attributesOf(notice)
        await sns
          .reading({ region })
          .send(new PublishCommand({ TopicArn: topic, Subject, Message, MessageAttributes }))
      } catch (error) {
        if (error instanceof NotFoundException || error instanceof AuthorizationErrorException)
          throw new FinalFailure(
            `SNS Publish for the topic ${topic}: ${error.message}. Check SNS_TOPIC_ARN and the permissions of Lifeboat's role.`,
          )
        throw error
      }
    })
  }

  return {
    async send(notices) {
      const refused: string[] = []
      for (const notice of notices.filter((one) => one.recipients.length + one.groups.length > 0)) {
        try {
          await publish(notice)
        } catch (error) {
          if (!(error instanceof FinalFailure)) throw error
          refused.push(`${notice.id}: ${error.message}`)
        }
      }
      if (refused.length > 0) throw new FinalFailure(refused.join(' '))
    },
  }
}

const attributesOf = ({ id, type, recipients, groups }: Notice): Record<string, MessageAttributeValue> => ({
  NoticeId: { DataType: 'String', StringValue: id },
  Type: { DataType: 'String', StringValue: type },
  ...list('Email', recipients),
  ...list('Groups', groups),
})

const list = (name: string, values: readonly string[]): Record<string, MessageAttributeValue> =>
  values.length > 0 ? { [name]: { DataType: 'String.Array', StringValue: JSON.stringify(values) } } : {}
