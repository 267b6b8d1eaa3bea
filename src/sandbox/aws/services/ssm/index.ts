import type {
  DescribeDocumentResult,
  GetAutomationExecutionResult,
  StopAutomationExecutionResult,
} from '@aws-sdk/client-ssm'
import { z } from 'zod'
import { later } from '../../moment.ts'
import { type Context, operation } from '../../operation.ts'
import { json } from '../../protocols/json.ts'
import { type AwsRefusal, isRefusal, refuse } from '../../refusal.ts'
import type { AwsApi } from '../api.ts'
import { type Automation, automationsOf, detailOf, isOver } from './automation.ts'
import { cancelCommand, listCommandInvocations, listCommands } from './commands.ts'
import { describeAutomationExecutions } from './list.ts'
import { sendCommand } from './send.ts'
import { startAutomationExecution } from './start.ts'

const getInput = z.strictObject({ AutomationExecutionId: z.string() })
// "Complete" exists in AWS as well; nothing in Lifeboat asks for it.
const stopInput = getInput.extend({ Type: z.literal('Cancel').default('Cancel') })
const documentInput = z.strictObject({ Name: z.string() })

/** AWS seconds between asking an execution to stop and its having stopped. */
const SECONDS_TO_STOP = 5

function executionOf(id: string, context: Context): Automation | AwsRefusal {
  const automation = automationsOf(context).find((known) => known.id === id)
  return (
    automation ?? refuse('AutomationExecutionNotFoundException', `Automation execution ${id} does not exist.`)
  )
}

function get(input: z.output<typeof getInput>, context: Context): GetAutomationExecutionResult | AwsRefusal {
  const automation = executionOf(input.AutomationExecutionId, context)
  if (isRefusal(automation)) return automation
  return { AutomationExecution: detailOf(automation, context.now) }
}

function stop(
  input: z.output<typeof stopInput>,
  context: Context,
): StopAutomationExecutionResult | AwsRefusal {
  const { now, speed } = context
  const automation = executionOf(input.AutomationExecutionId, context)
  if (isRefusal(automation)) return automation
  if (automation.stopped || isOver(automation, now))
    return refuse('InvalidAutomationStatusUpdateException', `Execution ${automation.id} has already ended.`)
  const at = now.toISOString()
  automation.stopped = { at, effectiveAt: later(at, SECONDS_TO_STOP, speed) }
  return {}
}

function describeDocument(
  { Name }: z.output<typeof documentInput>,
  context: Context,
): DescribeDocumentResult | AwsRefusal {
  const document = context.estate.documents.find(({ name }) => name === Name)
  if (!document) return refuse('InvalidDocument', `Document with name ${Name} does not exist.`)
  return {
    Document: {
      Name: document.name,
      Description: document.description,
      Owner: document.name.startsWith('AWS-') ? 'Amazon' : context.caller.account,
      Status: 'Active',
      DocumentType: 'Automation',
      DocumentVersion: '1',
      LatestVersion: '1',
      DefaultVersion: '1',
      SchemaVersion: '0.3',
      Parameters: Object.entries(document.parameters).map(([name, parameter]) => ({
        Name: name,
        Type: parameter.type,
        Description: parameter.description,
        DefaultValue: parameter.default,
      })),
    },
  }
}

export const ssm: AwsApi = {
  name: 'ssm',
  protocol: json,
  codes: { invalidInput: 'ValidationException', throttled: 'ThrottlingException', throttledStatus: 400 },
  operations: {
    StartAutomationExecution: startAutomationExecution,
    GetAutomationExecution: operation({ input: getInput, run: get }),
    DescribeAutomationExecutions: describeAutomationExecutions,
    StopAutomationExecution: operation({ input: stopInput, changes: true, run: stop }),
    SendCommand: sendCommand,
    ListCommands: listCommands,
    ListCommandInvocations: listCommandInvocations,
    CancelCommand: cancelCommand,
    DescribeDocument: operation({
      input: documentInput,
      concerns: ({ Name }) => ({ document: [Name] }),
      run: describeDocument,
    }),
  },
}
