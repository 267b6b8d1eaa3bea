import { z } from 'zod'
import { roomName } from '../conversation/room-name.ts'
import { roomPhase, roomTopic } from '../conversation/room-topic.ts'
import { dutiesCard } from '../conversation/war-room-card.ts'
import { say } from '../conversation/words/index.ts'
import {
  type Execution,
  INCIDENT_ROLES,
  type IncidentRole,
  isFinished,
  type Place,
} from '../domain/execution.ts'
import { optional } from '../domain/optional.ts'
import { planDocument } from '../domain/plan-document.ts'
import type { Chat } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { PlanStore } from '../ports/plan-store.ts'
import type { Room } from '../ports/room-store.ts'
import type { Rooms } from '../ports/rooms.ts'
import type { ThreadStore } from '../ports/thread-store.ts'

/** A file of the report on a run. */
export interface ReportFile {
  readonly name: string
  readonly title: string
  readonly bytes: Uint8Array
}

/** What the steps need of the world. */
export interface RoomTools {
  readonly threads: Pick<ThreadStore, 'get'>
  readonly plans: Pick<PlanStore, 'get'>
  readonly clock: Clock
  readonly invited: (execution: Execution, platform: string) => Promise<readonly string[]>
  /** The report on a run, and the way to put a file into the room: without both none is posted. */
  readonly report?: (execution: Execution) => Promise<readonly ReportFile[]>
  readonly attach?: (place: Place, file: ReportFile) => Promise<void>
}

export interface RoomWork extends RoomTools {
  readonly execution: Execution
  readonly room: Room
  readonly rooms: Rooms
  readonly chat: Pick<Chat, 'direct'>
}

/** What is to be remembered beyond that it is done. later: it cannot be done yet, and that is nobody's fault. */
export type Outcome = Partial<Pick<Room, 'place' | 'name' | 'within'>> | 'later'

export interface Step {
  /** The half of the room's life that it belongs to. */
  readonly when: 'open' | 'closed'
  /** These come first; a step that is not among them never holds it up. */
  readonly needs: readonly string[]
  /** What it is done for: it is due until it was done for exactly this. Undefined: there is nothing to do. */
  readonly wants: (execution: Execution) => string | undefined
  /** Done twice, it does no more than done once, as far as the chat can tell. */
  readonly work: (work: RoomWork) => Promise<Outcome>
}

const once = () => 'once'

/** The life of a room, in the order in which its steps are tried. */
export const STEPS = {
  open: {
    ...{ when: 'open', needs: [], wants: once },
    work: async ({ rooms, execution, threads }) => {
      const within = execution.places.find((place) => rooms.isHome?.(place))
      if (!within) return rooms.open(roomName(execution), execution.id)
      const told = await threads.get(execution.id, within)
      if (!told?.headline) return 'later'
      const { platform, channel } = told.headline
      return { place: { platform, channel }, name: roomName(execution), within }
    },
  },
  topic: {
    ...{ when: 'open', needs: ['open'], wants: roomPhase },
    work: apart(async (work) => {
      const text = roomTopic(work.execution, work.clock.now())
      await work.rooms.furnish(placeOf(work), { kind: 'topic', text })
      return {}
    }),
  },
  invite: {
    ...{ when: 'open', needs: ['open'], wants: once },
    work: async (work) => {
      const place = placeOf(work)
      const people = await work.invited(work.execution, place.platform)
      if (people.length > 0) await work.rooms.invite(place, people)
      return {}
    },
  },
  pin: {
    ...{ when: 'open', needs: ['open'], wants: once },
    work: apart(async (work) => {
      const told = await work.threads.get(work.execution.id, placeOf(work))
      if (!told?.headline) return 'later'
      await work.rooms.furnish(placeOf(work), { kind: 'pin', message: told.headline })
      return {}
    }),
  },
  'thread-link': {
    ...{ when: 'open', needs: ['open'] },
    wants: ({ places }) => (places.length > 0 ? 'once' : undefined),
    work: apart(async (work) => {
      const [first] = work.execution.places
      if (!first) return {}
      const told = await work.threads.get(work.execution.id, first)
      if (!told?.headline) return 'later'
      const url = await work.rooms.linkTo(told.headline)
      await work.rooms.furnish(placeOf(work), { kind: 'link', title: say().answers.room.links.thread, url })
      return {}
    }),
  },
  links: {
    ...{ when: 'open', needs: ['open'], wants: once },
    work: async (work) => {
      const { runbook, bridge } = await linksOf(work)
      const titles = say().answers.room.links
      const links = [
        { title: titles.runbook, url: runbook },
        { title: titles.bridge, url: bridge },
      ]
      for (const { title, url } of links) {
        if (url !== undefined) await work.rooms.furnish(placeOf(work), { kind: 'link', title, url })
      }
      return {}
    },
  },
  /** Whoever has a role is in the room. */
  roles: {
    ...{ when: 'open', needs: ['open'] },
    wants: (execution) => holdersOf(execution).join(' ') || undefined,
    work: async (work) => {
      await work.rooms.invite(placeOf(work), holdersOf(work.execution))
      return {}
    },
  },
  commander: duties('commander'),
  scribe: duties('scribe'),
  /** The last words: how it ended, every card as it stands, and that the room is closed. */
  farewell: {
    ...{ when: 'closed', needs: ['open'], wants: once },
    work: async (work) => {
      const { execution } = work
      const told = await work.threads.get(execution.id, work.room.within ?? placeOf(work))
      const isTold = told !== undefined && !told.heldUntil && told.told >= execution.version
      const hasEnd = !isFinished(execution) || told?.cards[`outcome@${execution.endedAt}`] !== undefined
      return isTold && hasEnd ? {} : 'later'
    },
  },
  report: {
    ...{ when: 'closed', needs: ['farewell'], wants: once },
    work: apart(async (work) => {
      const { report, attach } = work
      if (!report || !attach) return {}
      for (const file of await report(work.execution)) await attach(placeOf(work), file)
      return {}
    }),
  },
  archive: {
    ...{ when: 'closed', needs: ['farewell', 'report'], wants: once },
    work: apart(async (work) => {
      await work.rooms.archive(placeOf(work))
      return {}
    }),
  },
} as const satisfies Record<string, Step>

export type StepName = keyof typeof STEPS
// Object.entries gives string keys; they are exactly the table's.
export const STEP_ROWS = Object.entries(STEPS) as [StepName, Step][]

/** Nothing to do for a room that is the run's own thread: that has its headline and its report, and is not put away. */
function apart(work: Step['work']): Step['work'] {
  return async (given) => (given.room.within ? {} : work(given))
}

function duties(role: IncidentRole) {
  return {
    ...{ when: 'open', needs: [] },
    wants: ({ roles }) => roles?.[role]?.id,
    work: async ({ execution, chat }) => {
      const holder = execution.roles?.[role]
      // A token has nobody to write to.
      if (holder?.kind !== 'person') return {}
      await chat.direct(holder.id, dutiesCard(execution, role))
      return {}
    },
  } as const satisfies Step
}

const holdersOf = ({ roles }: Execution): string[] =>
  INCIDENT_ROLES.flatMap((role) => roles?.[role]?.id ?? [])

const attributes = planDocument.pick({ custom_attributes: true }).strip()
const webAddress = z.url({ protocol: /^https$/ })

/** The plan's own links, where it has them: to its runbook, and to the call in which people meet. */
async function linksOf({
  plans,
  execution,
}: RoomWork): Promise<Partial<Record<'runbook' | 'bridge', string>>> {
  const stored = await plans.get(execution.plan.id, execution.plan.version)
  const given = attributes.safeParse(stored?.document).data?.custom_attributes
  return { ...linkIn('runbook', given?.runbook), ...linkIn('bridge', given?.bridge) }
}

const linkIn = <Name extends string>(name: Name, given: unknown) =>
  optional(name, webAddress.safeParse(given).data)

function placeOf({ room, execution }: RoomWork): Place {
  if (!room.place) throw new Error(`A step in the room of ${execution.id} came before the room.`)
  return room.place
}
