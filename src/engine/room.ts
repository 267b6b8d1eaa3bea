import type { Logger } from 'pino'
import { roomNoticeCard, type StandingRoom, warRoomCard } from '../conversation/war-room-card.ts'
import { say } from '../conversation/words/index.ts'
import type { Execution, ExecutionId, Place } from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import type { Chat } from '../ports/chat.ts'
import { FinalFailure, TransientFailure } from '../ports/failure.ts'
import type { Room, RoomStore } from '../ports/room-store.ts'
import type { Rooms } from '../ports/rooms.ts'
import type { HowFar } from './how-far.ts'
import type { Keep } from './keep.ts'
import { isDue, LOST, mayTry, roomNow, troubleAfter, troublesOf, waitFor } from './room-record.ts'
import { type Outcome, type RoomTools, STEP_ROWS } from './room-steps.ts'
import { type Soon, soon } from './soon.ts'
import type { KeyedCard } from './what-to-tell.ts'

export interface RoomParts extends RoomTools {
  readonly keep: Keep
  readonly store: RoomStore
  /** By platform. */
  readonly rooms: ReadonlyMap<string, Rooms>
  readonly chats: ReadonlyMap<string, Pick<Chat, 'direct'>>
  readonly log: Logger
  /** There is more to tell: a room that stands now, a trouble. */
  readonly news: (id: ExecutionId) => void
}

export interface WarRooms extends Soon, RoomView {}

/** What the teller knows of rooms. */
export interface RoomView {
  /** The run's room while something can be said in it, and how the run's places show it. */
  show(execution: Execution): Promise<ShownRoom | undefined>
  /** Nothing can be said in it any more, e.g. because somebody archived it by hand. */
  lost(id: ExecutionId, error: FinalFailure): Promise<void>
}

export interface ShownRoom {
  /** Where it is told as well; absent for a room that is the thread of the run. */
  readonly place?: Place
  /** The place of the run whose thread is the room. */
  readonly within?: Place
  /** What stands in the room itself, and in the thread where the run began. */
  readonly panel: KeyedCard
  readonly notice: KeyedCard
}

/** Alone with a room for this long, counted anew with each step. */
const HOLD_SECONDS = 30
const RETRY_SECONDS = 3

/**
 * Rooms for runs. Promises:
 * 1. What is done follows from the run's state and what is on record as done: a crash repeats at most the step it fell into,
 *    which the chat then finds done already.
 * 2. One process at a time works on a room.
 * 3. A step that fails holds up only those that need it, and never the run.
 */
export function warRooms(parts: RoomParts): WarRooms {
  const { keep, store, clock, log, news } = parts
  const works = soon({
    clock,
    retrySeconds: RETRY_SECONDS,
    async tell(id) {
      const execution = await keep.current(id)
      return execution?.room ? furnish(execution, parts) : 'told'
    },
    failed(id, error) {
      if (!(error instanceof TransientFailure))
        log.error({ execution: id, error }, 'working on a war room failed')
    },
  })
  return {
    ...works,
    async show(execution) {
      const room = execution.room && roomNow(execution, await store.get(execution.id))
      if (!room || (!room.place && troublesOf(room).length === 0)) return undefined
      const standing = standingRoom(room)
      const canSpeak = !standing.isArchived && !room.trouble[LOST]
      const panel = { key: ROOM_CARD, card: warRoomCard(execution, standing), lane: 'prompt' as const }
      return {
        ...(room.within
          ? { within: room.within, panel }
          : { ...optional('place', canSpeak ? room.place : undefined), panel: { ...panel, alone: true } }),
        notice: { key: ROOM_CARD, card: roomNoticeCard(standing), lane: 'prompt', announced: true },
      }
    },
    async lost(id, error) {
      const room = await store.get(id)
      if (!room || room.trouble[LOST]) return
      const says = say().answers.room.lost(error.message)
      const trouble = { ...room.trouble, [LOST]: { tries: 1, says, notBefore: room.openedAt, isFinal: true } }
      if (!(await store.save({ ...room, trouble }))) throw new TransientFailure(BUSY)
      news(id)
    },
  }
}

/** No task's id begins so. */
const ROOM_CARD = '#room'
const BUSY = 'Another process works on this room now.'

/** Does what is due, step by step; each is on record before the next. */
async function furnish(execution: Execution, parts: RoomParts): Promise<HowFar> {
  const { store, clock, news, log } = parts
  const platform = execution.places.find((one) => parts.rooms.has(one.platform))?.platform
  const [only] = parts.rooms.keys()
  const rooms = parts.rooms.get(platform ?? only ?? '')
  const chat = parts.chats.get(platform ?? only ?? '')
  if (!rooms || !chat) return 'told'
  let room = roomNow(execution, await store.get(execution.id))
  const now = clock.now().getTime()
  if (room.heldUntil && Date.parse(room.heldUntil) > now) return 'held'
  const due = () => STEP_ROWS.filter(([name]) => isDue(name, execution, room))
  if (!due().some(([name]) => mayTry(name, room, now))) return waitFor(due(), room, now)

  const before = room
  const save = async (next: Room): Promise<void> => {
    const heldUntil = new Date(clock.now().getTime() + HOLD_SECONDS * 1000).toISOString()
    if (!(await store.save({ ...next, heldUntil }))) throw new TransientFailure(BUSY)
    room = { ...next, revision: next.revision + 1 }
  }
  await save(room)
  for (const [name, step] of STEP_ROWS) {
    if (!isDue(name, execution, room) || !mayTry(name, room, now)) continue
    const { [name]: had, ...others } = room.trouble
    const failed = (error: unknown) => {
      if (error !== 'later') warn(log, error, { execution: execution.id, step: name })
      const trouble = troubleAfter(had, error, name, clock.now())
      return save({ ...room, trouble: { ...others, [name]: trouble } })
    }
    let went: Outcome
    try {
      went = await step.work({ ...parts, execution, room, rooms, chat })
    } catch (error) {
      // Whatever it is, a bug of ours included, it is this step's trouble alone.
      await failed(error)
      continue
    }
    if (went === 'later') await failed(went)
    else {
      const done = { ...room.done, [name]: step.wants(execution) ?? '' }
      await save({ ...room, ...went, done, trouble: others })
    }
  }
  const { heldUntil: _, ...free } = room
  if (!(await store.save(free))) throw new TransientFailure(BUSY)
  const shown = (one: Room) => JSON.stringify([one.place, one.done.archive, troublesOf(one)])
  if (shown(before) !== shown(room)) news(execution.id)
  return waitFor(due(), room, clock.now().getTime())
}

function warn(log: Logger, error: unknown, fields: object): void {
  if (error instanceof TransientFailure || error instanceof FinalFailure)
    log.warn({ ...fields, error }, 'a step of a war room failed')
  else log.error({ ...fields, error }, 'a step of a war room broke')
}

const standingRoom = (room: Room): StandingRoom => ({
  ...(room.place && {
    channel: { platform: room.place.platform, id: room.place.channel, name: room.name ?? room.place.channel },
  }),
  isArchived: room.done.archive !== undefined,
  troubles: troublesOf(room),
})
