import type { Home, PlanReadiness } from '../conversation/home-card.ts'
import type { Waiting } from '../conversation/waiting-blocks.ts'
import { offered } from '../domain/decide.ts'
import { type Execution, isFinished } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Plan } from '../domain/plan.ts'
import type { Task } from '../domain/task.ts'
import { waitsForPeople } from '../domain/waits-for-people.ts'
import type { Asker, Door } from '../ports/door.ts'

/** Of more runs than these nobody is told here that they wait: each costs a few look-ups. */
const RUNS_LOOKED_AT = 20
const RECENT_LOOKED_AT = 20

/** Names of the gates of a plan that nobody there is could open. */
export type Unmet = (plan: Plan) => Promise<readonly string[]>

/** What one person sees of everything. */
export async function homeOf(door: Door, asker: Asker, unmet?: Unmet): Promise<Home> {
  const [now, last] = await Promise.all([homeNow(door, asker, unmet), door.recent(asker, RECENT_LOOKED_AT)])
  return { ...now, recent: last.filter(isFinished) }
}

/** The same without what has ended. */
export async function homeNow(door: Door, asker: Asker, unmet?: Unmet): Promise<Omit<Home, 'recent'>> {
  const [running, plans] = await Promise.all([door.active(asker), door.plans(asker, 'start')])
  const [waiting, ready] = await Promise.all([
    waitingFor(running, door, asker),
    Promise.all(plans.map(readiness)),
  ])
  return { running, waiting, plans: ready }

  async function readiness(plan: Plan): Promise<PlanReadiness> {
    return { plan, ...optional('unmet', await unmet?.(plan)) }
  }
}

async function waitingFor(runs: readonly Execution[], door: Door, asker: Asker): Promise<Waiting[]> {
  const some = runs.filter((run) => tasksThatWait(run).length > 0).slice(0, RUNS_LOOKED_AT)
  const found = await Promise.all(
    some.map(async (execution) => {
      const mine = await Promise.all(
        tasksThatWait(execution).map(async (task) =>
          (await isFor(execution, task, door, asker)) ? [task] : [],
        ),
      )
      return { execution, tasks: mine.flat() }
    }),
  )
  return found.filter(({ tasks }) => tasks.length > 0)
}

const tasksThatWait = (execution: Execution): Task[] =>
  [...execution.tasks.values()].filter((task) => waitsForPeople(execution, task))

/**
 * A decision of theirs would take it further, and they have not voted yet. Who could only say no is not waited for. Asked of the
 * rules that a decision is saved by: there are no others.
 */
async function isFor(execution: Execution, task: Task, door: Door, asker: Asker): Promise<boolean> {
  const answers = await Promise.all(
    offered(task).map(async (asks) => ({
      asks,
      would: await door.would(execution, { asks, task: task.id, reason: 'a look' }, asker),
    })),
  )
  const hasVoted = answers.some(
    ({ would }) => would.kind === 'refused' && would.refusal.why === 'already-voted',
  )
  return !hasVoted && answers.some(({ asks, would }) => asks !== 'reject' && would.kind === 'changes')
}
