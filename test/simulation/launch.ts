import { executionId } from '../../src/domain/execution.ts'
import { readPlan } from '../../src/domain/read-plan.ts'
import { TASK_TYPES } from '../../src/engine/task-types/index.ts'
import { PEOPLE } from './crew.ts'
import type { Fleet } from './fleet.ts'
import type { Ground } from './process.ts'
import { samplePlan } from './sample-plan.ts'
import type { Begun } from './simulate.ts'

/** Saves random plans and has Ann start them, as often as it takes. */
export async function launch({ time, chance }: Ground, ships: Fleet, executions: number): Promise<Begun[]> {
  const [ann] = PEOPLE
  const begun: Begun[] = []
  for (let place = 0; place < executions; place++) {
    const { document, mode } = samplePlan(chance, `plan${place}`)
    const read = readPlan(document, TASK_TYPES)
    if (read.kind !== 'plan') throw new Error(JSON.stringify(read.problems))
    const { plan } = read
    const savedAt = new Date(time.now()).toISOString()
    const stored = { id: plan.id, hash: plan.hash, document: JSON.parse(JSON.stringify(document)) }
    await ships.plans.put({ ...stored, savedAt, savedBy: 'seed' })
    const id = executionId.parse(`01SIM${String(place).padStart(3, '0')}`)
    const places = chance.happens(0.3) ? [{ platform: 'town', channel: `c${place}` }] : []
    const start = () => {
      // A bot that dies while it starts the run says nothing at all: whoever asked asks again, with the same id.
      const forget = time.after(60_000, start)
      const again = () => {
        forget()
        time.after(5_000, start)
      }
      ships
        .bot()
        ?.door.start({ id, plan: plan.id, mode, places }, { actor: ann, source: 'town' })
        .then(({ kind }) => (kind === 'done' ? forget() : again()), again)
    }
    start()
    begun.push({ id, plan })
  }
  return begun
}
