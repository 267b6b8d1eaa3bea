import { z } from 'zod'
import { chanceOf } from '../simulation/chance.ts'
import { type Ground, HOST, startGround } from './ground.ts'
import { type Decision, TASK } from './hand.ts'
import { play, type Round } from './round.ts'

const PLAN = {
  recovery_plan_id: 'gate-only',
  tasks: [{ task_id: TASK, task_type: 'approval', task_successors: [] }],
}
/** What may be pressed in a round, in turn. Of the first two one decision alone can ever count; of the third see README.md. */
const MIXES: readonly (readonly Decision[])[] = [
  ['approve', 'reject'],
  ['approve', 'skip', 'abandon'],
  ['approve', 'reject', 'skip', 'abandon'],
]
/** A run grows with its attempts; then another one begins. */
const ROUNDS_PER_RUN = 50

const started = z.object({ execution_id: z.string(), status: z.string() })

/** So many rounds, each on a gate that is asked anew. The seed draws who asks for what, and in which order. */
export async function hands(
  rounds: number,
  seed: number,
  each: (round: Round, number: number) => void,
): Promise<void> {
  const chance = chanceOf(seed)
  const ground = await startGround()
  try {
    await host(ground, 'PUT', `/plans/${PLAN.recovery_plan_id}`, PLAN)
    let run = ''
    for (let number = 0; number < rounds; number++) {
      const attempt = (number % ROUNDS_PER_RUN) + 1
      run = attempt === 1 ? await nextRun(ground, run) : run
      if (attempt > 1)
        await host(ground, 'POST', `/executions/${run}/retry`, { task_id: TASK, attempt: attempt - 1 })
      each(await play(ground, { run, attempt }, MIXES[number % MIXES.length] ?? [], chance), number + 1)
    }
  } finally {
    await ground.close()
  }
}

async function nextRun(ground: Ground, last: string): Promise<string> {
  // A plan has one unfinished run at a time, and a rejected gate keeps its run open.
  if (last && started.parse(await host(ground, 'GET', `/executions/${last}`)).status === 'FAILED')
    await host(ground, 'POST', `/executions/${last}/skip`, { task_id: TASK, reason: 'The rounds are over.' })
  const body = { recovery_plan_id: PLAN.recovery_plan_id, mode: 'drill' }
  return started.parse(await host(ground, 'POST', '/executions', body)).execution_id
}

async function host(ground: Ground, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await ground.call(HOST, method, path, body)
  if (answer.status >= 300) throw new Error(`${method} ${path} was answered ${JSON.stringify(answer)}`)
  return answer.body
}
