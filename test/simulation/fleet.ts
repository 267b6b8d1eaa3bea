import { pino } from 'pino'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryPlans } from '../../src/adapters/memory/plans.ts'
import { memoryThreads } from '../../src/adapters/memory/threads.ts'
import { sweeping } from '../../src/apps/sweeping.ts'
import type { ExecutionId } from '../../src/domain/execution.ts'
import type { Policy } from '../../src/domain/permission.ts'
import { engine } from '../../src/engine/engine.ts'
import { keep } from '../../src/engine/keep.ts'
import { TASK_TYPES } from '../../src/engine/task-types/index.ts'
import { teller } from '../../src/engine/tell.ts'
import { jobsIn, type Waking, wake } from '../../src/engine/wake.ts'
import { work } from '../../src/engine/work.ts'
import type { Door } from '../../src/ports/door.ts'
import type { ExecutionIndex, ExecutionStore } from '../../src/ports/execution-store.ts'
import { AmbiguousFailure, FinalFailure, TransientFailure } from '../../src/ports/failure.ts'
import type { Cloud } from './cloud.ts'
import { type Doorbell, doorbell, type Taker } from './doorbell.ts'
import { type Ground, type Process, type Road, startProcess } from './process.ts'
import type { Town } from './town.ts'

const STORE: Road = { away: 'store throttles', lost: 'store loses the reply', late: 'store answers late' }
const DIRECTORY: Road = { away: 'directory is away', lost: 'directory is away' }
const LOG = pino({ level: 'silent' })

export interface Bot {
  readonly process: Process
  readonly door: Door
}

/** Bots and workers as the apps wire them, over one world. Who dies is replaced by another one. */
export interface Fleet {
  bot(): Bot | undefined
  readonly store: ExecutionStore & ExecutionIndex
  readonly plans: ReturnType<typeof memoryPlans>
  readonly threads: ReturnType<typeof memoryThreads>
}

/** What nobody may throw: everything but the failures that the ports announce. */
export type Complain = (what: string, error: unknown) => void

export function fleet(ground: Ground, cloud: Cloud, town: Town, policy: Policy, complain: Complain): Fleet {
  const { time, chance, faults } = ground
  const store = memoryExecutions()
  const plans = memoryPlans()
  const threads = memoryThreads()
  const bots: Bot[] = []
  const takers: Taker[] = []
  const wakers = new Map<Process, (id: ExecutionId) => Promise<void>>()
  const bell: Doorbell = doorbell(ground, () => takers)
  const streams = !faults.strikes('stream is off')

  const careful = <Result>(what: string, doing: Promise<Result>): Promise<Result> =>
    doing.catch((error: unknown) => {
      const announced =
        error instanceof TransientFailure ||
        error instanceof FinalFailure ||
        error instanceof AmbiguousFailure
      if (!announced) complain(what, error)
      throw error
    })

  /** The table's stream: every save is told to one bot, sooner or later, once or twice. */
  function stream(id: ExecutionId): void {
    if (!streams || faults.strikes('stream drops a record')) return
    const tell = (patience: number) => {
      const bot = chance.one(bots.filter(({ process }) => process.isAlive()))
      const waker = bot && wakers.get(bot.process)
      const again = () => patience > 0 && time.after(1_000, () => tell(patience - 1))
      if (!waker) again()
      else waker(id).catch(again)
    }
    const late = faults.strikes('stream is late') ? chance.between(1_000, 90_000) : chance.between(20, 200)
    time.after(late, () => tell(5))
    if (faults.strikes('stream repeats a record')) time.after(late + chance.between(0, 30_000), () => tell(5))
  }

  function storeSeenBy(process: Process): ExecutionStore & ExecutionIndex {
    return {
      create: (execution, record) =>
        process.call(STORE, async () => {
          const created = await store.create(execution, record)
          if (created.kind === 'created') stream(execution.id)
          return created
        }),
      save: (before, record, after) =>
        process.call(STORE, async () => {
          const saved = await store.save(before, record, after)
          if (saved.kind === 'saved') stream(after.id)
          return saved
        }),
      load: (id) => process.call(STORE, () => store.load(id)),
      changesSince: (id, version) => process.call(STORE, () => store.changesSince(id, version)),
      active: () =>
        process.call(STORE, async () =>
          (await store.active()).filter(() => !faults.strikes('index misses a run')),
        ),
      versions: (ids) => process.call(STORE, () => store.versions(ids)),
      recent: (limit, before) => process.call(STORE, () => store.recent(limit, before)),
    }
  }

  function start(onDeath: () => void): {
    process: Process
    waking: (saved: (id: ExecutionId) => void) => Waking
  } {
    const process = startProcess(ground, onDeath)
    const seen = storeSeenBy(process)
    const queue = bell.seenBy(process)
    const { clock } = process
    return {
      process,
      waking: (saved) => ({
        keep: keep(seen, clock, ({ id }, record) => {
          queue.put(jobsIn(record))
          saved(id)
        }),
        index: seen,
        queue,
        clock,
        log: LOG,
      }),
    }
  }

  function startBot(): void {
    const { process, waking: around } = start(() => {
      bots.splice(bots.indexOf(bot), 1)
      time.after(chance.between(1_000, 20_000), startBot)
    })
    const seen = storeSeenBy(process)
    const waking = around((id) => telling.soon(id))
    const telling = teller({
      keep: waking.keep,
      store: seen,
      threads: {
        get: (id, place) => process.call(STORE, () => threads.get(id, place)),
        save: (thread) => process.call(STORE, () => threads.save(thread)),
      },
      progressSeconds: 10,
      chats: new Map([['town', town.seenBy(process)]]),
      clock: process.clock,
      log: LOG,
    })
    const door = engine({
      ...waking,
      plans: {
        put: plans.put,
        get: (id, version) => process.call(STORE, () => plans.get(id, version)),
        list: () => process.call(STORE, () => plans.list()),
      },
      directory: { identify: (actor) => process.call(DIRECTORY, async () => ({ actor, groups: [] })) },
      policy,
      kinds: TASK_TYPES,
    })
    wakers.set(process, async (id) => {
      await careful('wake', wake(id, waking))
      telling.soon(id)
    })
    // Fewer sweeps than outside: they would be most of what happens here.
    const { clock } = process
    const slow = {
      now: clock.now,
      after: (milliseconds: number, run: () => void) => clock.after(8 * milliseconds, run),
    }
    sweeping({ ...waking, clock: slow }, telling.soon)
    const bot: Bot = { process, door }
    bots.push(bot)
    store.recent(20).then((ids) => ids.forEach(telling.soon))
  }

  function startWorker(): void {
    const { process, waking: around } = start(() => {
      takers.splice(takers.indexOf(taker), 1)
      time.after(chance.between(1_000, 20_000), startWorker)
    })
    const waking = around(() => {})
    let token = 0
    const name = `${time.now()}-${chance.below(1e9)}`
    const taker: Taker = {
      process,
      look: (job) =>
        careful(
          'work',
          work(job, {
            keep: waking.keep,
            index: waking.index,
            types: TASK_TYPES,
            clock: process.clock,
            log: LOG,
            newToken: () => `${name}-${token++}`,
            pollSeconds: 20,
            leaseSeconds: 15,
            world: cloud.seenBy(process),
          }),
        ),
    }
    takers.push(taker)
  }

  startBot()
  startBot()
  startWorker()
  startWorker()
  return { bot: () => chance.one(bots.filter(({ process }) => process.isAlive())), store, plans, threads }
}
