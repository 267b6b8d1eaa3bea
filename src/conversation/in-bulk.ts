import type { Change, ChangeRecord } from '../domain/change.ts'
import { type Execution, taskOf } from '../domain/execution.ts'
import type { Rich } from './card.ts'
import { clip, count, listed } from './in-words.ts'
import { say, type Words } from './words/index.ts'

/** Of more than that the names of a few say enough. */
const LINES_OF_A_KIND = 5

/** What tasks do by themselves, many at a time. */
const KINDS = [
  { does: 'started', is: (change) => change.what === 'moved' && change.event === 'start' },
  { does: 'running', is: (change) => change.what === 'running' && !change.adopted },
  { does: 'completed', is: (change) => change.what === 'moved' && change.event === 'complete' },
] as const satisfies { does: keyof Words['cards']['bulk']; is: (change: Change) => boolean }[]

/** Where more than a few tasks do the same, the lines for it: the last change has the one line for all, the others none. */
export function inBulk(
  records: readonly ChangeRecord[],
  execution: Execution,
): ReadonlyMap<Change, readonly Rich[]> {
  const changes = records.flatMap((record) => record.changes)
  const lines = new Map<Change, readonly Rich[]>()
  for (const { does, is } of KINDS) {
    const alike = changes.filter(is)
    const names = namesOf(alike, execution)
    if (names.length <= LINES_OF_A_KIND) continue
    const line = [say().cards.bulk[does](count(names.length, 'task'), listed(names, 3))]
    for (const change of alike) lines.set(change, change === alike.at(-1) ? [line] : [])
  }
  return lines
}

/** The tasks that these changes are about, each once. */
export function namesOf(changes: readonly Change[], execution: Execution): string[] {
  const ids = new Set(changes.flatMap((change) => ('task' in change ? [change.task] : [])))
  return [...ids].map((id) => clip(taskOf(execution, id).name, 80))
}
