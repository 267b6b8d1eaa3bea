import type { Mode } from '../../../src/domain/execution.ts'
import type { Json } from '../../../src/domain/json.ts'
import { TASK_TYPES } from '../../../src/engine/task-types/index.ts'
import type { Attempt } from '../../../src/engine/task-types/task-type.ts'
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts'
import type { PracticeAwsOptions } from '../../../src/sandbox/aws/start.ts'
import { awsGround } from '../../adapters/aws/ground.ts'

/** One task type over the adapters and a practice AWS. */
export async function story(
  name: string,
  inputs: object,
  scenario: Scenario = [],
  practice: Partial<PracticeAwsOptions> = {},
) {
  const ground = await awsGround(scenario, {}, practice)
  const type = TASK_TYPES.get(name)
  if (!type) throw new Error(`No task type ${name}`)
  const parsed = type.inputs.parse(inputs)
  const attempt = (
    number = 1,
    mode: Mode = 'recovery',
    carry: { readonly [name: string]: Json } = {},
  ): Attempt<unknown> => ({
    inputs: parsed,
    mode,
    origin: ground.origin(number),
    carry,
    world: ground.world,
  })
  /** The calls that would change something. */
  const changes = () => ground.calls().filter((call) => call.changes && call.operation !== 'AssumeRole')
  return { ...ground, type, attempt, changes }
}
