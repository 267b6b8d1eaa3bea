import {
  CancelCommandCommand,
  type CommandFilter,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
} from '@aws-sdk/client-ssm'
import { z } from 'zod'
import type { CommandInstance, CommandOrder, Commands, Target } from '../../ports/aws.ts'
import { AmbiguousFailure } from '../../ports/failure.ts'
import type { AwsClients } from './clients.ts'
import { asking, codeOf, plain } from './failure.ts'
import { commentOf } from './origin.ts'
import { everyPage } from './pages.ts'

/** How far AWS's clock may be behind ours. */
const SKEW_SECONDS = 60

/** Systems Manager Run Command over the SDK. */
export function awsCommands({ ssm }: Pick<AwsClients, 'ssm'>): Commands {
  const list = (target: Target, wanted: { CommandId: string } | { Filters: CommandFilter[] }) =>
    everyPage('The list of commands', async (NextToken) => {
      const reply = await asking({ service: 'SSM', operation: 'ListCommands', reads: true }, () =>
        orUnknown(ssm.reading(target).send(new ListCommandsCommand({ ...wanted, NextToken }))),
      )
      return {
        items: (reply?.Commands ?? []).flatMap((item) => command.safeParse(item).data ?? []),
        next: reply?.NextToken,
      }
    })

  return {
    async send(target, { document, version, instances, parameters, timeoutSeconds, origin }) {
      const call = { service: 'SSM', operation: 'SendCommand', about: document }
      const reply = await asking(call, () =>
        ssm.once(target, origin, (client) =>
          client.send(
            new SendCommandCommand({
              DocumentName: document,
              DocumentVersion: version,
              InstanceIds: [...instances],
              Parameters: Object.fromEntries(
                Object.entries(parameters).map(([name, values]) => [name, [...values]]),
              ),
              TimeoutSeconds: timeoutSeconds,
              Comment: commentOf(origin),
            }),
          ),
        ),
      )
      const { data } = sent.safeParse(reply)
      if (data) return data.Command.CommandId
      throw new AmbiguousFailure(
        `SSM SendCommand of ${document} was answered without a command id; it is looked for.`,
      )
    },

    async find(target, order) {
      const found = await list(target, { Filters: filtersOf(order) })
      return found.filter(({ Comment }) => Comment === commentOf(order.origin)).map((one) => one.CommandId)
    },

    async command(target, id) {
      const [own] = await list(target, { CommandId: id })
      if (!own) return undefined
      const instances = await everyPage('The list of invocations', async (NextToken) => {
        const call = { service: 'SSM', operation: 'ListCommandInvocations', about: id, reads: true }
        const asked = new ListCommandInvocationsCommand({ CommandId: id, Details: true, NextToken })
        const reply = await asking(call, () => orUnknown(ssm.reading(target).send(asked)))
        return {
          items: (reply?.CommandInvocations ?? []).flatMap((item) => {
            const { data } = invocation.safeParse(item)
            return data ? [instanceOf(data)] : []
          }),
          next: reply?.NextToken,
        }
      })
      // The lists lag behind each other: it is over when they also show every instance that the command counts as done.
      const ended = instances.filter(({ state }) => state !== 'running').length
      const isOver = ended === instances.length && ended >= own.CompletedCount
      const state = (isOver && ENDS[own.Status]) || 'running'
      return { id, state, status: own.StatusDetails || own.Status, instances }
    },

    async cancel(target, id) {
      await asking({ service: 'SSM', operation: 'CancelCommand', about: id }, () =>
        ssm.reading(target).send(new CancelCommandCommand({ CommandId: id })),
      )
    },
  }
}

/** A command that was sent a moment ago is unknown for a while. */
async function orUnknown<Reply>(reply: Promise<Reply>): Promise<Reply | undefined> {
  try {
    return await reply
  } catch (error) {
    if (codeOf(error) === 'InvalidCommandId') return undefined
    throw error
  }
}

function filtersOf({ document, origin }: CommandOrder): CommandFilter[] {
  const earliest = new Date(Date.parse(origin.intendedAt) - SKEW_SECONDS * 1000).toISOString()
  const since = { key: 'InvokedAfter', value: earliest.replace(/\.\d+Z$/, 'Z') } as const
  // By which name the list calls a document that is ordered by its ARN is not documented; the comment decides anyway.
  return document.includes(':') ? [since] : [since, { key: 'DocumentName', value: document }]
}

const sent = z.object({ Command: z.object({ CommandId: z.string().min(1) }) })

const command = z.object({
  CommandId: z.string().min(1),
  Comment: z.string().default(''),
  Status: z.string().default('unknown'),
  StatusDetails: z.string().default(''),
  /** Without it nothing says that the list of instances is complete. */
  CompletedCount: z.number().default(Number.POSITIVE_INFINITY),
})

const invocation = z.object({
  InstanceId: z.string().min(1),
  Status: z.string().default('unknown'),
  StatusDetails: z.string().default(''),
  CommandPlugins: z
    .array(z.object({ Status: z.string().default(''), Output: z.string().default('') }))
    .default([]),
})

/** Of commands and of instances. A status that is not here, or not known to anybody yet, goes on. */
const ENDS: { readonly [status: string]: 'succeeded' | 'failed' } = {
  Success: 'succeeded',
  Failed: 'failed',
  TimedOut: 'failed',
  Cancelled: 'failed',
}

function instanceOf(data: z.output<typeof invocation>): CommandInstance {
  const { InstanceId: id, Status, StatusDetails, CommandPlugins } = data
  const state = ENDS[Status] ?? 'running'
  const broken = CommandPlugins.find((plugin) => ENDS[plugin.Status] === 'failed')
  const message = state === 'failed' ? firstLineOf(broken?.Output ?? '') : ''
  return { id, state, status: StatusDetails || Status, message: message || undefined }
}

/** What went wrong stands behind this line, and what went well before it. */
const ERROR_MARK = /^-+ERROR-+$/m

function firstLineOf(output: string): string {
  const [said = '', wrong] = output.split(ERROR_MARK)
  return plain((wrong?.trim() || said.trim()).split('\n', 1)[0] ?? '')
}
