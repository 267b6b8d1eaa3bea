import { digest } from './digest.ts'
import { nearest } from './nearest.ts'
import { optional } from './optional.ts'
import { plainJson } from './plain-json.ts'
import type { Plan, PlanTask, TaskKind } from './plan.ts'
import { NAME_LENGTH, type PlanDocument, planDocument } from './plan-document.ts'
import type { Graph } from './plan-graph.ts'
import { linksOf, type Written } from './plan-links.ts'
import { checkedKind, writtenTasks } from './plan-tasks.ts'
import type { Problem } from './problem.ts'
import { schemaProblems } from './schema-problems.ts'
import { taskId } from './task.ts'

export type ReadPlan =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }

/** A document as a plan, or everything that is wrong with it. Inputs that are only missing are no problem: they may be given later. */
export function readPlan(document: unknown, kinds: ReadonlyMap<string, TaskKind>): ReadPlan {
  const plain = plainJson(document)
  if (plain.kind === 'invalid') return plain
  const read = planDocument.safeParse(plain.value)
  if (!read.success) {
    const problems = schemaProblems(planDocument, plain.value, read.error.issues)
    return { kind: 'invalid', problems: [...problems, ...taskProblems(plain.value, kinds)] }
  }
  const { tasks, waves, problems } = writtenTasks(read.data)
  const links = linksOf(tasks, waves)
  const checked = tasks.map((written) => checkedKind(written, kinds))
  const all = [
    ...problems,
    ...checked.flatMap((one) => one.problems),
    ...links.problems,
    ...approvalProblems(tasks, kinds),
    ...notificationProblems(read.data, tasks),
  ]
  if (all.length > 0) return { kind: 'invalid', problems: all }
  const plan: Plan = {
    id: read.data.recovery_plan_id,
    name: read.data.name ?? read.data.recovery_plan_id,
    ...optional('description', read.data.description),
    hash: digest(plain.value),
    tasks: planTasks(tasks, links.graph, kinds),
    objectives: {
      ...optional('rtoMinutes', read.data.objectives.rto_minutes),
      ...optional('rpoMinutes', read.data.objectives.rpo_minutes),
    },
    customAttributes: read.data.custom_attributes,
    missing: checked.flatMap((one) => one.missing),
    warnings: links.warnings,
  }
  return { kind: 'plan', plan }
}

/** A wrong field of the plan itself does not hide what is wrong with its tasks. */
function taskProblems(document: unknown, kinds: ReadonlyMap<string, TaskKind>): readonly Problem[] {
  const parts = planDocument.pick({ tasks: true, waves: true }).strip().safeParse(document)
  if (!parts.success) return []
  const bare: PlanDocument = { recovery_plan_id: '', objectives: {}, custom_attributes: {}, ...parts.data }
  const { tasks, waves, problems } = writtenTasks(bare)
  return [
    ...problems,
    ...tasks.flatMap((written) => checkedKind(written, kinds).problems),
    ...linksOf(tasks, waves).problems,
  ]
}

const gateId = (id: string): string => `approve-${id}`

function approvalProblems(tasks: readonly Written[], kinds: ReadonlyMap<string, TaskKind>): Problem[] {
  const ids = new Set(tasks.map(({ task }) => task.task_id.toLowerCase()))
  return tasks.flatMap(({ path, task }) => {
    if (!task.approval) return []
    const at = `${path}.approval`
    if (task.task_type === 'approval')
      return [{ path: at, message: 'The task is an approval already. Remove this.' }]
    if (!kinds.has('approval'))
      return [{ path: at, message: 'Tasks of the type approval are not known here.' }]
    const id = gateId(task.task_id)
    if (id.length > 64)
      return [{ path: at, message: `The approval's id "${id}" is too long. Shorten "${task.task_id}".` }]
    if (ids.has(id.toLowerCase()))
      return [{ path: at, message: `The approval's id "${id}" is taken by another task. Rename that one.` }]
    return []
  })
}

function notificationProblems({ notifications }: PlanDocument, tasks: readonly Written[]): Problem[] {
  const ids = tasks.map(({ task }) => task.task_id)
  return (notifications?.task_level_settings ?? []).flatMap((setting, index) => {
    if (ids.includes(setting.task_id)) return []
    const [likely] = nearest(setting.task_id, ids)
    const message = `The plan has no task "${setting.task_id.slice(0, 80)}". ${likely ? `Did you mean "${likely}"?` : 'Remove these settings.'}`
    return [{ path: `notifications.task_level_settings[${index}].task_id`, message }]
  })
}

/** The tasks in the plan's order, each approval before its task, which it takes the predecessors from. */
function planTasks(
  tasks: readonly Written[],
  graph: Graph,
  kinds: ReadonlyMap<string, TaskKind>,
): PlanTask[] {
  const gated = new Set(tasks.flatMap(({ task }) => (task.approval ? [task.task_id] : [])))
  const before = new Map<string, string[]>()
  for (const [id, after] of graph) {
    for (const other of after) {
      const known = before.get(other)
      if (known) known.push(id)
      else before.set(other, [id])
    }
  }
  const ids = (names: Iterable<string>) => Array.from(names, (name) => taskId.parse(name))
  return tasks.flatMap(({ task }) => {
    const name = task.name ?? task.task_id
    const kind = kinds.get(task.task_type)
    const predecessors = ids(before.get(task.task_id) ?? [])
    const own: PlanTask = {
      id: taskId.parse(task.task_id),
      name,
      type: task.task_type,
      inputs: task.inputs ?? {},
      predecessors: task.approval ? ids([gateId(task.task_id)]) : predecessors,
      successors: ids([...(graph.get(task.task_id) ?? [])].map((id) => (gated.has(id) ? gateId(id) : id))),
      retries: task.retries ?? 0,
      ...optional('timeoutMinutes', task.timeout_minutes ?? kind?.timeoutMinutes),
      ...(task.health_check ? { healthCheck: true } : {}),
      ...optional('expectedMinutes', task.expected_minutes ?? kind?.expectedMinutes?.(task.inputs ?? {})),
    }
    if (!task.approval) return [own]
    const asking = kinds.get('approval')
    const gate: PlanTask = {
      id: taskId.parse(gateId(task.task_id)),
      name: `Approve ${name}`.slice(0, NAME_LENGTH),
      type: 'approval',
      inputs: optional('description', task.approval.description),
      predecessors,
      successors: ids([task.task_id]),
      retries: 0,
      ...optional('timeoutMinutes', task.approval.timeout_minutes ?? asking?.timeoutMinutes),
      ...optional('expectedMinutes', asking?.expectedMinutes?.({})),
    }
    return [gate, own]
  })
}
