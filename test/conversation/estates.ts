import { readFileSync } from 'node:fs'
import { readPlanFile } from '../../src/adapters/files/plan-file.ts'
import type { TimelineOf } from '../../src/conversation/timeline-picture.ts'
import { begin } from '../../src/domain/begin.ts'
import { type Execution, executionId, type Mode } from '../../src/domain/execution.ts'
import { readPlan } from '../../src/domain/read-plan.ts'
import { type Task, type TaskId, taskId } from '../../src/domain/task.ts'
import { TASK_TYPES } from '../../src/engine/task-types/index.ts'
import { ANN } from './payments.ts'

const START = Date.parse('2026-11-23T14:00:00.000Z')
export const minute = (number: number): string => new Date(START + number * 60_000).toISOString()

/** A fresh run of a plan of the practice ground. */
export function sampleRun(name: 'payments' | 'storefront', mode: Mode = 'recovery'): Execution {
  const text = readFileSync(new URL(`../../src/sandbox/plans/${name}.yaml`, import.meta.url), 'utf8')
  const file = readPlanFile(text, name)
  const read = readPlan(file.kind === 'document' ? file.document : file, TASK_TYPES)
  if (read.kind !== 'plan') throw new Error(JSON.stringify(read.problems))
  const id = executionId.parse('01RUN')
  return begin(read.plan, 1, { id, mode, places: [], at: minute(0), by: ANN, source: 'test' }).execution
}

/** The run with some tasks as given. */
export const withTasks = (run: Execution, change: (task: Task) => Partial<Task>): Execution => ({
  ...run,
  tasks: new Map([...run.tasks].map(([id, task]) => [id, { ...task, ...change(task) }])),
})

type Grid = (layer: number, place: number) => Partial<Task>

/** Layers of tasks beside each other; each waits for the one above it and that one's neighbour. */
export function estate(layers: number, beside: number, change: Grid = () => ({})): Execution {
  const id = (layer: number, place: number): TaskId => taskId.parse(`t-${layer}-${place % beside}`)
  const both = (layer: number, places: readonly number[]) => [
    ...new Set(places.map((place) => id(layer, place))),
  ]
  const tasks = Array.from({ length: layers * beside }, (_, index): Task => {
    const [layer, place] = [Math.floor(index / beside), index % beside]
    return {
      id: id(layer, place),
      name: `Recover server ${layer}-${place}`,
      type: 'work',
      inputs: {},
      predecessors: layer === 0 ? [] : both(layer - 1, [place, place + 1]),
      successors: layer === layers - 1 ? [] : both(layer + 1, [place, place + beside - 1]),
      retries: 0,
      status: 'PENDING',
      attempt: 1,
      ...change(layer, place),
    }
  })
  return { ...sampleRun('payments'), tasks: new Map(tasks.map((task) => [task.id, task])) }
}

/** The run as it ended: each task takes ten minutes, planned for eight, in the order of the plan. */
export function asTimeline(run: Execution, ...waits: TimelineOf['waits']): TimelineOf {
  const tasks = [...run.tasks.values()].map(({ id }, index) => ({
    id,
    planned: { from: minute(index * 8), to: minute(index * 8 + 8) },
    actual: { from: minute(index * 10), to: minute(index * 10 + 10) },
    critical: index % 5 === 0,
  }))
  const ended = withTasks(run, ({ status }) => ({ status: status === 'PENDING' ? 'COMPLETED' : status }))
  return { execution: { ...ended, endedAt: minute(tasks.length * 10) }, tasks, waits }
}
