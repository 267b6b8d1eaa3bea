import type { Logger } from 'pino'
import { type Notice, noticesOf } from '../conversation/notices.ts'
import { type NotificationSettings, notificationsOnly } from '../domain/audience.ts'
import { evolve } from '../domain/evolve.ts'
import type { Execution } from '../domain/execution.ts'
import type { Clock } from '../ports/clock.ts'
import type { ExecutionStore } from '../ports/execution-store.ts'
import { FinalFailure, TransientFailure } from '../ports/failure.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { PlanStore } from '../ports/plan-store.ts'
import type { Thread, ThreadStore } from '../ports/thread-store.ts'
import type { Keep } from './keep.ts'
import { type Soon, soon } from './soon.ts'

export interface Notifying {
  /** Names the way out; how far it has come is kept under this name, so that one that is stuck repeats nothing on another. */
  readonly name: string
  readonly notifier: Notifier
  readonly keep: Keep
  readonly store: Pick<ExecutionStore, 'changesSince'>
  readonly plans: Pick<PlanStore, 'get'>
  readonly threads: ThreadStore
  readonly clock: Clock
  readonly log: Logger
}

/** Alone with a way out for this long, counted anew with each thing sent. */
const HOLD_SECONDS = 30
const RETRY_SECONDS = 15
/** What is older is no news: after a long outage, or where a way out is new, nobody is woken for what is long over. */
const NEWS_HOURS = 24

/**
 * Changes → notices, out by one way. Promises:
 * 1. What is sent is derived from the records: a crash or an outage delays it; a repeat has the same id.
 * 2. A notice that can never be sent is logged and passed over, so that it holds up no other.
 * 3. Sending never holds up a run, its thread or another way out.
 */
export function notifies(notifying: Notifying): Soon {
  const { name, keep, clock, log } = notifying
  return soon({
    clock,
    retrySeconds: RETRY_SECONDS,
    async tell(id) {
      const execution = await keep.current(id)
      return execution ? notify(execution, notifying) : 'told'
    },
    failed(id, error) {
      if (error instanceof TransientFailure)
        log.warn({ execution: id, by: name, error }, 'notices are sent later')
      else log.error({ execution: id, by: name, error }, 'notifying failed')
    },
  })
}

async function notify(known: Execution, notifying: Notifying): Promise<'told' | 'held'> {
  const { name, store, threads, clock } = notifying
  const now = clock.now().getTime()
  const place = { platform: 'notices', channel: name }
  const found = await threads.get(known.id, place)
  let thread: Thread = found ?? { execution: known.id, place, told: 0, cards: {}, revision: 0 }
  if (thread.heldUntil && Date.parse(thread.heldUntil) > now) return 'held'
  if (thread.told >= known.version) return 'told'

  const records = await store.changesSince(known.id, thread.told)
  const execution = records.filter(({ version }) => version > known.version).reduce(evolve, known)
  const settings = await settingsOf(execution, notifying)
  const due = records
    .filter(({ at }) => Date.parse(at) > now - NEWS_HOURS * 3_600_000)
    .map((record) => ({ version: record.version, notices: noticesOf(record, execution, settings) }))
    .filter(({ notices }) => notices.length > 0)

  const save = async (next: Thread): Promise<boolean> => {
    const saved = await threads.save(next)
    if (saved) thread = { ...next, revision: next.revision + 1 }
    return saved
  }
  let told = thread.told
  try {
    for (const { version, notices } of due) {
      const heldUntil = new Date(clock.now().getTime() + HOLD_SECONDS * 1000).toISOString()
      if (!(await save({ ...thread, told, heldUntil }))) return 'held'
      await send(notices, notifying)
      told = version
    }
    told = records.at(-1)?.version ?? told
  } finally {
    const { heldUntil: _, ...free } = thread
    await save({ ...free, told })
  }
  return 'told'
}

/** The settings of the plan's version that runs, never those of a newer one. */
async function settingsOf(
  { id, plan }: Execution,
  { plans, log }: Notifying,
): Promise<NotificationSettings | undefined> {
  const stored = await plans.get(plan.id, plan.version)
  const read = notificationsOnly.safeParse(stored?.document)
  if (read.success) return read.data.notifications
  const fields = { execution: id, plan: plan.id, version: plan.version }
  log.error(fields, "a plan's notifications cannot be read: nobody is written to")
  return undefined
}

async function send(notices: readonly Notice[], { name, notifier, log }: Notifying): Promise<void> {
  try {
    await notifier.send(notices)
  } catch (error) {
    if (!(error instanceof FinalFailure)) throw error
    log.error({ by: name, notices: notices.map(({ id }) => id), error }, 'notices can never be sent')
  }
}
