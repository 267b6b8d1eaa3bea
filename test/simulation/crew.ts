import { adoptable, cardDigest, offered, type Request } from '../../src/domain/decide.ts'
import { type Execution, isFinished } from '../../src/domain/execution.ts'
import { gateRule } from '../../src/domain/gate-rules.ts'
import { optional } from '../../src/domain/optional.ts'
import type { Policy } from '../../src/domain/permission.ts'
import type { Actor, Task } from '../../src/domain/task.ts'
import type { PersonEvent } from '../../src/domain/transitions.ts'
import type { Fleet } from './fleet.ts'
import type { Ground } from './process.ts'

/** What a person asked for, and what they were told. Their reason is the mark by which the records know it. */
export interface Asked {
  readonly mark: string
  told: 'nothing yet' | 'done' | 'refused' | 'failed'
}

const person = (name: string): Actor => ({ kind: 'person', id: `town:${name}`, name })

/** Eve has no role at all. */
const EVE = person('eve')
export const PEOPLE: readonly [Actor, ...Actor[]] = [person('ann'), person('ben'), person('cleo'), EVE]

export const POLICY: Policy = {
  bindings: (['operator', 'approver', 'viewer'] as const).map((role) => ({
    role,
    people: PEOPLE.filter((one) => one !== EVE).map(({ id }) => id),
    groups: [],
    emails: [],
  })),
  api_tokens: [],
  // What is real takes two.
  approvals: [gateRule.parse({ modes: ['recovery'], needs: [{ count: 2 }] })],
  humans: [],
  on_call: [],
}

export interface Crew {
  readonly asked: readonly Asked[]
  /** Somebody presses something, perhaps on a card that is no longer true. */
  meddle(execution: Execution): void
  /** Decides whatever waits for people, as a calm person would. */
  attend(execution: Execution): void
}

export function crew({ chance, faults }: Ground, fleet: Fleet, forbiddenDone: (mark: string) => void): Crew {
  const asked: Asked[] = []
  const old = new Map<string, Execution>()

  function ask(id: string, wanted: Request, actor: Actor): void {
    const bot = fleet.bot()
    if (!bot) return
    const mark = `mark ${asked.length}`
    const one: Asked = { mark, told: 'nothing yet' }
    asked.push(one)
    bot.door.handle(id, { ...wanted, reason: mark }, { actor, source: 'town' }).then(
      ({ kind }) => {
        one.told = kind
        if (kind === 'done' && actor === EVE) forbiddenDone(mark)
      },
      () => {
        one.told = 'failed'
      },
    )
  }

  const request = (execution: Execution, task: Task): Request | undefined => {
    const asks = chance.one(offered(task))
    const seen = { attempt: task.attempt, digest: cardDigest(execution, task) }
    const [reference] = (asks === 'adopt' && chance.one(adoptable(task))) || []
    return asks && { asks, task: task.id, seen, ...optional('reference', reference) }
  }

  return {
    asked,
    meddle(now) {
      // What has ended can be asked for again. Often, no world would come to its end.
      if (isFinished(now) && !chance.happens(0.1)) return
      const seen = (faults.strikes('card is old') && old.get(now.id)) || now
      old.set(now.id, now)
      const tasks = [...seen.tasks.values()]
      const waiting = tasks.filter(({ status }) => status === 'PENDING_APPROVAL' || status === 'FAILED')
      const task = chance.one(waiting.length > 0 && chance.happens(0.9) ? waiting : tasks)
      const whole = chance.happens(0.06) ? chance.one(['pause', 'resume', 'cancel'] as const) : undefined
      const wanted = whole ? { asks: whole } : task && request(seen, task)
      if (!wanted) return
      const actor = chance.one(PEOPLE)
      if (!actor) return
      ask(seen.id, wanted, actor)
      if (faults.strikes('click comes twice')) ask(seen.id, wanted, actor)
      const other = task && request(seen, task)
      const rival = chance.one(PEOPLE)
      if (other && rival && faults.strikes('two decide at once')) ask(seen.id, other, rival)
    },
    attend(now) {
      const [ann, ben] = PEOPLE
      if (now.paused && !now.cancelled) return ask(now.id, { asks: 'resume' }, ann)
      for (const { status, id: task, attempt, type } of now.tasks.values()) {
        if (now.cancelled) break
        // A gate may take two.
        const both = (asks: PersonEvent) => {
          for (const one of type === 'approval' && ben ? [ann, ben] : [ann]) ask(now.id, { asks, task }, one)
        }
        if (status === 'PENDING_APPROVAL') both('approve')
        if (status === 'PAUSED') ask(now.id, { asks: 'release', task }, ann)
        if (status === 'FAILED') both(attempt < 4 ? 'retry' : chance.happens(0.5) ? 'skip' : 'abandon')
      }
    },
  }
}
