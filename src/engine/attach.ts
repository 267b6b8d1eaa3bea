import type { Logger } from 'pino'
import type { Execution, ExecutionId, Place } from '../domain/execution.ts'
import type { Chat } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import { FinalFailure, TransientFailure } from '../ports/failure.ts'
import type { Thread, ThreadStore } from '../ports/thread-store.ts'
import type { Attaching } from './attachments.ts'
import type { HowFar } from './how-far.ts'
import type { Keep } from './keep.ts'
import { type Soon, soon } from './soon.ts'

export interface AttachingParts {
  readonly keep: Pick<Keep, 'current'>
  readonly threads: ThreadStore
  readonly chats: ReadonlyMap<string, Chat>
  readonly clock: Clock
  readonly log: Logger
  /** Files that belong into the thread as the run is now. */
  readonly attachments: (execution: Execution, now: Date) => readonly Attaching[]
}

const RETRY_SECONDS = 15
/** Drawing and sending one takes seconds; whoever dies meanwhile is followed by another process. */
const HOLD_SECONDS = 60
/** The thread has its headline a moment after the run has begun. */
const HEADLINE_SECONDS = 3

/**
 * Files → thread, beside the telling and never in its way. Promises:
 * 1. Each file is posted once; a file may come twice only when a process dies between sending and saving.
 * 2. What can never be posted is logged and given up; what cannot be posted now is posted later.
 * 3. One file at a time is made in a process, however many runs begin at once.
 */
export function attaches(parts: AttachingParts): Soon {
  const { keep, clock, log } = parts
  let turn = Promise.resolve<unknown>(undefined)
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }
  return soon({
    clock,
    retrySeconds: RETRY_SECONDS,
    async tell(id: ExecutionId) {
      const execution = await keep.current(id)
      for (const place of execution?.places ?? []) {
        const chat = parts.chats.get(place.platform)
        if (!execution || !chat) continue
        const told = await attach(execution, place, chat, parts, inTurn)
        if (told !== 'told') return told
      }
      return 'told'
    },
    failed(id, error) {
      if (!(error instanceof TransientFailure)) log.error({ execution: id, error }, 'attaching failed')
    },
  })
}

async function attach(
  execution: Execution,
  place: Place,
  chat: Chat,
  { threads, clock, log, attachments }: AttachingParts,
  inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>,
): Promise<HowFar> {
  const now = clock.now()
  const due = attachments(execution, now)
  const own = { platform: 'files', channel: `${place.platform}:${place.channel}` }
  const found = await threads.get(execution.id, own)
  let thread: Thread = found ?? { execution: execution.id, place: own, told: 0, cards: {}, revision: 0 }
  const missing = due.filter(({ key }) => !thread.attached?.includes(key))
  if (missing.length === 0) return 'told'
  const { headline, shows } = (await threads.get(execution.id, place)) ?? {}
  if (!headline) return { inSeconds: HEADLINE_SECONDS }
  // Our copy of the run is older than what the thread shows: a newer one is read next time.
  if (shows !== undefined && shows > execution.version) return { inSeconds: 1 }
  if (thread.heldUntil && Date.parse(thread.heldUntil) > now.getTime()) return 'held'

  const save = async (next: Thread): Promise<boolean> => {
    const saved = await threads.save(next)
    if (saved) thread = { ...next, revision: next.revision + 1 }
    return saved
  }
  try {
    for (const { key, make } of missing) {
      const heldUntil = new Date(clock.now().getTime() + HOLD_SECONDS * 1000).toISOString()
      if (!(await save({ ...thread, heldUntil }))) return 'held'
      try {
        await inTurn(async () => chat.attach(place, await make(), headline))
      } catch (error) {
        if (!(error instanceof FinalFailure)) throw error
        log.warn({ execution: execution.id, key, error }, 'a file was not posted and will not be')
      }
      thread = { ...thread, attached: [...(thread.attached ?? []), key] }
    }
  } finally {
    const { heldUntil: _, ...free } = thread
    await save(free)
  }
  return 'told'
}
