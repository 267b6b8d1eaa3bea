import type { StartAutomationExecutionResult } from '@aws-sdk/client-ssm'
import { z } from 'zod'
import { canonical } from '../../../../domain/json.ts'
import type { EstateDocument } from '../../estate.ts'
import { newUuid } from '../../identity.ts'
import { later } from '../../moment.ts'
import { type Context, operation } from '../../operation.ts'
import { type AwsRefusal, refuse } from '../../refusal.ts'
import { type Automation, automationsOf } from './automation.ts'

const input = z.strictObject({
  DocumentName: z.string(),
  DocumentVersion: z.string().optional(),
  Mode: z.literal('Auto').optional(),
  Parameters: z.record(z.string(), z.array(z.string())).default({}),
  ClientToken: z
    .string()
    .regex(/^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/i)
    .optional(),
  Tags: z
    .array(z.strictObject({ Key: z.string(), Value: z.string() }))
    .max(5)
    .default([]),
})

type Request = z.output<typeof input>

/** AWS seconds before the first step begins. */
const SECONDS_BEFORE_START = 2

function run(request: Request, context: Context): StartAutomationExecutionResult | AwsRefusal {
  const token = request.ClientToken?.toLowerCase()
  const earlier = token && automationsOf(context).find((automation) => automation.token === token)
  if (earlier) {
    if (sameRequest(earlier, request)) return { AutomationExecutionId: earlier.id }
    return refuse('IdempotentParameterMismatch', 'The client token was used before with other parameters.')
  }

  const document = context.estate.documents.find(({ name }) => name === request.DocumentName)
  if (!document) {
    const what = `No automation definition exists for name ${request.DocumentName}`
    return refuse('AutomationDefinitionNotFoundException', what)
  }
  if (!['1', '$DEFAULT', '$LATEST'].includes(request.DocumentVersion ?? '1')) {
    const what = `Version ${request.DocumentVersion} of ${document.name} does not exist`
    return refuse('AutomationDefinitionVersionNotFoundException', what)
  }
  const problem = parameterProblem(document, request.Parameters)
  if (problem) return refuse('InvalidAutomationExecutionParametersException', problem)

  const automation = planned(document, request, token, context)
  context.world.automations.push(automation)
  return { AutomationExecutionId: automation.id }
}

const sameRequest = ({ document, parameters }: Automation, request: Request): boolean =>
  document === request.DocumentName && canonical(parameters) === canonical(request.Parameters)

function parameterProblem(document: EstateDocument, given: Request['Parameters']): string | undefined {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(document.parameters, name))
  if (unknown.length > 0) return `Parameters ${unknown.join(', ')} are not defined in ${document.name}.`
  for (const [name, { type, default: preset }] of Object.entries(document.parameters)) {
    const values = given[name]
    if (!values && preset === undefined) return `Parameter ${name} of ${document.name} is required.`
    if (values && type === 'String' && values.length !== 1)
      return `Parameter ${name} takes exactly one value.`
  }
  return undefined
}

/** The whole execution, from the call to its end. */
function planned(
  document: EstateDocument,
  request: Request,
  token: string | undefined,
  context: Context,
): Automation {
  const { world, now, speed, caller, region } = context
  const about = { document: [document.name] }
  const failure = context.fate('automationFails', about)
  const hanging = context.fate('automationHangs', about)
  const outputs = context.fate('automationOutputs', about)?.automationOutputs ?? document.outputs

  const startedAt = now.toISOString()
  const beginsAt = later(startedAt, SECONDS_BEFORE_START, speed)
  const failingStep = failure && stepOf(document, failure.step)
  const hangingStep = hanging && stepOf(document, hanging.step)
  // Null once a step has failed or hangs: those behind it are never reached.
  let moment: string | null = beginsAt
  const steps = document.steps.map(({ name, action, seconds }): Automation['steps'][number] => {
    const step = { id: newUuid(world, 'step'), name, action, beginsAt: moment }
    const end: string | null = moment && name !== hangingStep ? later(moment, seconds, speed) : null
    const fails = moment !== null && name === failingStep
    moment = fails ? null : end
    return fails
      ? { ...step, endsAt: end, failure: failure?.message ?? 'The step failed.' }
      : { ...step, endsAt: end }
  })

  return {
    id: newUuid(world, 'automation'),
    account: caller.account,
    region,
    document: document.name,
    executedBy: caller.arn,
    parameters: request.Parameters,
    token,
    tags: Object.fromEntries(request.Tags.map(({ Key, Value }) => [Key, Value])),
    startedAt,
    beginsAt,
    steps,
    outputs,
  }
}

/** The step that a rule names. Without a name, or with one that the document does not have, its last. */
const stepOf = ({ steps }: EstateDocument, name: string | undefined): string | undefined =>
  (steps.find((step) => step.name === name) ?? steps.at(-1))?.name

export const startAutomationExecution = operation({
  input,
  changes: true,
  concerns: ({ DocumentName }) => ({ document: [DocumentName] }),
  run,
})
