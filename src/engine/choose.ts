import { say } from '../conversation/words/index.ts'
import type { Execution, Place } from '../domain/execution.ts'
import { type Task, taskId } from '../domain/task.ts'

export type Chosen =
  | { readonly kind: 'run'; readonly execution: Execution }
  | { readonly kind: 'unclear'; readonly say: string }
  | { readonly kind: 'none' }

/** The run a typed command means: the one it names, the only one told in this channel, or the only one there is. */
export function chooseRun(active: readonly Execution[], named: string | undefined, place?: Place): Chosen {
  if (named) {
    const fitting = active.filter(({ id }) => id === named || id.toLowerCase().endsWith(named.toLowerCase()))
    const [only, another] = fitting
    return only && !another
      ? { kind: 'run', execution: only }
      : { kind: 'unclear', say: say().answers.whichRun.none(named) }
  }
  const here = runsIn(place, active)
  const candidates = here.length > 0 ? here : active
  const [only, another] = candidates
  if (!only) return { kind: 'none' }
  if (!another) return { kind: 'run', execution: only }
  const names = candidates.slice(0, 5).map(({ id, plan }) => `${plan.name} (run:${id})`)
  return { kind: 'unclear', say: say().answers.whichRun.several(names.join(', ')) }
}

/** Those that are told in this place. */
export const runsIn = (place: Place | undefined, active: readonly Execution[]): readonly Execution[] =>
  active.filter(({ places }) =>
    places.some(({ platform, channel }) => platform === place?.platform && channel === place.channel),
  )

/** The task with this id, or, as people type it, with this name. */
export function taskNamed(execution: Execution, said: string): Task | undefined {
  const exact = execution.tasks.get(taskId.parse(said))
  if (exact) return exact
  const wanted = said.toLowerCase()
  const fitting = [...execution.tasks.values()].filter(
    ({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted,
  )
  return fitting.length === 1 ? fitting[0] : undefined
}
