import type { SendCommandResult } from '@aws-sdk/client-ssm'
import { z } from 'zod'
import type { Estate } from '../../estate.ts'
import { newUuid } from '../../identity.ts'
import { later } from '../../moment.ts'
import { type Context, operation } from '../../operation.ts'
import { type AwsRefusal, refuse } from '../../refusal.ts'
import { serversOf } from '../drs/input.ts'
import { instancesOf } from '../drs/instances.ts'
import { type Command, commandView } from './command.ts'

const input = z.strictObject({
  DocumentName: z.string(),
  DocumentVersion: z.string().optional(),
  InstanceIds: z.array(z.string()).min(1).max(50),
  Parameters: z.record(z.string(), z.array(z.string())).default({}),
  Comment: z.string().max(100).optional(),
  TimeoutSeconds: z.int().min(30).max(2_592_000).optional(),
})

type Request = z.output<typeof input>

/** The documents there are, and whether each parameter must be given. */
const script = { commands: true, workingDirectory: false, executionTimeout: false }
const DOCUMENTS: { readonly [name: string]: { readonly [parameter: string]: boolean } } = {
  'AWS-RunShellScript': script,
  'AWS-RunPowerShellScript': script,
}

const SECONDS_BEFORE_START = 2
const SECONDS_TO_RUN = 30

interface Node {
  readonly id: string
  readonly name: string
  readonly server: string
}

/** A machine that DRS protects is the instance with the digits of its source server. */
const machineOf = (server: string): string => server.replace(/^s-/, 'i-')

/** What the agent runs on: the protected machines where they stand, and what was launched in place of them elsewhere. */
function nodesOf(context: Context): Node[] {
  const servers = serversOf(context)
  const machines = context.region === context.estate.primaryRegion ? servers : []
  return [
    ...machines.map(({ id, name }) => ({ id: machineOf(id), name, server: id })),
    ...instancesOf(context).map(({ id, server }) => {
      const name = servers.find((known) => known.id === server)?.name ?? server
      return { id, name, server }
    }),
  ]
}

function run(request: Request, context: Context): SendCommandResult | AwsRefusal {
  const { DocumentName, DocumentVersion = '1', InstanceIds, Parameters } = request
  const document = DOCUMENTS[DocumentName]
  if (!document) return refuse('InvalidDocument', `Document with name ${DocumentName} does not exist.`)
  if (!['1', '$DEFAULT', '$LATEST'].includes(DocumentVersion))
    return refuse('InvalidDocumentVersion', `Version ${DocumentVersion} of ${DocumentName} does not exist.`)
  const wrong = [
    ...Object.keys(Parameters).filter((name) => !Object.hasOwn(document, name)),
    ...Object.keys(document).filter((name) => document[name] && !Parameters[name]),
  ]
  if (wrong.length > 0)
    return refuse('InvalidParameters', `${wrong.join(', ')}: not a parameter, or missing.`)
  if (new Set(InstanceIds).size < InstanceIds.length)
    return refuse('DuplicateInstanceId', 'An instance is named twice.')

  const nodes = nodesOf(context).filter(({ id }) => InstanceIds.includes(id))
  const unknown = InstanceIds.filter((id) => !nodes.some((node) => node.id === id))
  if (unknown.length > 0) {
    const what = `Instances [[${unknown.join(', ')}]] not in a valid state for account ${context.caller.account}`
    return refuse('InvalidInstanceId', what)
  }
  const command = planned(request, nodes, context)
  context.world.commands.push(command)
  return { Command: commandView(command, context.now) }
}

/** The whole command, from the call to its end on each instance. */
function planned(request: Request, nodes: readonly Node[], context: Context): Command {
  const { world, now, speed, caller, region } = context
  const sentAt = now.toISOString()
  const beginsAt = later(sentAt, SECONDS_BEFORE_START, speed)
  return {
    id: newUuid(world, 'command'),
    account: caller.account,
    region,
    document: request.DocumentName,
    comment: request.Comment,
    parameters: request.Parameters,
    sentAt,
    invocations: nodes.map(({ id, name, server }) => {
      const about = { server: [id, name, server], document: [request.DocumentName] }
      const endsAt = context.fate('commandHangs', about) ? null : later(beginsAt, SECONDS_TO_RUN, speed)
      const fails = context.fate('commandFails', about)
      const { status = 'Failed', output = 'failed to run commands: exit status 1' } = fails ?? {}
      return { instance: id, name, beginsAt, endsAt, ...(fails ? { failure: { status, output } } : {}) }
    }),
  }
}

/** Machines under every name that a rule may call them by. What was launched later goes by its id. */
function concerning(ids: readonly string[], estate: Estate): string[] {
  const servers = estate.applications.flatMap((application) => application.servers)
  const named = servers.filter(({ id }) => ids.includes(machineOf(id)))
  return [...ids, ...named.flatMap(({ id, name }) => [id, name])]
}

export const sendCommand = operation({
  input,
  changes: true,
  concerns: ({ DocumentName, InstanceIds }, estate) => ({
    document: [DocumentName],
    server: concerning(InstanceIds, estate),
  }),
  run,
})
