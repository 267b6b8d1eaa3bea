import type { z } from 'zod'
import { nearest } from './nearest.ts'
import type { TaskKind } from './plan.ts'
import { INPUT_BYTES, type PlanDocument, TASKS, taskDocument } from './plan-document.ts'
import type { Written } from './plan-links.ts'
import { type Problem, pathText } from './problem.ts'
import type { MissingInput } from './refusal.ts'
import { schemaProblems, valueAt } from './schema-problems.ts'

export interface WrittenTasks {
  readonly tasks: readonly Written[]
  /** The ids of each wave's tasks. */
  readonly waves: readonly (readonly string[])[]
  readonly problems: readonly Problem[]
}

/** Every task of the document, wherever it is written: in the list of tasks, or in a wave. */
export function writtenTasks(document: PlanDocument): WrittenTasks {
  const problems: Problem[] = []
  const tasks: Written[] = []
  const places = [
    ...document.tasks.map((written, index) => ({ written, at: ['tasks', index] })),
    ...document.waves.flatMap((wave, number) =>
      wave.tasks.map((written, index) => ({ written, at: ['waves', number, 'tasks', index] })),
    ),
  ].filter(({ written, at }) => at[0] === 'tasks' || typeof written !== 'string')
  if (places.length === 0)
    problems.push({ path: 'tasks', message: 'The plan has no tasks. Add at least one.' })
  if (places.length > TASKS) {
    const message = `The plan has ${places.length} tasks; at most ${TASKS} are allowed. Divide it into several plans.`
    return { tasks, waves: [], problems: [{ path: 'tasks', message }] }
  }
  for (const { written, at } of places) {
    const read = taskDocument.safeParse(written)
    if (read.success) tasks.push({ path: pathText(at), task: read.data })
    else problems.push(...schemaProblems(taskDocument, written, read.error.issues, at))
  }
  problems.push(...twinProblems(tasks))
  return { tasks, problems, waves: wavesOf(document, tasks, problems) }
}

/** Ids that people could not tell apart. */
function twinProblems(tasks: readonly Written[]): Problem[] {
  const first = new Map<string, Written>()
  return tasks.flatMap((written) => {
    const id = written.task.task_id
    const other = first.get(id.toLowerCase())
    first.set(id.toLowerCase(), other ?? written)
    if (!other) return []
    const same = other.task.task_id === id
    const message = same
      ? `"${id}" is already the id of ${other.path}. Give one of them another id.`
      : `"${id}" differs from "${other.task.task_id}" (${other.path}) only in case. Give one of them another id.`
    return [{ path: `${written.path}.task_id`, message }]
  })
}

function wavesOf(document: PlanDocument, tasks: readonly Written[], problems: Problem[]): string[][] {
  const known = new Set(tasks.map(({ task }) => task.task_id))
  const found = new Map<string, string>()
  return document.waves.map((wave, number) =>
    wave.tasks.flatMap((written, index) => {
      const path = pathText(['waves', number, 'tasks', index])
      const inline = tasks.find((task) => task.path === path)
      const id = typeof written === 'string' ? written : inline?.task.task_id
      if (id === undefined) return []
      if (!known.has(id)) {
        const [likely] = nearest(id, [...known])
        const wayOut = likely ? `Did you mean "${likely}"?` : 'Add the task, or remove its name here.'
        problems.push({ path, message: `The plan has no task "${id.slice(0, 80)}". ${wayOut}` })
        return []
      }
      const earlier = found.get(id)
      if (earlier) {
        problems.push({ path, message: `"${id}" is already in a wave (${earlier}). Remove one of them.` })
        return []
      }
      found.set(id, path)
      return [id]
    }),
  )
}

/** What a task of a kind says against its kind: problems, and required inputs that are not given yet. */
export function checkedKind(
  { path, task }: Written,
  kinds: ReadonlyMap<string, TaskKind>,
): { problems: readonly Problem[]; missing: readonly MissingInput[] } {
  const kind = kinds.get(task.task_type)
  if (!kind) {
    const [likely] = nearest(task.task_type, [...kinds.keys()])
    const wayOut = likely ? `Did you mean "${likely}"?` : `Possible are ${[...kinds.keys()].join(', ')}.`
    const message = `Unknown task type "${task.task_type.slice(0, 80)}". ${wayOut}`
    return { problems: [{ path: `${path}.task_type`, message }], missing: [] }
  }
  const inputs = task.inputs ?? {}
  const bytes = Buffer.byteLength(JSON.stringify(inputs))
  if (bytes > INPUT_BYTES) {
    const message = `The inputs have ${bytes} bytes of JSON; at most ${INPUT_BYTES} are allowed.`
    return { problems: [{ path: `${path}.inputs`, message }], missing: [] }
  }
  const issues = kind.inputs.safeParse(inputs).error?.issues ?? []
  const absent = (issue: z.core.$ZodIssue) =>
    issue.path.length > 0 && issue.code !== 'unrecognized_keys' && valueAt(inputs, issue.path) === undefined
  const wrong = schemaProblems(
    kind.inputs,
    inputs,
    issues.filter((issue) => !absent(issue)),
  )
  const names = [...new Set(issues.filter(absent).map((issue) => pathText(issue.path)))]
  return {
    problems: wrong.map((problem) => ({
      ...problem,
      path: problem.path === '' ? `${path}.inputs` : `${path}.inputs.${problem.path}`,
    })),
    missing: names.length > 0 ? [{ task: task.task_id, inputs: names }] : [],
  }
}
