import type {
  AutomationExecution,
  AutomationExecutionMetadata,
  AutomationExecutionStatus,
  StepExecution,
} from '@aws-sdk/client-ssm'
import { z } from 'zod'
import { isPast } from '../../moment.ts'
import type { Context } from '../../operation.ts'

const step = z.object({
  id: z.string(),
  name: z.string(),
  action: z.string(),
  /** Null for a step that is never reached. */
  beginsAt: z.string().nullable(),
  /** Null for a step that never ends. */
  endsAt: z.string().nullable(),
  /** Why it fails; without it, it succeeds. */
  failure: z.string().optional(),
})

export const automationSchema = z.object({
  id: z.string(),
  account: z.string(),
  region: z.string(),
  document: z.string(),
  executedBy: z.string(),
  parameters: z.record(z.string(), z.array(z.string())),
  /** The client token in lower case: AWS compares tokens so. */
  token: z.string().optional(),
  tags: z.record(z.string(), z.string()),
  startedAt: z.string(),
  beginsAt: z.string(),
  steps: z.array(step),
  outputs: z.record(z.string(), z.array(z.string())),
  /** Somebody stopped it, and when that had taken effect. */
  stopped: z.object({ at: z.string(), effectiveAt: z.string() }).optional(),
})

export type Automation = z.output<typeof automationSchema>
type Step = Automation['steps'][number]

/** The executions of the caller's account and Region, oldest first. */
export const automationsOf = ({ world, caller, region }: Context): Automation[] =>
  world.automations.filter(
    (automation) => automation.account === caller.account && automation.region === region,
  )

export function statusOf(automation: Automation, now: Date): AutomationExecutionStatus {
  const { stopped, beginsAt, steps } = automation
  if (stopped) return isPast(stopped.effectiveAt, now) ? 'Cancelled' : 'Cancelling'
  if (!isPast(beginsAt, now)) return 'Pending'
  if (steps.some((one) => stepStatusOf(one, automation, now) === 'Failed')) return 'Failed'
  return steps.every(({ endsAt }) => isPast(endsAt, now)) ? 'Success' : 'InProgress'
}

export const isOver = (automation: Automation, now: Date): boolean =>
  ['Success', 'Failed', 'Cancelled'].includes(statusOf(automation, now))

function stepStatusOf(one: Step, { stopped }: Automation, now: Date): AutomationExecutionStatus {
  // What had not ended when it was stopped never ends: a step takes notice of the stop at once.
  const seen = stopped ? new Date(stopped.at) : now
  if (!isPast(one.beginsAt, seen)) return 'Pending'
  if (!isPast(one.endsAt, seen)) return stopped ? 'Cancelled' : 'InProgress'
  return one.failure === undefined ? 'Success' : 'Failed'
}

function endOf(automation: Automation, now: Date): Date | undefined {
  if (!isOver(automation, now)) return undefined
  const ended = automation.stopped?.effectiveAt ?? automation.steps.findLast(({ endsAt }) => endsAt)?.endsAt
  return ended ? new Date(ended) : undefined
}

/** The execution as a list shows it. */
export function summaryOf(automation: Automation, now: Date) {
  const status = statusOf(automation, now)
  const current = automation.steps.find((one) => stepStatusOf(one, automation, now) === 'InProgress')
  const failed = automation.steps.find((one) => stepStatusOf(one, automation, now) === 'Failed')
  return {
    AutomationExecutionId: automation.id,
    DocumentName: automation.document,
    DocumentVersion: '1',
    AutomationExecutionStatus: status,
    ExecutionStartTime: new Date(automation.startedAt),
    ExecutionEndTime: endOf(automation, now),
    ExecutedBy: automation.executedBy,
    Mode: 'Auto',
    Outputs: status === 'Success' ? automation.outputs : {},
    CurrentStepName: current?.name,
    CurrentAction: current?.action,
    FailureMessage: failed && failureOf(failed),
  } satisfies AutomationExecutionMetadata
}

/** The execution as it shows itself. */
export const detailOf = (automation: Automation, now: Date): AutomationExecution => ({
  ...summaryOf(automation, now),
  Parameters: automation.parameters,
  StepExecutions: automation.steps.map((one) => stepOf(one, automation, now)),
  StepExecutionsTruncated: false,
})

function stepOf(one: Step, automation: Automation, now: Date): StepExecution {
  const status = stepStatusOf(one, automation, now)
  const ended = status === 'Success' || status === 'Failed'
  return {
    StepExecutionId: one.id,
    StepName: one.name,
    Action: one.action,
    StepStatus: status,
    ExecutionStartTime: one.beginsAt && status !== 'Pending' ? new Date(one.beginsAt) : undefined,
    ExecutionEndTime: one.endsAt && ended ? new Date(one.endsAt) : undefined,
    ResponseCode: status === 'Success' ? '0' : undefined,
    FailureMessage: status === 'Failed' ? failureOf(one) : undefined,
  }
}

const failureOf = ({ failure }: Step): string =>
  `Step fails when it is Execute/Cancelling action. ${failure} Please refer to Automation Service Troubleshooting Guide for more diagnosis details.`
