/** From each task to those that wait for it. Every id that is named is a key. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>

/** Enough to begin with: whoever has mended five loops asks again. */
const CYCLES_NAMED = 5

/** Loops of tasks that wait for each other, each as its ids in order. No two of them share a task. */
export function cyclesOf(graph: Graph): string[][] {
  const cycles: string[][] = []
  let left = new Set(graph.keys())
  while (cycles.length < CYCLES_NAMED) {
    left = withoutEnds(graph, left)
    const [start] = left
    if (start === undefined) break
    const cycle = walk(graph, left, start)
    cycles.push(cycle)
    left = new Set([...left].filter((id) => !cycle.includes(id)))
  }
  return cycles
}

/** "a → b → a"; of a long one the first three and the last. */
export function cycleText(cycle: readonly string[]): string {
  const [first = ''] = cycle
  const shown =
    cycle.length <= 8 ? cycle : [...cycle.slice(0, 3), `… ${cycle.length - 4} more …`, ...cycle.slice(-1)]
  return [...shown, first].join(' → ')
}

/** The tasks in groups that no edge connects, in the order of their first tasks. */
export function partsOf(graph: Graph): string[][] {
  const neighbours = new Map([...graph].map(([id, after]) => [id, new Set(after)]))
  for (const [id, after] of graph) for (const other of after) neighbours.get(other)?.add(id)
  const seen = new Set<string>()
  const parts: string[][] = []
  for (const id of graph.keys()) {
    if (seen.has(id)) continue
    const part = [id]
    seen.add(id)
    // The list grows while it is read.
    for (const member of part) {
      for (const other of neighbours.get(member) ?? []) {
        if (!seen.has(other)) part.push(other)
        seen.add(other)
      }
    }
    parts.push(part)
  }
  return parts
}

/** What is left when tasks that nobody waits for are taken away, again and again: whatever remains leads into a loop. */
function withoutEnds(graph: Graph, among: ReadonlySet<string>): Set<string> {
  const left = new Set(among)
  const waiting = new Map<string, number>()
  const before = new Map<string, string[]>()
  for (const id of left) {
    const after = [...(graph.get(id) ?? [])].filter((other) => left.has(other))
    waiting.set(id, after.length)
    for (const other of after) before.set(other, [...(before.get(other) ?? []), id])
  }
  const ends = [...left].filter((id) => waiting.get(id) === 0)
  for (const end of ends) {
    left.delete(end)
    for (const id of before.get(end) ?? []) {
      const rest = (waiting.get(id) ?? 0) - 1
      waiting.set(id, rest)
      if (rest === 0) ends.push(id)
    }
  }
  return left
}

function walk(graph: Graph, left: ReadonlySet<string>, start: string): string[] {
  const path: string[] = []
  const place = new Map<string, number>()
  let id: string | undefined = start
  while (id !== undefined && !place.has(id)) {
    place.set(id, path.length)
    path.push(id)
    id = [...(graph.get(id) ?? [])].find((other) => left.has(other))
  }
  return path.slice(id === undefined ? 0 : place.get(id))
}
