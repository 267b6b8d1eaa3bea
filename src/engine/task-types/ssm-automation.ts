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
    if (run.state === 'running')
      return { kind: 'running', detail: { status: run.status, steps: [...run.steps] }, lines }
    if (run.state === 'succeeded')
      return { kind: 'completed', summary: `${document} ended with ${run.status} (${id}).`, lines }
    const why = run.message ? `: ${run.message}` : '.'
    return { kind: 'failed', message: `${document} ended with ${run.status}${why} Execution ${id}.`, lines }
  },

  async cancel(attempt, [id]) {
    if (!id) return 'Nothing was started.'
    await attempt.world.automation.stop(targetOf(attempt.inputs), id)
    return `${attempt.inputs.document} (${id}) was asked to stop; steps that are under way may still end.`
  },
}

const orderOf = ({ inputs: { document, document_version, parameters }, origin }: Attempt<Inputs>) => ({
  document,
  parameters,
  origin,
  ...optional('version', document_version),
})
