import { type Execution, taskOf } from '../domain/execution.ts'
import { forecast, planned } from '../domain/forecast.ts'
import type { Task } from '../domain/task.ts'
import type { Span } from './picture.ts'
import type { PeopleWait, TimelineOf } from './timeline-picture.ts'
import { say } from './words/index.ts'

/** The run with its plan beside it, as it stands at that moment. */
export function timelineOf(execution: Execution, now: Date): TimelineOf {
  const plan = planned(execution)
  const critical = new Set(forecast(execution, now).critical)
  const iso = ({ from, to }: { readonly from: number; readonly to: number }): Span => ({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  })
  return {
    execution,
    tasks: [...plan.spans].map(([id, span]) => {
      const { startedAt: from, endedAt: to } = taskOf(execution, id)
      const ran = from !== undefined && to !== undefined ? { actual: { from, to } } : {}
      return { id, planned: iso(span), ...ran, critical: critical.has(id) }
    }),
    waits: [...execution.tasks.values()].flatMap(waitsFor),
  }
}

const waitsFor = ({ id, name, type, waits = [] }: Task): PeopleWait[] =>
  waits.map((wait) => ({
    ...wait,
    task: id,
    what: say().pictures.timeline.wait[type === 'approval' ? 'approval' : 'decision'](name),
  }))
