import { type AfterAction, afterAction } from '../../src/domain/after-action.ts'
import { planOf, run } from '../domain/run.ts'

/** A run of the sample company's payments with a failure, a wait, a skip and an approval; it ends after an hour. */
export function sampleRun() {
  const made = run(
    planOf({
      recovery_plan_id: 'payments',
      name: 'Payments to us-west-2',
      objectives: { rto_minutes: 45, rpo_minutes: 5 },
      tasks: [
        task('database', 'Move the database', 10, ['servers', 'caches']),
        task('servers', 'Recover the servers', 20, ['gate']),
        task('caches', 'Warm the caches', 3, ['gate']),
        { ...task('gate', 'Approve: send customers to us-west-2', 5, ['dns']), task_type: 'approval' },
        task('dns', 'Send customers to us-west-2', 2, []),
      ],
    }),
  )
  made.settle()
  made.pass(10)
  made.complete('database')
  made.pass(5)
  made.report('caches', {
    says: 'fail',
    failure: {
      kind: 'aws',
      message: 'The document Lifeboat-WarmCache ended as TimedOut at step "loadKeys".',
    },
  })
  made.pass(5)
  made.ask({ asks: 'skip', task: 'caches', reason: 'Known to be slow; customers will warm them.' })
  made.settle()
  made.report('servers', { says: 'intend', token: 'one' })
  made.report('servers', {
    says: 'running',
    token: 'one',
    references: ['drsjob-0123456789abcdef0'],
    adopted: false,
  })
  made.report('servers', { says: 'progress', detail: {}, lines: ['payments-app-1: snapshot taken'] })
  made.pass(10)
  made.report('servers', {
    says: 'fail',
    failure: {
      kind: 'aws',
      message: '1 of 6 servers not launched: s-0a000000000000004 (failed). A retry launches only these.',
    },
  })
  made.pass(4)
  made.ask({ asks: 'retry', task: 'servers' })
  made.settle()
  made.pass(16)
  made.complete('servers')
  made.pass(6)
  made.ask({ asks: 'approve', task: 'gate', reason: 'Servers answer.' })
  made.settle()
  made.pass(4)
  made.complete('dns')
  return made
}

const task = (task_id: string, name: string, expected_minutes: number, task_successors: string[]) => ({
  ...{ task_id, name, expected_minutes, task_successors },
  task_type: 'work',
})

export const sampleReport = (): AfterAction => reportOf(sampleRun())

export function reportOf(made: ReturnType<typeof run>): AfterAction {
  const now = made.records.at(-1)?.at
  return afterAction(made.execution(), made.records, new Date(now ?? ''))
}

const FOREIGN = new Set(['name', 'reason', 'message', 'text', 'summary', 'lines', 'references'])

/** The same report where every text of a plan, of AWS or of people is this one. */
export const withWords = (report: AfterAction, words: string): AfterAction =>
  JSON.parse(JSON.stringify(report), (key, value) =>
    !FOREIGN.has(key) ? value : Array.isArray(value) ? value.map(() => words) : words,
  )

/** A run of that many tasks side by side, every tenth of which failed and was tried again. */
export function largeReport(tasks: number): AfterAction {
  const made = run(
    planOf({
      recovery_plan_id: 'large',
      name: 'Everything at once',
      tasks: Array.from({ length: tasks }, (_, place) => ({
        ...task(`task-${place}`, `Recover application ${place}`, 5, []),
      })),
    }),
  )
  made.settle()
  made.pass(5)
  for (let place = 0; place < tasks; place += 1) {
    if (place % 10 === 0) {
      made.fail(`task-${place}`)
      made.ask({ asks: 'retry', task: `task-${place}` })
      made.settle()
    }
    made.report(`task-${place}`, { says: 'complete', summary: 'Done.' })
  }
  return reportOf(made)
}
