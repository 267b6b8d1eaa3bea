import { nearest } from './nearest.ts'
import type { TaskDocument } from './plan-document.ts'
import { EDGES } from './plan-document.ts'
import { cyclesOf, cycleText, type Graph, partsOf } from './plan-graph.ts'
import type { Problem } from './problem.ts'

/** A task as it stands in the document. */
export interface Written {
  readonly path: string
  readonly task: TaskDocument
}

export interface Links {
  readonly graph: Graph
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

/** The plan's edges: those that its tasks name, and from every task of a wave to every task of the next. */
export function linksOf(tasks: readonly Written[], waves: readonly (readonly string[])[]): Links {
  const problems: Problem[] = []
  const graph = new Map(tasks.map(({ task }) => [task.task_id, new Set<string>()]))
  for (const { path, task } of tasks) {
    const after = graph.get(task.task_id)
    task.task_successors?.forEach((successor, index) => {
      const message = wrongSuccessor(graph, task.task_id, successor)
      if (message) problems.push({ path: `${path}.task_successors[${index}]`, message })
      else after?.add(successor)
    })
  }
  const written = countOf(graph)
  const waveEdges = waves.reduce((sum, wave, index) => sum + wave.length * (waves[index + 1]?.length ?? 0), 0)
  if (written + waveEdges > EDGES) {
    const message = `The plan has ${written + waveEdges} edges; at most ${EDGES} are allowed. Put one waiting task (wait or approval) between large groups.`
    return { graph, problems: [...problems, { path: 'tasks', message }], warnings: [] }
  }
  waves.forEach((wave, index) => {
    for (const id of wave) for (const later of waves[index + 1] ?? []) graph.get(id)?.add(later)
  })
  for (const cycle of cyclesOf(graph)) {
    const path = tasks.find(({ task }) => task.task_id === cycle[0])?.path ?? 'tasks'
    const message = `These tasks wait for each other for ever: ${cycleText(cycle)}. Remove one of these edges.`
    problems.push({ path: `${path}.task_successors`, message })
  }
  return { graph, problems, warnings: islandWarning(graph) }
}

function wrongSuccessor(
  graph: ReadonlyMap<string, ReadonlySet<string>>,
  from: string,
  to: string,
): string | undefined {
  const shown = to.slice(0, 80)
  if (to === from) return `"${shown}" names itself as its successor. Remove it.`
  if (graph.get(from)?.has(to)) return `"${shown}" is named twice. Remove one of them.`
  if (graph.has(to)) return undefined
  const [likely] = nearest(to, [...graph.keys()])
  return `The plan has no task "${shown}". ${likely ? `Did you mean "${likely}"?` : 'Add the task, or remove its name here.'}`
}

function islandWarning(graph: Graph): string[] {
  const parts = partsOf(graph)
  if (parts.length < 2) return []
  const shown = parts.slice(0, 3).map((part) => `"${part[0]}" (${part.length})`)
  const more = parts.length > shown.length ? `, and ${parts.length - shown.length} more` : ''
  return [
    `The plan has ${parts.length} parts that no edge connects, beginning with ${shown.join(', ')}${more}; number of tasks in brackets. They run side by side.`,
  ]
}

const countOf = (graph: Graph): number => [...graph.values()].reduce((sum, after) => sum + after.size, 0)
