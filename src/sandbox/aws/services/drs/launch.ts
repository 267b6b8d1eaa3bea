import type { EstateServer } from '../../estate.ts'
import { idOf, newId, shareOf } from '../../identity.ts'
import { later } from '../../moment.ts'
import type { Context } from '../../operation.ts'
import type { Course, DrsJob, LogEntry } from './job.ts'
import { snapshotsOf } from './snapshots.ts'

export interface Launch {
  readonly server: EstateServer
  /** The instance of an earlier job that this one replaces. */
  readonly replaces: string | undefined
  /** The moment of a chosen snapshot; without one the latest data is taken. */
  readonly chosen: string | undefined
}

/** AWS seconds: the least that a phase takes, and how much longer it takes for the slowest server. 15 to 20 minutes in all. */
const PHASES = {
  cleanup: [30, 30],
  snapshot: [90, 60],
  conversion: [540, 150],
  launch: [270, 60],
} as const

const SECONDS_BEFORE_START = 15
const SECONDS_AFTER_LAST_SERVER = 15

/** A whole recovery job, from the call to its end. */
export function launchJob(
  id: string,
  launches: readonly Launch[],
  request: { isDrill: boolean; tags: Record<string, string> },
  context: Context,
): DrsJob {
  const { now, speed, caller, region } = context
  const createdAt = now.toISOString()
  const startsAt = later(createdAt, SECONDS_BEFORE_START, speed)
  const planned = launches.map((launch) => launchOf(launch, startsAt, context))
  const courses = planned.map(({ course }) => course)
  const log: LogEntry[] = [{ at: startsAt, event: 'JOB_START' }, ...planned.flatMap(({ log }) => log)]
  const endsAt = endOf(courses, speed)
  if (endsAt) log.push({ at: endsAt, event: 'JOB_END' })
  return {
    id,
    account: caller.account,
    region,
    type: 'LAUNCH',
    initiatedBy: request.isDrill ? 'START_DRILL' : 'START_RECOVERY',
    createdAt,
    startsAt,
    endsAt,
    tags: request.tags,
    courses,
    log: inOrder(log),
  }
}

/** A job ends a little after its last server, and never when one of them hangs. */
export function endOf(courses: readonly Course[], speed: number): string | null {
  const ends = courses.map(({ endsAt }) => endsAt).filter((end) => end !== null)
  const last = ends.sort().at(-1)
  return last && ends.length === courses.length ? later(last, SECONDS_AFTER_LAST_SERVER, speed) : null
}

export const inOrder = (log: LogEntry[]): LogEntry[] =>
  log.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))

function launchOf(launch: Launch, beginsAt: string, context: Context): { course: Course; log: LogEntry[] } {
  const { server, replaces, chosen } = launch
  const about = { server: [server.id, server.name] }
  const failure = context.fate('launchFails', about)
  const hangs = context.fate('jobHangs', about) !== undefined
  const previous = context.fate('previousSnapshot', about) !== undefined

  const log: LogEntry[] = []
  let moment = beginsAt
  const note = (event: LogEntry['event'], data: Partial<LogEntry> = {}) =>
    log.push({ at: moment, event, server: server.id, ...data })
  const pass = (phase: keyof typeof PHASES) => {
    const [least, spread] = PHASES[phase]
    moment = later(moment, least + spread * shareOf(`${phase} ${server.id}`), context.speed)
  }

  if (context.fate('skipServer', about)) {
    note('SERVER_SKIPPED')
    return { course: { server: server.id, beginsAt, endsAt: beginsAt, result: 'SKIPPED' }, log }
  }

  let removes: Course['removes']
  if (replaces) {
    note('CLEANUP_START', { instance: replaces })
    pass('cleanup')
    note('CLEANUP_END', { instance: replaces })
    removes = { instance: replaces, at: moment }
  }

  let pointInTime = chosen ?? later(moment, -server.replication.lagSeconds, 1)
  if (!chosen) {
    note('SNAPSHOT_START')
    pass('snapshot')
    if (previous) {
      note('SNAPSHOT_FAIL', { error: 'The snapshot could not be taken in time.' })
      note('USING_PREVIOUS_SNAPSHOT')
      pointInTime = snapshotsOf(server, context.now)[0]?.at ?? pointInTime
    } else note('SNAPSHOT_END')
  }

  const conversionServer = `i-${idOf(`conversion ${server.id}`, 17)}`
  note('CONVERSION_START', { conversionServer })
  const hanging: Course = { server: server.id, beginsAt, endsAt: null, result: 'FAILED', removes }
  if (hangs) return { course: hanging, log }
  pass('conversion')
  note('CONVERSION_END', { conversionServer })

  const instance = `i-${newId(context.world, 'instance', 17)}`
  note('LAUNCH_START', failure ? {} : { instance })
  pass('launch')
  const ended = { ...hanging, endsAt: moment }
  if (!failure) return { course: { ...ended, result: 'LAUNCHED', instance, pointInTime }, log }
  note('LAUNCH_FAILED', {
    error: failure.reason ?? 'InsufficientInstanceCapacity: no capacity for this type.',
  })
  return { course: ended, log }
}
