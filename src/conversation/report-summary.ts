import type { AfterAction } from '../domain/after-action.ts'
import type { Rich } from './card.ts'
import { code, count, listed } from './in-words.ts'
import type { Row, Section, Table } from './report-document.ts'
import { actor, namesOf, plainLine, type Times, took } from './report-words.ts'
import { say } from './words/index.ts'

/** What a manager reads in twenty seconds: the objectives, and what it took to get there. */
export function summarySections(report: AfterAction, time: Times): Section[] {
  return [
    { blocks: [objectives(report), { kind: 'list', items: highlights(report) }] },
    { heading: say().report.run.heading, blocks: [facts(report, time)] },
  ]
}

function objectives({ objectives: { rto, rpo } }: AfterAction): Table {
  const words = say().report.objectives
  const agreed = (minutes: number | undefined) => (minutes === undefined ? words.noneSet : took(minutes))
  const result = (met: boolean | undefined) => (met === undefined ? '–' : met ? words.met : words.notMet)
  const tone = (met: boolean | undefined) =>
    met === undefined ? {} : { tone: met ? ('good' as const) : ('bad' as const) }
  const columns = [
    { title: words.columns.objective, weight: 30 },
    { title: words.columns.agreed, weight: 14 },
    { title: words.columns.actual, weight: 42 },
    { title: words.columns.result, weight: 14 },
  ]
  const rows: Row[] = [
    {
      cells: [
        [words.recoveryTime],
        [agreed(rto.objectiveMinutes)],
        [rto.actualMinutes === undefined ? words.notOver : words.toTheLast(took(rto.actualMinutes))],
        [result(rto.met)],
      ],
      ...tone(rto.met),
    },
    { cells: [[words.timeToHealth], ['–'], [health(rto)], ['–']] },
    {
      cells: [
        [words.recoveryPoint],
        [agreed(rpo.objectiveMinutes)],
        [rpo.worstMinutes === undefined ? words.pointUnknown : words.pointAtWorst(took(rpo.worstMinutes))],
        [result(rpo.met)],
      ],
      ...tone(rpo.met),
    },
  ]
  return { kind: 'table', columns, rows }
}

function health({ healthChecks, toHealthMinutes }: AfterAction['objectives']['rto']): string {
  const words = say().report.objectives
  if (healthChecks === 0) return words.healthNotMeasured
  if (toHealthMinutes === undefined) return words.healthNotReached(count(healthChecks, 'check'))
  return words.toHealth(took(toHealthMinutes))
}

function highlights(report: AfterAction): Rich[] {
  const { tasks, failures, waiting } = report
  const words = say().report.highlights
  const name = namesOf(report)
  const otherwise = (['SKIPPED', 'ABANDONED', 'CANCELLED', 'FAILED'] as const).flatMap((status) => {
    const those = tasks.filter((task) => task.status === status).map(({ id }) => name(id))
    return those.length > 0
      ? [words.otherwise(those.length, say().core.status[status], listed(those, 3))]
      : []
  })
  const completed = tasks.filter(({ status }) => status === 'COMPLETED').length
  const failed = [...new Set(failures.map(({ task }) => name(task)))]
  return [
    [[words.completed(completed, count(tasks.length, 'task')), ...otherwise].join(', '), '.'],
    [
      failures.length === 0
        ? words.noneFailed
        : words.failed(count(failures.length, 'attempt'), listed(failed, 3)),
    ],
    [waitedFor(waiting)],
  ]
}

function waitedFor({ totalMinutes, criticalMinutes, pausedMinutes }: AfterAction['waiting']): string {
  const words = say().report.highlights
  const waited =
    totalMinutes === 0
      ? words.noWait
      : criticalMinutes === 0
        ? words.waitedBeside(took(totalMinutes))
        : words.waited(took(totalMinutes), took(criticalMinutes))
  return pausedMinutes > 0 ? `${waited} ${words.paused(took(pausedMinutes))}` : waited
}

function facts({ run, chain, drawnUpAt }: AfterAction, time: Times): Table {
  const words = say().report.run
  const { plan } = run
  const rows: (readonly [string, Rich])[] = [
    [words.kind, [words.kinds[run.mode]]],
    [words.declared, words.declaredBy(time.full(run.startedAt), actor(run.startedBy))],
    ...(run.reason ? [[words.reason, [plainLine(run.reason, 500)]] as const] : []),
    [words.ended, [run.endedAt ? time.full(run.endedAt) : words.notYet]],
    [words.plan, words.planVersion(plainLine(plan.name, 150), code(plan.id), plan.version)],
    [words.run, [code(run.id)]],
    [words.records, [chain.intact ? words.intact(chain.records) : words.notIntact(chain.records)]],
    [words.drawnUp, [words.drawnUpAt(time.full(drawnUpAt), time.zone)]],
  ]
  return {
    kind: 'table',
    columns: [
      { title: '', weight: 16 },
      { title: '', weight: 84 },
    ],
    rows: rows.map(([label, value]) => ({ cells: [[label], value] })),
  }
}
