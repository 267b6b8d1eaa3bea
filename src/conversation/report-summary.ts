import type { AfterAction } from '../domain/after-action.ts'
import type { Rich } from './card.ts'
import { code, count, listed, STATUS_WORDS } from './in-words.ts'
import type { Row, Section, Table } from './report-document.ts'
import { actor, namesOf, plainLine, type Times, took } from './report-words.ts'

/** What a manager reads in twenty seconds: the objectives, and what it took to get there. */
export function summarySections(report: AfterAction, time: Times): Section[] {
  return [
    { blocks: [objectives(report), { kind: 'list', items: highlights(report) }] },
    { heading: 'The run', blocks: [facts(report, time)] },
  ]
}

function objectives({ objectives: { rto, rpo } }: AfterAction): Table {
  const agreed = (minutes: number | undefined) => (minutes === undefined ? 'none set' : took(minutes))
  const result = (met: boolean | undefined) => (met === undefined ? '–' : met ? '✓ met' : '✗ not met')
  const tone = (met: boolean | undefined) =>
    met === undefined ? {} : { tone: met ? ('good' as const) : ('bad' as const) }
  const columns = [
    { title: 'Objective', weight: 30 },
    { title: 'Agreed', weight: 14 },
    { title: 'Actual', weight: 42 },
    { title: 'Result', weight: 14 },
  ]
  const rows: Row[] = [
    {
      cells: [
        ['Recovery time (RTO)'],
        [agreed(rto.objectiveMinutes)],
        [rto.actualMinutes === undefined ? 'not over yet' : `${took(rto.actualMinutes)} to the last task`],
        [result(rto.met)],
      ],
      ...tone(rto.met),
    },
    { cells: [['Time to health'], ['–'], [health(rto)], ['–']] },
    {
      cells: [
        ['Recovery point (RPO)'],
        [agreed(rpo.objectiveMinutes)],
        [
          rpo.worstMinutes === undefined
            ? 'not known: no task recorded the recovery point it used'
            : `${took(rpo.worstMinutes)} before the declaration, at worst`,
        ],
        [result(rpo.met)],
      ],
      ...tone(rpo.met),
    },
  ]
  return { kind: 'table', columns, rows }
}

function health({ healthChecks, toHealthMinutes }: AfterAction['objectives']['rto']): string {
  if (healthChecks === 0) return 'not measured: the plan marks no task as its check of health'
  if (toHealthMinutes === undefined)
    return `not reached: of ${count(healthChecks, 'check')} not all completed`
  return `${took(toHealthMinutes)} to the last check of health`
}

function highlights(report: AfterAction): Rich[] {
  const { tasks, failures, waiting } = report
  const name = namesOf(report)
  const otherwise = (['SKIPPED', 'ABANDONED', 'CANCELLED', 'FAILED'] as const).flatMap((status) => {
    const those = tasks.filter((task) => task.status === status).map(({ id }) => name(id))
    return those.length > 0 ? [`${those.length} ${STATUS_WORDS[status]} (${listed(those, 3)})`] : []
  })
  const completed = tasks.filter(({ status }) => status === 'COMPLETED').length
  const failed = [...new Set(failures.map(({ task }) => name(task)))]
  return [
    [[`${completed} of ${count(tasks.length, 'task')} completed`, ...otherwise].join(', '), '.'],
    [
      failures.length === 0
        ? 'No attempt failed.'
        : `${count(failures.length, 'attempt')} failed: ${listed(failed, 3)}.`,
    ],
    [waitedFor(waiting)],
  ]
}

function waitedFor({ totalMinutes, criticalMinutes, pausedMinutes }: AfterAction['waiting']): string {
  const paused = pausedMinutes > 0 ? ` The run was paused for ${took(pausedMinutes)}.` : ''
  if (totalMinutes === 0) return `Nobody was waited for.${paused}`
  const cost = criticalMinutes === 0 ? 'none of it' : took(criticalMinutes)
  return `People were waited for during ${took(totalMinutes)}; ${cost} lay on the critical path and made the run longer.${paused}`
}

function facts({ run, chain, drawnUpAt }: AfterAction, time: Times): Table {
  const rows: (readonly [string, Rich])[] = [
    ['Kind', [run.mode === 'drill' ? 'DRILL, a rehearsal' : 'REAL recovery']],
    ['Declared', [time.full(run.startedAt), ', by ', ...actor(run.startedBy)]],
    ...(run.reason ? [['Reason', [plainLine(run.reason, 500)]] as const] : []),
    ['Ended', [run.endedAt ? time.full(run.endedAt) : 'not yet']],
    ['Plan', [`${plainLine(run.plan.name, 150)} `, code(run.plan.id), `, version ${run.plan.version}`]],
    ['Run', [code(run.id)]],
    [
      'Records',
      [
        `${chain.records}, ${chain.intact ? 'every one intact and linked to the one before' : 'NOT INTACT: see the end of this report'}`,
      ],
    ],
    ['Drawn up', [`${time.full(drawnUpAt)}. Other times below are in ${time.zone}.`]],
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
