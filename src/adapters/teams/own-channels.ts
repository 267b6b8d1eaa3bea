import { say } from '../../conversation/words/index.ts'
import type { ExecutionId } from '../../domain/execution.ts'
import { FinalFailure } from '../../ports/failure.ts'
import type { Rooms } from '../../ports/rooms.ts'
import { shortened } from '../common/shortened.ts'
import { isThread } from './activity.ts'
import type { Graph } from './graph.ts'
import { LIMITS } from './limits.ts'

export interface OwnChannelsOptions {
  readonly graph: Graph
  /** The rooms where no channel can be made, and all that is said in one: they are told in Teams, not by Graph. */
  readonly threads: Rooms
  readonly log: { warn(about: object, message: string): void }
}

/** So many channels may have had the name before: Teams keeps the names of deleted ones for 30 days. */
const NAMES_TRIED = 9

/**
 * A channel of its own for each run, where Microsoft Graph lets us make one; where it refuses, a thread as ever. Its members are
 * the team's. Graph pins no message of a channel.
 */
export function ownChannels({ graph, threads, log }: OwnChannelsOptions): Rooms {
  async function open(name: string, run: ExecutionId) {
    const purpose = say().answers.room.purpose(run)
    // Whoever died between making it and remembering finds it by what it says of itself.
    const standing = (await graph.channels()).find(
      ({ description, isArchived }) => description?.includes(run) && !isArchived,
    )
    if (standing) return { place: { platform: 'teams', channel: standing.id }, name: standing.displayName }
    for (let number = 1; number <= NAMES_TRIED; number += 1) {
      const tried = fitting(number === 1 ? name : `${name}-${number}`)
      const made = await graph.create(tried, purpose)
      if (made !== 'taken') return { place: { platform: 'teams', channel: made.id }, name: tried }
    }
    throw new FinalFailure(`The team has other channels by the names ${name} to ${name}-${NAMES_TRIED}.`)
  }

  return {
    async open(name, run) {
      try {
        return await open(name, run)
      } catch (error) {
        if (!(error instanceof FinalFailure)) throw error
        log.warn({ execution: run, why: error.message }, 'no channel of its own: the room is a thread')
        return threads.open(name, run)
      }
    },
    async furnish(place, piece) {
      if (isThread(place.channel)) return threads.furnish(place, piece)
      switch (piece.kind) {
        case 'topic':
          return graph.describe(place.channel, shortened(piece.text, LIMITS.channelDescription))
        case 'link':
          if ((await graph.tabs(place.channel)).includes(piece.url)) return
          return graph.addTab(place.channel, shortened(piece.title, LIMITS.tabName), piece.url)
        case 'pin':
          return
      }
    },
    invite: (place, people) => threads.invite(place, people),
    async archive(place) {
      if (isThread(place.channel)) return threads.archive(place)
      const standing = (await graph.channels()).find(({ id }) => id === place.channel)
      if (!standing?.isArchived) await graph.archive(place.channel)
    },
    linkTo: (message) => threads.linkTo(message),
  }
}

/** As much of the name as a channel in Teams takes: its end tells the run. */
function fitting(name: string): string {
  const over = name.length - LIMITS.channelName
  if (over <= 0) return name
  const tail = /(-[a-z0-9]{4}(-\d)?)$/.exec(name)?.[1] ?? ''
  return `${name.slice(0, LIMITS.channelName - tail.length).replace(/-+$/, '')}${tail}`
}
