import { pino } from 'pino'
import { type ManualClock, manualClock } from '../../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../../src/adapters/memory/executions.ts'
import { memoryMutes } from '../../../src/adapters/memory/mutes.ts'
import { memoryPlans } from '../../../src/adapters/memory/plans.ts'
import { memoryQueue } from '../../../src/adapters/memory/queue.ts'
import { memoryRooms } from '../../../src/adapters/memory/rooms.ts'
import { memoryThreads } from '../../../src/adapters/memory/threads.ts'
import { askingOf } from '../../../src/conversation/gate-in-words.ts'
import type { Execution } from '../../../src/domain/execution.ts'
import { policySchema } from '../../../src/domain/permission.ts'
import { readPlan } from '../../../src/domain/read-plan.ts'
import type { Actor } from '../../../src/domain/task.ts'
import { called } from '../../../src/engine/calling.ts'
import { desk } from '../../../src/engine/desk.ts'
import { engine } from '../../../src/engine/engine.ts'
import { invited } from '../../../src/engine/invited.ts'
import { keep } from '../../../src/engine/keep.ts'
import { warRooms } from '../../../src/engine/room.ts'
import { TASK_TYPES } from '../../../src/engine/task-types/index.ts'
import { teller } from '../../../src/engine/tell.ts'
import { jobsIn, sweep } from '../../../src/engine/wake.ts'
import { work } from '../../../src/engine/work.ts'
import type { Roster } from '../../../src/ports/roster.ts'
import { town } from './chat.ts'
import { cloud } from './cloud.ts'
import { paper } from './paper.ts'
import { type Persons, persons } from './persons.ts'

const START = '2026-11-24T14:00:00.000Z'
export const CHANNEL = { platform: 'slack', channel: 'C1' }

/** Sample people. Avery is on call. */
const NAMES: { readonly [id: string]: string } = {
  'slack:olive': 'Olive Operator',
  'slack:avery': 'Avery Approver',
  'slack:blake': 'Blake Approver',
  'slack:val': 'Val Viewer',
}
const actorOf = (id: string): Actor => ({ kind: 'person', id, name: NAMES[id] ?? id })

export interface Stage extends Persons {
  readonly clock: ManualClock
  /** So much time passes, and whatever falls due on the way happens. */
  pass(seconds: number): Promise<void>
  /** All that was said, and what the run says of itself at the end. */
  transcript(): Promise<string>
}

/** The whole bot over memory, a chat that is written down, and an AWS whose work takes twenty seconds. */
export async function stage({
  plans: documents,
  approvals = [],
  fails = {},
}: {
  readonly plans: readonly object[]
  readonly approvals?: readonly object[]
  /** How often each document fails before it succeeds. */
  readonly fails?: { readonly [document: string]: number }
}): Promise<Stage> {
  const clock = manualClock(START)
  const written = paper(clock)
  const [store, threads, plans, rooms] = [memoryExecutions(), memoryThreads(), memoryPlans(), memoryRooms()]
  const mutes = memoryMutes()
  const log = pino({ level: 'silent' })
  const policy = policySchema.parse({
    bindings: [
      { role: 'operator', people: ['slack:olive'] },
      { role: 'approver', people: ['slack:avery', 'slack:blake'] },
      { role: 'viewer', people: ['slack:val'] },
    ],
    approvals,
    on_call: [{ people: ['slack:avery'] }],
  })
  const roster: Roster = {
    members: async ({ people }) =>
      people.map((id) => ({ identity: { actor: actorOf(id), groups: [] }, state: 'active' })),
  }
  const directory = { identify: async (actor: Actor) => ({ actor, groups: [] }) }
  const rosters = new Map([['slack', roster]])
  const queue = memoryQueue(clock)
  const runs = keep(store, clock, ({ id }, record) => {
    queue.put(jobsIn(record))
    soon(id)
  })
  const chat = town(written, (id) => NAMES[id] ?? id)
  const chats = new Map([['slack', chat.chat]])
  const calling = { policy, rosters, clock, log, mutes }
  const telling = teller({
    ...{ keep: runs, store, threads, chats, clock, log, progressSeconds: 10 },
    room: { show: (execution) => working.show(execution), lost: (...given) => working.lost(...given) },
    called: (execution, task, platform) => called(calling, execution, task, platform),
    asking: (execution, gate, platform) => askingOf(policy, execution, gate, platform),
  })
  const working = warRooms({
    ...{ keep: runs, store: rooms, threads, plans, clock, log, chats },
    rooms: new Map([['slack', chat.rooms]]),
    invited: (execution, platform) => invited(calling, execution, platform),
    report: async () => [{ name: 'report.md', title: 'Report', bytes: new Uint8Array() }],
    attach: (place, file) => chat.chat.attach(place, [file]),
    news: (id) => telling.soon(id),
  })
  function soon(id: Execution['id']): void {
    telling.soon(id)
    working.soon(id)
  }
  const waking = { keep: runs, index: store, queue, clock, log }
  const door = engine({ ...waking, plans, policy, directory, kinds: TASK_TYPES, warRoom: 'asked' })
  let token = 0
  const world = cloud(clock, fails)
  queue.workOn((job) =>
    work(job, {
      ...{
        keep: runs,
        index: store,
        types: TASK_TYPES,
        clock,
        log,
        world,
        pollSeconds: 10,
        leaseSeconds: 15,
      },
      newToken: () => `token-${token++}`,
    }),
  )
  const front = desk({
    ...{ door, types: TASK_TYPES, clock, store, mutes, toldIn: [], region: 'us-west-2', roomAt: rooms.at },
    trouble: async () => undefined,
    explaining: { policy, directory, plans, rosters, clock },
  })

  for (const document of documents) {
    const read = readPlan(document, TASK_TYPES)
    if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems))
    const { id, hash } = read.plan
    await plans.put({ id, hash, document: JSON.parse(JSON.stringify(document)), savedAt: START, savedBy: '' })
  }

  /** Whatever was begun comes to rest. */
  async function settle(): Promise<void> {
    for (let again = 0; again < 5; again += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      await Promise.all([telling.settled(), working.settled()])
    }
  }

  async function pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1000)
      await settle()
      if (second % 5 === 4) {
        const all = await sweep(waking)
        for (const { id } of all) soon(id)
        await settle()
      }
    }
  }

  return {
    ...persons({ desk: front, paper: written, town: chat, actorOf, settle }),
    clock,
    pass,
    async transcript() {
      chat.endings()
      return written.text()
    },
  }
}
