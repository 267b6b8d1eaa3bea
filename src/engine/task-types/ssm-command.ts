import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import { optional } from '../../domain/optional.ts'
import type { CommandInstance } from '../../ports/aws.ts'
import { documentInputs } from './ssm-document.ts'
import { targetInputs, targetOf } from './target.ts'
import type { Attempt, TaskType } from './task-type.ts'

const inputs = z.strictObject({
  document: z
    .string()
    .regex(/^[\w:/.-]{3,200}$/, 'expected the name or ARN of a Command document such as AWS-RunShellScript'),
  instances: z
    .array(
      z
        .string()
        .regex(
          /^(i-([0-9a-f]{8}|[0-9a-f]{17})|mi-[0-9a-f]{17})$/,
          'expected an instance such as i-0123456789abcdef0',
        ),
    )
    .min(1)
    // As many as SSM takes in one command.
    .max(50)
    .refine((instances) => new Set(instances).size === instances.length, 'an instance is named twice'),
  ...documentInputs,
  /** How long SSM tries to deliver the command to an instance. */
  timeout_seconds: z.int().min(30).max(2_592_000).optional(),
  ...targetInputs,
})
type Inputs = z.output<typeof inputs>

/** Runs a command on instances. A retry sends it only to those on which it has not succeeded: nothing makes it safe to repeat. */
export const ssmCommand: TaskType<Inputs> = {
  type: 'ssm_command',
  title: () => say().work.title.ssm_command,
  inputs,
  timeoutMinutes: 60,
  expectedMinutes: () => 3,
  // A signature lives five minutes; the list of commands may lag behind by some seconds.
  quietSeconds: 330,

  describe: (wanted, mode) =>
    say().work.command(wanted.document, wanted.instances.length, wanted.region, mode === 'drill'),

  async start(attempt) {
    const order = orderOf(attempt)
    if (order.instances.length === 0) return []
    return [await attempt.world.commands.send(targetOf(attempt.inputs), order)]
  },

  async find(attempt) {
    const order = orderOf(attempt)
    if (order.instances.length === 0) return [[]]
    const found = await attempt.world.commands.find(targetOf(attempt.inputs), order)
    return found.map((id) => [id])
  },

  async check(attempt, { references: [id = ''], detail }) {
    const { document, instances } = attempt.inputs
    const wanted = wantedOf(attempt)
    const { allBefore, succeeded: done, notReached, notEverywhere } = say().outcome.ssm
    if (wanted.length === 0) {
      return { kind: 'completed', summary: allBefore(document, instances.length), lines: [] }
    }
    const command = await attempt.world.commands.command(targetOf(attempt.inputs), id)
    // A command just sent may not be in the list yet.
    if (!command) return { kind: 'running', detail: { ...detail }, lines: [] }
    const ended = command.instances.filter(
      (instance) => wanted.includes(instance.id) && instance.state !== 'running',
    )
    const told = z.array(z.string()).catch([]).parse(detail.done)
    const lines = ended
      .filter((instance) => !told.includes(instance.id))
      .map((instance) => `${instance.id}: ${wordsOf(instance)}`)
    if (command.state === 'running' && ended.length < wanted.length) {
      const seen = { done: ended.map((instance) => instance.id), of: wanted.length }
      return { kind: 'running', detail: seen, lines }
    }
    // The command's own status is not believed: it may be well although an instance is not.
    const succeeded = ended.filter(({ state }) => state === 'succeeded').map((instance) => instance.id)
    const missing = wanted.filter((instance) => !succeeded.includes(instance))
    if (missing.length === 0) {
      return { kind: 'completed', summary: done(document, wanted.length, id), lines }
    }
    const list = missing.slice(0, LISTED).map((instance) => {
      const found = ended.find((one) => one.id === instance)
      return `${instance} (${found ? wordsOf(found) : notReached(command.status)})`
    })
    const more = missing.length - list.length
    return {
      kind: 'failed',
      message: notEverywhere(document, missing.length, wanted.length, list.join(', '), more, id),
      carry: { succeeded: [...succeededBefore(attempt), ...succeeded] },
      lines,
    }
  },

  async cancel(attempt, [id]) {
    if (!id) return say().outcome.nothingStarted
    await attempt.world.commands.cancel(targetOf(attempt.inputs), id)
    return say().outcome.ssm.cancelling(attempt.inputs.document, id)
  },
}

/** So many fit into a line of chat, with what is said after them. The next attempt knows them all. */
const LISTED = 8

const wordsOf = ({ status, message }: CommandInstance): string => (message ? `${status}: ${message}` : status)

const carried = z.object({ succeeded: z.array(z.string()) }).catch({ succeeded: [] })
const succeededBefore = ({ carry }: Attempt<Inputs>): string[] => carried.parse(carry).succeeded

function wantedOf(attempt: Attempt<Inputs>): string[] {
  const before = new Set(succeededBefore(attempt))
  return attempt.inputs.instances.filter((instance) => !before.has(instance))
}

function orderOf(attempt: Attempt<Inputs>) {
  const { document, document_version, parameters, timeout_seconds } = attempt.inputs
  return {
    document,
    parameters,
    instances: wantedOf(attempt),
    origin: attempt.origin,
    ...optional('version', document_version),
    ...optional('timeoutSeconds', timeout_seconds),
  }
}
