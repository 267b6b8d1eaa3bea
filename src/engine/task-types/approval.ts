import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import type { TaskType } from './task-type.ts'

const inputs = z.strictObject({ description: z.string().max(1_000).optional() })

/** A person decides. The engine itself asks and records the answer; no worker ever has a part in it. */
export const approval: TaskType<z.output<typeof inputs>> = {
  type: 'approval',
  title: () => say().work.title.approval,
  inputs,
  timeoutMinutes: 240,
  expectedMinutes: () => 5,
  quietSeconds: 0,
  describe: ({ description }) => description ?? say().work.approval,
  start: notForWorkers,
  find: notForWorkers,
  check: notForWorkers,
  cancel: notForWorkers,
}

async function notForWorkers(): Promise<never> {
  throw new Error('An approval is waited for by the engine; a worker got it, which is a bug.')
}
