import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import { optional } from '../../domain/optional.ts'
import { documentInputs } from './ssm-document.ts'
import { targetInputs, targetOf } from './target.ts'
import type { Attempt, TaskType } from './task-type.ts'

const inputs = z.strictObject({
  document: z
    .string()
    .regex(
      /^[\w:/.-]{3,200}$/,
      'expected the name or ARN of an Automation document such as AWS-RestartEC2Instance',
    ),
  ...documentInputs,
  ...targetInputs,
})
type Inputs = z.output<typeof inputs>

/** Runs an Automation document and follows it to its end. Its client token makes starting it safe to repeat. */
export const ssmAutomation: TaskType<Inputs> = {
  type: 'ssm_automation',
  title: () => say().work.title.ssm_automation,
  inputs,
  timeoutMinutes: 60,
  expectedMinutes: () => 5,
  quietSeconds: 0,

  describe: (wanted, mode) => say().work.automation(wanted.document, wanted.region, mode === 'drill'),

  start: async (attempt) => [
    await attempt.world.automation.start(targetOf(attempt.inputs), orderOf(attempt)),
  ],

  find: async (attempt) => {
    const found = await attempt.world.automation.find(targetOf(attempt.inputs), orderOf(attempt))
    return found.map((id) => [id])
  },

  async check(attempt, { references: [id = ''], detail }) {
    const run = await attempt.world.automation.run(targetOf(attempt.inputs), id)
    if (!run) return { kind: 'running', detail: { ...detail }, lines: [] }
    const told = z.array(z.string()).catch([]).parse(detail.steps)
    const lines = run.steps.filter((step) => !told.includes(step))
    const { document } = attempt.inputs
    const { ended, failed } = say().outcome.ssm
    if (run.state === 'running')
      return { kind: 'running', detail: { status: run.status, steps: [...run.steps] }, lines }
    if (run.state === 'succeeded')
      return { kind: 'completed', summary: ended(document, run.status, id), lines }
    return { kind: 'failed', message: failed(document, run.status, run.message ?? '', id), lines }
  },

  async cancel(attempt, [id]) {
    if (!id) return say().outcome.nothingStarted
    await attempt.world.automation.stop(targetOf(attempt.inputs), id)
    return say().outcome.ssm.stopping(attempt.inputs.document, id)
  },
}

const orderOf = ({ inputs: { document, document_version, parameters }, origin }: Attempt<Inputs>) => ({
  document,
  parameters,
  origin,
  ...optional('version', document_version),
})
