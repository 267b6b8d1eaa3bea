import type { Chance } from '../simulation/chance.ts'
import { ask, type Heard, type Run } from './api.ts'
import type { Member } from './crew.ts'
import type { World } from './faults.ts'
import { PLANS } from './plans.ts'

/** A decision that was asked for, known again by its reason. */
export interface Asked {
  readonly mark: string
  readonly told: Heard['kind']
}

const ENDS = ['COMPLETED', 'ABANDONED', 'CANCELLED']

/** The people: starts the plans, again when they have ended, and decides whatever asks for it, over the API of any bot. */
export function decider({ ground, crew }: World, chance: Chance) {
  const asked: Asked[] = []
  const runs = new Set<string>()
  const ended = new Set<string>()
  const current = new Map<string, string>()
  let isCalm = false

  const anyBot = (): Member | undefined =>
    chance.one(crew.filter(({ part, isUp }) => part === 'bot' && (isUp() || !isCalm)))
  const tell = async (method: string, path: string, body?: object): Promise<Heard> => {
    const bot = anyBot()
    return bot ? ask(bot, ground.apiToken, method, path, body) : { kind: 'unclear' }
  }

  async function decide(run: Run, asks: string, task?: Run['tasks'][number]): Promise<Heard> {
    const mark = `mark ${asked.length}`
    const index = asked.push({ mark, told: 'unclear' }) - 1
    const about = task ? { task_id: task.task_id, attempt: task.attempt } : {}
    const heard = await tell('POST', `/executions/${run.execution_id}/${asks}`, { ...about, reason: mark })
    asked[index] = { mark, told: heard.kind }
    return heard
  }

  async function start(plan: string): Promise<void> {
    const heard = await tell('POST', '/executions', { recovery_plan_id: plan, mode: 'drill' })
    // The one under way may be ours, whose answer never came.
    const id = heard.kind === 'done' ? heard.run.execution_id : heard.kind === 'refused' && heard.execution
    if (!id) return
    runs.add(id)
    current.set(plan, id)
  }

  async function attend(id: string): Promise<void> {
    const seen = await tell('GET', `/executions/${id}`)
    if (seen.kind !== 'done') return
    const { run } = seen
    if (ENDS.includes(run.status)) {
      ended.add(id)
      return
    }
    for (const task of run.tasks) {
      if (task.status === 'PENDING_APPROVAL') {
        const asks = isCalm
          ? 'approve'
          : (chance.one(['approve', 'approve', 'approve', 'reject', 'skip']) ?? 'approve')
        await decide(run, asks, task)
      } else if (task.status === 'FAILED') {
        const left = task.failure?.kind !== 'aws' && task.failure?.kind !== 'rejected'
        const adopting = left ? await decide(run, 'adopt', task) : undefined
        if (adopting?.kind === 'done') continue
        await decide(run, isCalm || chance.happens(0.8) ? 'retry' : 'skip', task)
      }
    }
  }

  return {
    asked,
    runs,
    async putPlans(): Promise<boolean> {
      const heard = await Promise.all(PLANS.map((plan) => put(plan)))
      return heard.every(Boolean)
    },
    /** One look at every plan that has a run, and a start of every one that has none. */
    async round(): Promise<void> {
      const idle = PLANS.map((plan) => plan.recovery_plan_id).filter((plan) => {
        const id = current.get(plan)
        return id === undefined || (ended.has(id) && !isCalm)
      })
      const open = [...runs].filter((id) => !ended.has(id))
      await Promise.all([...idle.map(start), ...open.map(attend)])
    },
    /** From now on nothing new is started, and every decision leads on. */
    calmDown(): void {
      isCalm = true
      // A decision that a stopped bot held back may have taken up a run again.
      ended.clear()
    },
    /** Gives up a run as somebody does who has seen enough. */
    async cancel(plan: string): Promise<boolean> {
      const id = current.get(plan)
      const seen = id === undefined ? undefined : await tell('GET', `/executions/${id}`)
      if (seen?.kind !== 'done') return false
      return ENDS.includes(seen.run.status) || (await decide(seen.run, 'cancel')).kind !== 'unclear'
    },
  }

  async function put(plan: (typeof PLANS)[number]): Promise<boolean> {
    const bot = anyBot()
    if (!bot) return false
    const response = await fetch(`${bot.url}/api/v1/plans/${plan.recovery_plan_id}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${ground.apiToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(plan),
    })
    return response.ok
  }
}
