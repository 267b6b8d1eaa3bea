import type { Execution } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import type { Status } from '../domain/transitions.ts'
import type { Edge } from './picture.ts'

/** One task, or several of one state, that a picture shows as one node. */
export interface Item {
  readonly id: string
  /** How many tasks precede the first of them, at the longest. */
  readonly level: number
  readonly tasks: readonly [Task, ...Task[]]
}

/** What stays legible on a phone; beyond it tasks are drawn together. */
const MOST_ITEMS = 64
const MOST_ROWS = 20
const MOST_BESIDE = 4

/** So many of a layer keep a node of their own where they need a look; more share a node that lists them. */
const ALONE = 2

/** What a picture must say of each task by itself, if it can. */
const NOTABLE: ReadonlySet<Status> = new Set(['FAILED', 'PENDING_APPROVAL', 'IN_PROGRESS', 'RETRY', 'PAUSED'])

/**
 * A run as few enough nodes: each task by itself if that fits; else tasks of one state are drawn together, in the layers that are
 * too wide, then in all, then in bands of ever more layers. The edges never form a loop.
 */
export function drawnTogether(execution: Execution): { items: readonly Item[]; edges: readonly Edge[] } {
  const tasks = [...execution.tasks.values()]
  const levels = levelsOf(tasks)
  const level = (task: Task): number => levels.get(task.id) ?? 0
  const depth = Math.max(0, ...levels.values()) + 1
  const wide = wideLayers(tasks, level)

  let items = itemsOf(tasks, level, (task) => task.id)
  if (!fits(items))
    items = itemsOf(tasks, level, (task, shared) => (wide.has(level(task)) ? shared(1) : task.id))
  for (let layers = 1; !fits(items) && layers < 2 * depth; layers = Math.ceil(layers * 1.5)) {
    const size = layers
    items = itemsOf(tasks, level, (_, shared) => shared(size))
  }
  return { items, edges: withoutShortcuts(edgesOf(items)) }
}

/** A layer is a set of tasks with equally many before them, at the longest. */
function levelsOf(tasks: readonly Task[]): Map<string, number> {
  const levels = new Map<string, number>()
  const open = new Map(tasks.map((task) => [task.id, task.predecessors.length]))
  const byId = new Map(tasks.map((task) => [task.id, task]))
  // The list grows while it is read.
  const ready = tasks.filter((task) => task.predecessors.length === 0)
  for (const task of ready) {
    const level = levels.get(task.id) ?? 0
    levels.set(task.id, level)
    for (const id of task.successors) {
      levels.set(id, Math.max(levels.get(id) ?? 0, level + 1))
      const left = (open.get(id) ?? 0) - 1
      open.set(id, left)
      const successor = byId.get(id)
      if (left === 0 && successor) ready.push(successor)
    }
  }
  return levels
}

function wideLayers(tasks: readonly Task[], level: (task: Task) => number): Set<number> {
  const widths = countBy(tasks, level)
  return new Set([...widths].filter(([, width]) => width > MOST_BESIDE).map(([layer]) => layer))
}

type KeyOf = (task: Task, shared: (layers: number) => string) => string

function itemsOf(tasks: readonly Task[], level: (task: Task) => number, keyOf: KeyOf): Item[] {
  const bandKey = (task: Task, layers: number) => `${Math.floor(level(task) / layers)}/${task.status}`
  const sizes = new Map<number, Map<string, number>>()
  const isAlone = (task: Task, layers: number): boolean => {
    const counted = sizes.get(layers) ?? countBy(tasks, (each) => bandKey(each, layers))
    sizes.set(layers, counted)
    return NOTABLE.has(task.status) && (counted.get(bandKey(task, layers)) ?? 0) <= ALONE
  }
  const groups = new Map<string, [Task, ...Task[]]>()
  for (const task of tasks) {
    const key = keyOf(task, (layers) => (isAlone(task, layers) ? task.id : `/${bandKey(task, layers)}`))
    const group = groups.get(key)
    if (group) group.push(task)
    else groups.set(key, [task])
  }
  return [...groups].map(([id, members]) => ({ id, level: Math.min(...members.map(level)), tasks: members }))
}

function fits(items: readonly Item[]): boolean {
  const rows = countBy(items, ({ level }) => level)
  // A list is about twice as high as a single task.
  const lists = new Set(items.filter(({ tasks }) => tasks.length > 1).map(({ level }) => level))
  const isLow = rows.size + lists.size <= MOST_ROWS
  return items.length <= MOST_ITEMS && isLow && Math.max(0, ...rows.values()) <= MOST_BESIDE
}

/** Only forward, by level: what is drawn together over several layers would otherwise lead into itself. */
function edgesOf(items: readonly Item[]): Map<Item, Set<Item>> {
  const itemOf = new Map(items.flatMap((item) => item.tasks.map((task) => [task.id, item] as const)))
  const after = new Map<Item, Set<Item>>(items.map((item) => [item, new Set()]))
  for (const item of items) {
    for (const id of new Set(item.tasks.flatMap(({ predecessors }) => predecessors))) {
      const before = itemOf.get(id)
      if (before && before.level < item.level) after.get(before)?.add(item)
    }
  }
  return after
}

/** Without the edges that follow from others: a picture of a → b → c needs no a → c. */
function withoutShortcuts(after: ReadonlyMap<Item, ReadonlySet<Item>>): Edge[] {
  return [...after].flatMap(([from, direct]) => {
    const reached = new Set([...direct].flatMap((item) => [...(after.get(item) ?? [])]))
    // The set grows while it is read.
    for (const item of reached) for (const next of after.get(item) ?? []) reached.add(next)
    return [...direct].filter((to) => !reached.has(to)).map((to): Edge => [from.id, to.id])
  })
}

function countBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, number> {
  const counts = new Map<K, number>()
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  return counts
}
