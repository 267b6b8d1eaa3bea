import type { TimelineRow } from './picture.ts'

/** All of so many rows are shown; of more only as many as matter. */
const MOST_WHOLE = 60
const MOST_REDUCED = 40

/** The rows in the order of their starts; of very many those on the critical path, those that waited or failed, and the longest. */
export function rowsThatMatter(rows: readonly TimelineRow[]): TimelineRow[] {
  const inOrder = (some: readonly TimelineRow[]) => [...some].sort((a, b) => start(a) - start(b))
  if (rows.length < MOST_WHOLE) return inOrder(rows)
  const byWeight = [...rows].sort((a, b) => weight(b) - weight(a) || length(b) - length(a))
  return inOrder(byWeight.slice(0, MOST_REDUCED))
}

function weight({ state, waits, critical }: TimelineRow): number {
  if (state === 'FAILED') return 4
  if (waits.length > 0) return 3
  if (critical) return 2
  return state === 'COMPLETED' || state === 'PENDING' ? 0 : 1
}

const start = ({ actual, planned, waits }: TimelineRow): number =>
  Date.parse((actual ?? waits[0] ?? planned)?.from ?? '')

const length = ({ actual }: TimelineRow): number =>
  actual ? Date.parse(actual.to) - Date.parse(actual.from) : 0
