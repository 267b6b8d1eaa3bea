import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import type { Json } from '../../domain/json.ts'
import type { RecoveryJob } from '../../ports/aws.ts'
import { AmbiguousFailure, FinalFailure, TransientFailure } from '../../ports/failure.ts'
import { roomFor } from './drs-room.ts'
import { targetInputs, targetOf } from './target.ts'
import type { Attempt, TaskType } from './task-type.ts'

const inputs = z.strictObject({
  source_servers: z
    .array(z.string().regex(/^s-[0-9a-f]{17}$/, 'expected a DRS source server such as s-0123456789abcdef0'))
    .min(1)
    // As many as DRS takes in all jobs at once.
    .max(500)
    .refine((servers) => new Set(servers).size === servers.length, 'a server is named twice'),
  ...targetInputs,
})
type Inputs = z.output<typeof inputs>

/** Launches servers. A retry launches only what is not launched yet: a second launch would replace a running instance. */
export const drsRecovery: TaskType<Inputs> = {
  type: 'drs_recovery',
  title: () => say().work.title.drs_recovery,
  inputs,
  timeoutMinutes: 120,
  expectedMinutes: () => 20,
  // A signature lives five minutes; the list of jobs may lag behind by some seconds.
  quietSeconds: 330,

  describe: (wanted, mode) => {
    const servers = wanted.source_servers.length
    const jobs = Math.ceil(servers / SERVERS_PER_JOB)
    const { launch, launchAsDrill } = say().work
    return (mode === 'drill' ? launchAsDrill : launch)(servers, wanted.region, jobs)
  },

  unstarted: (attempt, references) => references.length < cut(wantedOf(attempt)).length,

  async room(attempt, references) {
    const part = partOf(attempt, references)
    return part.length === 0 ? { kind: 'free' } : roomFor(part, targetOf(attempt.inputs), attempt.world)
  },

  async start(attempt, references) {
    const order = orderOf(attempt, references)
    if (order.servers.length === 0) return []
    return [await attempt.world.recovery.start(targetOf(attempt.inputs), order)]
  },

  async find(attempt, references) {
    const order = orderOf(attempt, references)
    if (order.servers.length === 0) return [[]]
    const found = await attempt.world.recovery.find(targetOf(attempt.inputs), order)
    return found.filter(({ id }) => !references.includes(id)).map(({ id }) => [id])
  },

  async check(attempt, { references, detail, givenUp }) {
    const wanted = wantedOf(attempt)
    if (wanted.length === 0) {
      const summary = say().outcome.drs.allBefore(attempt.inputs.source_servers.length)
      return { kind: 'completed', summary, lines: [] }
    }
    const { recovery } = attempt.world
    const target = targetOf(attempt.inputs)
    const logged: { [job: string]: number } = { ...loggedBefore(detail, references) }
    const jobs: RecoveryJob[] = []
    const lines: string[] = []
    for (const id of references) {
      const job = await recovery.job(target, id)
      // A job just started may not be in the list yet.
      if (!job) continue
      jobs.push(job)
      const fresh = await recovery.log(target, id, logged[id] ?? 0)
      logged[id] = (logged[id] ?? 0) + fresh.length
      lines.push(...fresh)
    }
    const states = new Map(jobs.flatMap(({ servers }) => servers.map(({ id, state }) => [id, state])))
    const launched = wanted.filter((server) => states.get(server) === 'launched')
    if (jobs.length < references.length || jobs.some(({ ended }) => !ended)) {
      const seen = { logged, launched: launched.length, of: wanted.length }
      return { kind: 'running', detail: seen, lines }
    }
    const { server: state, launched: all, notLaunched, jobs: under } = say().outcome.drs
    const missing = wanted.filter((server) => states.get(server) !== 'launched')
    if (missing.length === 0) {
      const summary = all(wanted.length, references)
      const recoveryPoints = await pointsOf(attempt)
      return {
        kind: 'completed',
        summary,
        lines,
        ...(recoveryPoints && { detail: { logged, recoveryPoints } }),
      }
    }
    const list = missing
      .slice(0, LISTED)
      .map((server) => `${server} (${state[states.get(server) ?? 'absent']})`)
    const what = notLaunched(missing.length, wanted.length, list.join(', '), missing.length - list.length)
    return {
      kind: 'failed',
      message: [...(givenUp ? [givenUp] : []), what, under(references)].join(' '),
      carry: { launched: [...launchedBefore(attempt), ...launched] },
      lines,
    }
  },

  cancel: async (_attempt, references) => {
    const { nothingStarted, drs } = say().outcome
    return references.length === 0 ? nothingStarted : drs.cannotCancel(references)
  },
}

/** From when the recovered data is, for the report. That DRS does not say it now is no reason to call the launch unfinished. */
async function pointsOf(attempt: Attempt<Inputs>): Promise<{ [server: string]: string } | undefined> {
  try {
    const points = await attempt.world.recoveryPoints.of(
      targetOf(attempt.inputs),
      attempt.inputs.source_servers,
    )
    return points.size > 0 ? Object.fromEntries(points) : undefined
  } catch (error) {
    if (
      error instanceof TransientFailure ||
      error instanceof AmbiguousFailure ||
      error instanceof FinalFailure
    )
      return undefined
    throw error
  }
}

/** So many fit into a line of chat, with what is said after them. The next attempt knows them all. */
const LISTED = 8

/** What DRS takes in one job in every account. No quota is read for it: the parts must be the same for the whole attempt. */
const SERVERS_PER_JOB = 100

const cut = (servers: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(servers.length / SERVERS_PER_JOB) }, (_, part) =>
    servers.slice(part * SERVERS_PER_JOB, (part + 1) * SERVERS_PER_JOB),
  )

const carried = z.object({ launched: z.array(z.string()) }).catch({ launched: [] })
const launchedBefore = ({ carry }: Attempt<Inputs>): string[] => carried.parse(carry).launched

/** How much of each job's log has been told; once there was one job, and one number. */
const toldOf = z.object({ logged: z.record(z.string(), z.number()).or(z.number()) }).catch({ logged: {} })
function loggedBefore(
  detail: { readonly [name: string]: Json },
  [first]: readonly string[],
): { readonly [job: string]: number } {
  const { logged } = toldOf.parse(detail)
  return typeof logged === 'number' ? (first ? { [first]: logged } : {}) : logged
}

function wantedOf(attempt: Attempt<Inputs>): string[] {
  const before = new Set(launchedBefore(attempt))
  return attempt.inputs.source_servers.filter((server) => !before.has(server))
}

/** The servers of the next part: each part has one job, and so one reference. */
const partOf = (attempt: Attempt<Inputs>, references: readonly string[]): readonly string[] =>
  cut(wantedOf(attempt))[references.length] ?? []

function orderOf(attempt: Attempt<Inputs>, references: readonly string[]) {
  return { servers: partOf(attempt, references), mode: attempt.mode, origin: attempt.origin }
}
