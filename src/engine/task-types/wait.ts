import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import type { Origin } from '../../ports/aws.ts'
import type { TaskType } from './task-type.ts'

const inputs = z.strictObject({ minutes: z.int().min(1).max(1_440) })

/** Lets time pass. It starts nothing outside, so the intent alone says when it ends. */
export const wait: TaskType<z.output<typeof inputs>> = {
  type: 'wait',
  title: () => say().work.title.wait,
  inputs,
  // Longer than the longest wait.
  timeoutMinutes: 1_500,
  expectedMinutes: ({ minutes }) => Number(minutes) || 1,
  quietSeconds: 0,
  describe: ({ minutes }) => say().work.wait(minutes),
  start: async ({ inputs: { minutes }, origin }) => [endOf(origin, minutes)],
  find: async ({ inputs: { minutes }, origin }) => [[endOf(origin, minutes)]],
  check: async ({ inputs: { minutes }, world }, { references: [until = ''] }) =>
    world.clock.now().getTime() < Date.parse(until)
      ? { kind: 'running', detail: { until }, lines: [] }
      : {
          kind: 'completed',
          summary: say().outcome.waited(minutes),
          lines: [],
        },
  cancel: async () => say().outcome.waitOver,
}

const endOf = ({ intendedAt }: Origin, minutes: number): string =>
  new Date(Date.parse(intendedAt) + minutes * 60_000).toISOString()
