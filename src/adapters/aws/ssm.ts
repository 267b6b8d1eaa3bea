import {
  DescribeAutomationExecutionsCommand,
  GetAutomationExecutionCommand,
  StartAutomationExecutionCommand,
  StopAutomationExecutionCommand,
} from '@aws-sdk/client-ssm'
import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import type { Automation, AutomationRun, Origin } from '../../ports/aws.ts'
import { AmbiguousFailure } from '../../ports/failure.ts'
import type { AwsClients } from './clients.ts'
import { asking, codeOf, plain } from './failure.ts'
import { tagsOf, tokenOf } from './origin.ts'
import { everyPage } from './pages.ts'

/** Systems Manager Automation over the SDK. */
export function awsAutomation({ ssm }: Pick<AwsClients, 'ssm'>): Automation {
  return {
    async start(target, { document, version, parameters, origin }) {
      const tags = { ...tagsOf(origin), [attemptTag(origin)]: '' }
      const call = { service: 'SSM', operation: 'StartAutomationExecution', about: document }
      const reply = await asking(call, () =>
        ssm.once(target, origin, (client) =>
          client.send(
            new StartAutomationExecutionCommand({
              DocumentName: document,
              DocumentVersion: version,
              Parameters: Object.fromEntries(
                Object.entries(parameters).map(([name, values]) => [name, [...values]]),
              ),
              ClientToken: tokenOf(origin),
              Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
            }),
          ),
        ),
      )
      const { data } = named.safeParse(reply)
      if (data) return data.AutomationExecutionId
      throw new AmbiguousFailure(
        `SSM StartAutomationExecution of ${document} was answered without an execution id; it is looked for.`,
      )
    },

    find: (target, { origin }) =>
      everyPage('The list of automations', async (NextToken) => {
        const call = { service: 'SSM', operation: 'DescribeAutomationExecutions', reads: true }
        const reply = await asking(call, () =>
          ssm.reading(target).send(
            new DescribeAutomationExecutionsCommand({
              Filters: [{ Key: 'TagKey', Values: [attemptTag(origin)] }],
              NextToken,
            }),
          ),
        )
        const found = reply.AutomationExecutionMetadataList ?? []
        return {
          items: found.flatMap((item) => named.safeParse(item).data?.AutomationExecutionId ?? []),
          next: reply.NextToken,
        }
      }),

    run: (target, id) =>
      asking({ service: 'SSM', operation: 'GetAutomationExecution', about: id, reads: true }, async () => {
        try {
          const command = new GetAutomationExecutionCommand({ AutomationExecutionId: id })
          const { AutomationExecution } = await ssm.reading(target).send(command)
          return runOf(id, AutomationExecution)
        } catch (error) {
          if (codeOf(error) === 'AutomationExecutionNotFoundException') return undefined
          throw error
        }
      }),

    stop: (target, id) =>
      asking({ service: 'SSM', operation: 'StopAutomationExecution', about: id }, async () => {
        try {
          const command = new StopAutomationExecutionCommand({ AutomationExecutionId: id, Type: 'Cancel' })
          await ssm.reading(target).send(command)
        } catch (error) {
          // It has come to its end, which is what was asked for.
          if (codeOf(error) !== 'InvalidAutomationStatusUpdateException') throw error
        }
      }),
  }
}

/** The list shows no tags and filters by their names only, so the attempt is part of a name. */
const attemptTag = (origin: Origin): string => `lifeboat:${tokenOf(origin)}`

const named = z.object({ AutomationExecutionId: z.string().min(1) })

const execution = z.object({
  AutomationExecutionStatus: z.string().default('unknown'),
  FailureMessage: z.string().optional(),
  StepExecutions: z
    .array(
      z.object({
        StepName: z.string().default('?'),
        StepStatus: z.string().default('unknown'),
        FailureMessage: z.string().optional(),
      }),
    )
    .default([]),
})

/** A status that is not here, or not known to anybody yet, goes on. */
const ENDS: { readonly [status: string]: 'succeeded' | 'failed' } = {
  Success: 'succeeded',
  CompletedWithSuccess: 'succeeded',
  Failed: 'failed',
  TimedOut: 'failed',
  Cancelled: 'failed',
  Rejected: 'failed',
  ChangeCalendarOverrideRejected: 'failed',
  CompletedWithFailure: 'failed',
  Exited: 'failed',
}

function runOf(id: string, reply: unknown): AutomationRun | undefined {
  const { data } = execution.safeParse(reply)
  if (!data) return undefined
  const { AutomationExecutionStatus: status, StepExecutions: steps } = data
  const failed = steps.find(({ StepStatus }) => ENDS[StepStatus] === 'failed')
  const why = plain(failed?.FailureMessage ?? data.FailureMessage ?? '')
  const message = failed ? say().outcome.ssm.failedStep(plain(failed.StepName), failed.StepStatus, why) : why
  return {
    id,
    state: ENDS[status] ?? 'running',
    status,
    message: message || undefined,
    steps: steps
      .filter(({ StepStatus }) => StepStatus !== 'Pending')
      .map(({ StepName, StepStatus }) => `${plain(StepName)}: ${StepStatus}`),
  }
}
