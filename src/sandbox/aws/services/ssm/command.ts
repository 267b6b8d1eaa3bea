import type { CommandInvocation, CommandStatus, Command as CommandView } from '@aws-sdk/client-ssm'
import { z } from 'zod'
import { isPast } from '../../moment.ts'
import type { Context } from '../../operation.ts'

/** What an invocation that fails calls itself in its details. */
export const COMMAND_FAILURES = [
  'Failed',
  'ExecutionTimedOut',
  'DeliveryTimedOut',
  'Undeliverable',
  'AccessDenied',
] as const

const invocation = z.object({
  instance: z.string(),
  name: z.string(),
  beginsAt: z.string(),
  /** Null for one that never ends. */
  endsAt: z.string().nullable(),
  failure: z.object({ status: z.enum(COMMAND_FAILURES), output: z.string() }).optional(),
})

export const commandSchema = z.object({
  id: z.string(),
  account: z.string(),
  region: z.string(),
  document: z.string(),
  comment: z.string().optional(),
  parameters: z.record(z.string(), z.array(z.string())),
  sentAt: z.string(),
  invocations: z.array(invocation),
  /** Somebody cancelled it, and when that had taken effect. */
  stopped: z.object({ at: z.string(), effectiveAt: z.string() }).optional(),
})

export type Command = z.output<typeof commandSchema>
type Invocation = Command['invocations'][number]

/** The commands of the caller's account and Region, oldest first. */
export const commandsOf = ({ world, caller, region }: Context): Command[] =>
  world.commands.filter((command) => command.account === caller.account && command.region === region)

function invocationStatusOf(one: Invocation, { stopped }: Command, now: Date): CommandStatus {
  const beatsTheStop = !stopped || isPast(one.endsAt, new Date(stopped.effectiveAt))
  if (beatsTheStop && isPast(one.endsAt, now)) {
    if (!one.failure) return 'Success'
    return one.failure.status.endsWith('TimedOut') ? 'TimedOut' : 'Failed'
  }
  if (stopped) return isPast(stopped.effectiveAt, now) ? 'Cancelled' : 'Cancelling'
  return isPast(one.beginsAt, now) ? 'InProgress' : 'Pending'
}

const ENDS = ['Failed', 'TimedOut', 'Cancelled', 'Success'] as const

/** The command as a list shows it. */
export function commandView(command: Command, now: Date): CommandView {
  const statuses = command.invocations.map((one) => invocationStatusOf(one, command, now))
  const ended = ENDS.flatMap((end) => statuses.filter((status) => status === end))
  const isBegun = statuses.some((status) => status !== 'Pending')
  const underWay = statuses.includes('Cancelling') ? 'Cancelling' : isBegun ? 'InProgress' : 'Pending'
  const status = (ended.length === statuses.length && ended[0]) || underWay
  return {
    CommandId: command.id,
    DocumentName: command.document,
    DocumentVersion: '1',
    Comment: command.comment ?? '',
    Parameters: command.parameters,
    InstanceIds: command.invocations.map(({ instance }) => instance),
    RequestedDateTime: new Date(command.sentAt),
    Status: status,
    StatusDetails: status,
    TargetCount: statuses.length,
    CompletedCount: ended.length,
    ErrorCount: statuses.filter((one) => one === 'Failed').length,
  }
}

export function invocationView(
  one: Invocation,
  command: Command,
  details: boolean,
  now: Date,
): CommandInvocation {
  const status = invocationStatusOf(one, command, now)
  const failure = status === 'Failed' || status === 'TimedOut' ? one.failure : undefined
  const shown = { Status: status, StatusDetails: failure?.status ?? status }
  // A plugin knows of no cancelling.
  const plugin = status === 'Cancelling' ? 'InProgress' : status
  const output = failure ? `Sample output\n----------ERROR-------\n${failure.output}` : ''
  return {
    CommandId: command.id,
    InstanceId: one.instance,
    InstanceName: one.name,
    Comment: command.comment ?? '',
    DocumentName: command.document,
    DocumentVersion: '1',
    RequestedDateTime: new Date(command.sentAt),
    ...shown,
    CommandPlugins: details ? [{ Name: 'aws:runShellScript', ...shown, Status: plugin, Output: output }] : [],
  }
}
