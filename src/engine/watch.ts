import { briefCard } from '../conversation/brief-card.ts'
import { clip } from '../conversation/in-words.ts'
import { spokenText } from '../conversation/spoken-text.ts'
import { REASON_LIMIT } from '../domain/decide.ts'
import type { Execution, Place } from '../domain/execution.ts'
import type { Asker, Door } from '../ports/door.ts'
import type { RoomStore } from '../ports/room-store.ts'
import type { ThreadStore } from '../ports/thread-store.ts'
import type { Said, Watch } from '../ports/watch.ts'

export interface WatchParts {
  readonly door: Door
  readonly rooms: Pick<RoomStore, 'at'>
  readonly threads: Pick<ThreadStore, 'get'>
}

/** Older runs than these last ones have no thread that anybody still talks in. */
const LOOKED_THROUGH = 20

export function watch({ door, rooms, threads }: WatchParts): Watch {
  async function inRoom(asker: Asker, place: Place): Promise<Execution | undefined> {
    const id = await rooms.at(place)
    const seen = id === undefined ? undefined : await door.see(id, asker)
    return seen?.kind === 'done' ? seen.execution : undefined
  }

  /** The run in whose thread it was said. */
  async function inThread(runs: readonly Execution[], place: Place, { thread }: Said) {
    for (const run of runs) {
      const told = await threads.get(run.id, place)
      if (thread !== undefined && told?.headline?.message === thread) return run
    }
    return undefined
  }

  return {
    async joined(asker, place) {
      const run = await inRoom(asker, place)
      return run?.room && !run.room.closed ? briefCard(run) : undefined
    },
    async marked(asker, place, read) {
      const own = await inRoom(asker, place)
      const recent = own ? [] : await door.recent(asker, LOOKED_THROUGH)
      const here = recent.filter(({ places }) =>
        places.some(({ platform, channel }) => platform === place.platform && channel === place.channel),
      )
      if (!own && here.length === 0) return false
      const said = await read()
      if (!said || said.isOurs) return false
      const run = own ?? (await inThread(here, place, said))
      if (!run) return false
      const reason = clip(spokenText(said.text), REASON_LIMIT)
      const from = { by: said.by, link: said.link }
      return (await door.handle(run.id, { asks: 'note', reason, from }, asker)).kind === 'done'
    },
  }
}
