import type {
  CancelCommandResult,
  ListCommandInvocationsResult,
  ListCommandsResult,
} from '@aws-sdk/client-ssm'
import { z } from 'zod'
import { later } from '../../moment.ts'
import { type Context, operation } from '../../operation.ts'
import { pageOf } from '../../page.ts'
import { type AwsRefusal, refuse } from '../../refusal.ts'
import { type Command, commandsOf, commandView, invocationView } from './command.ts'

const commandId = z.string().length(36)
const paging = { MaxResults: z.int().min(1).max(50).default(10), NextToken: z.string().optional() }
const listInput = z.strictObject({
  CommandId: commandId.optional(),
  Filters: z.array(z.strictObject({ key: z.string(), value: z.string().min(1) })).default([]),
  ...paging,
})
const invocationsInput = z.strictObject({
  CommandId: commandId,
  Details: z.boolean().default(false),
  ...paging,
})
const cancelInput = z.strictObject({ CommandId: commandId })

/** AWS seconds until a cancelled command has left the instances that it still runs on. */
const SECONDS_TO_STOP = 5

/** The filters that are understood here; AWS knows some more. */
const FILTERS: Readonly<Record<string, (command: Command, value: string) => boolean>> = {
  DocumentName: ({ document }, value) => document === value,
  InvokedAfter: ({ sentAt }, value) => Date.parse(sentAt) >= Date.parse(value),
  InvokedBefore: ({ sentAt }, value) => Date.parse(sentAt) <= Date.parse(value),
}

const unknownCommand = (id: string): AwsRefusal =>
  refuse('InvalidCommandId', `The command ${id} does not exist.`)
const badToken = (token: string | undefined): AwsRefusal =>
  refuse('InvalidNextToken', `The token ${token} is not valid.`)

/** Those that lists show by now. */
function listed(context: Context): Command[] {
  const lagSeconds = context.fate('listLagSeconds')?.listLagSeconds ?? 0
  const newest = context.now.getTime() - lagSeconds * 1000
  return commandsOf(context).filter(({ sentAt }) => Date.parse(sentAt) <= newest)
}

function list(wanted: z.output<typeof listInput>, context: Context): ListCommandsResult | AwsRefusal {
  const { CommandId, Filters, MaxResults, NextToken } = wanted
  let found = listed(context).filter(({ id }) => id === (CommandId ?? id))
  if (CommandId && found.length === 0) return unknownCommand(CommandId)
  for (const { key, value } of Filters) {
    const matches = FILTERS[key]
    if (!matches) return refuse('InvalidFilterKey', `The filter key ${key} is not valid.`)
    found = found.filter((command) => matches(command, value))
  }
  const page = pageOf(found.reverse(), MaxResults, NextToken)
  if (page === 'bad-token') return badToken(NextToken)
  return { Commands: page.items.map((command) => commandView(command, context.now)), NextToken: page.next }
}

function listInvocations(
  { CommandId, Details, MaxResults, NextToken }: z.output<typeof invocationsInput>,
  context: Context,
): ListCommandInvocationsResult | AwsRefusal {
  const command = listed(context).find(({ id }) => id === CommandId)
  if (!command) return unknownCommand(CommandId)
  const page = pageOf(command.invocations, MaxResults, NextToken)
  if (page === 'bad-token') return badToken(NextToken)
  return {
    CommandInvocations: page.items.map((one) => invocationView(one, command, Details, context.now)),
    NextToken: page.next,
  }
}

function cancel(
  { CommandId }: z.output<typeof cancelInput>,
  context: Context,
): CancelCommandResult | AwsRefusal {
  const command = commandsOf(context).find(({ id }) => id === CommandId)
  if (!command) return unknownCommand(CommandId)
  const at = context.now.toISOString()
  command.stopped ??= { at, effectiveAt: later(at, SECONDS_TO_STOP, context.speed) }
  return {}
}

export const listCommands = operation({ input: listInput, run: list })
export const listCommandInvocations = operation({ input: invocationsInput, run: listInvocations })
export const cancelCommand = operation({ input: cancelInput, changes: true, run: cancel })
