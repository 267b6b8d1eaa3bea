import type { World } from '../../src/engine/task-types/task-type.ts'
import type { CommandInstance, DnsRecord, Origin, RecoveryJob, RecoveryServer } from '../../src/ports/aws.ts'
import { AmbiguousFailure, FinalFailure, QuotaFailure, TransientFailure } from '../../src/ports/failure.ts'
import type { Ground, Process, Road } from './process.ts'

/** What really happened at AWS, whoever knows of it. */
export interface Cloud {
  seenBy(process: Process): World
  /** How often each attempt has started a thing, by "execution/task@attempt", and the server where it is one. */
  readonly started: ReadonlyMap<string, number>
  isLaunched(server: string): boolean
  /** Whether a command has succeeded on it. */
  hasRunOn(instance: string): boolean
  writerOf(cluster: string): string | undefined
}

interface DrsJob {
  readonly id: string
  readonly at: number
  readonly endsAt: number
  /** From when on lists show it. */
  readonly listedAt: number
  readonly mode: 'drill' | 'recovery'
  readonly servers: readonly string[]
  readonly failing: ReadonlySet<string>
  readonly tags: { readonly [name: string]: string }
}

interface Command {
  readonly id: string
  readonly listedAt: number
  readonly origin: string
  readonly instances: readonly string[]
  readonly failing: ReadonlySet<string>
  endsAt: number
}

interface Run {
  readonly id: string
  readonly listedAt: number
  endsAt: number
  readonly fails: boolean
}

/** AWS refuses a signature that is older. */
const SIGNATURE_MILLISECONDS = 300_000
const READ: Road = { away: 'AWS cannot be reached', lost: 'AWS loses the reply' }
const SAFE: Road = { ...READ, late: 'AWS gets the request late', broken: 'AWS breaks before the work' }
const ONCE: Road = { ...SAFE, doubtful: true }

export const keyOf = ({ execution, task, attempt }: Omit<Origin, 'intendedAt'>): string =>
  `${execution}/${task}@${attempt}`

export function cloud(ground: Ground): Cloud {
  const { time, chance, faults } = ground
  const jobs: DrsJob[] = []
  const runs = new Map<string, Run>()
  const commands: Command[] = []
  const clusters = new Map<string, { writer: string; movingTo?: string; settlesAt: number; moves: boolean }>()
  const changes = new Map<string, number>()
  const started = new Map<string, number>()
  const count = (thing: string) => started.set(thing, (started.get(thing) ?? 0) + 1)
  const lag = () => time.now() + (faults.strikes('AWS lists late') ? chance.between(500, 25_000) : 0)
  const end = () => time.now() + (faults.strikes('job never ends') ? 1e12 : chance.between(2_000, 45_000))

  /** What AWS says before it looks at the request at all. */
  function gate(origin?: Origin): void {
    if (origin && time.now() - Date.parse(origin.intendedAt) > SIGNATURE_MILLISECONDS)
      throw new TransientFailure('RequestExpired.')
    if (faults.strikes('AWS throttles')) throw new TransientFailure('Throttled.', chance.below(20))
    if (faults.strikes('AWS denies')) throw new FinalFailure('AccessDenied.')
  }
  function quota(): void {
    if (faults.strikes('the quota is used up')) throw new QuotaFailure('ServiceQuotaExceeded.')
  }

  function begin(servers: readonly string[], mode: DrsJob['mode'], tags: DrsJob['tags']): DrsJob {
    const failing = new Set(servers.filter(() => faults.strikes('server does not launch')))
    const id = `drsjob-${jobs.length + 1}`
    const job = { id, at: time.now(), endsAt: end(), listedAt: lag(), mode, servers, failing, tags }
    jobs.push(job)
    return job
  }

  const shown = (job: DrsJob): RecoveryJob => ({
    id: job.id,
    ended: job.endsAt <= time.now(),
    startedAt: new Date(job.at).toISOString(),
    mode: job.mode,
    tags: job.tags,
    servers: job.servers.map((id): RecoveryServer => {
      if (job.endsAt > time.now()) return { id, state: 'launching' }
      return { id, state: job.failing.has(id) ? 'failed' : 'launched' }
    }),
  })

  const cluster = (id: string, members: readonly string[]) => {
    const held = clusters.get(id) ?? { writer: members[0] ?? '', settlesAt: 0, moves: false }
    if (held.movingTo && held.settlesAt <= time.now()) {
      if (held.moves) held.writer = held.movingTo
      delete held.movingTo
    }
    clusters.set(id, held)
    return held
  }
  const membersOf = (id: string) => [memberOf(id, 1), memberOf(id, 2)]

  const seenBy = (process: Process): World => ({
    clock: process.clock,
    recoveryPoints: {
      of: (_target, servers) =>
        process.call(
          READ,
          async () => new Map(servers.map((server) => [server, new Date(time.now()).toISOString()])),
        ),
    },
    recovery: {
      start: (_target, { servers, mode, origin }) =>
        process.call(ONCE, async () => {
          gate(origin)
          quota()
          const holding = jobs.some(
            (job) => job.endsAt > time.now() && job.servers.some((server) => servers.includes(server)),
          )
          if (holding || faults.strikes('another job holds the server'))
            throw new AmbiguousFailure('Conflict.')
          for (const server of servers) count(`${keyOf(origin)} ${server}`)
          const tagged = !faults.strikes('AWS loses the tags')
          const job = begin(servers, mode, tagged ? { origin: keyOf(origin) } : {})
          // Two jobs cannot hold one server, but a person may start it in the console as soon as ours has ended.
          if (faults.strikes('somebody else starts the same'))
            time.after(job.endsAt - time.now(), () => begin(servers, mode, {}))
          return job.id
        }),
      find: (_target, { servers, mode, origin }) =>
        process.call(READ, async () => {
          gate()
          const since = jobs.filter(
            (job) => job.listedAt <= time.now() && job.at >= Date.parse(origin.intendedAt) - 10_000,
          )
          const tagged = since.filter(({ tags }) => tags.origin === keyOf(origin))
          const touching = tagged.filter((job) => job.servers.some((server) => servers.includes(server)))
          const same = (job: DrsJob) => [...job.servers].sort().join() === [...servers].sort().join()
          const untagged = since.filter((job) => !job.tags.origin && job.mode === mode && same(job))
          return (touching.length > 0 ? touching : untagged).map(shown)
        }),
      job: (_target, id) =>
        process.call(READ, async () => {
          gate()
          const found = jobs.find((job) => job.id === id && job.listedAt <= time.now())
          return found && shown(found)
        }),
      log: (_target, id, from) => process.call(READ, async () => [`log of ${id}`].slice(from)),
      active: () =>
        process.call(READ, async () => {
          gate()
          return jobs.filter((job) => job.listedAt <= time.now() && job.endsAt > time.now()).map(shown)
        }),
    },
    quotas: { drs: async () => ({ concurrentJobs: 20, serversPerJob: 100, serversInAllJobs: 500 }) },
    automation: {
      // The client token makes repeating safe: AWS itself gives the execution there is.
      start: (_target, { origin }) =>
        process.call(ONCE, async () => {
          gate(origin)
          const id = `run-${keyOf(origin)}`
          if (!runs.has(id)) {
            quota()
            count(keyOf(origin))
            runs.set(id, { id, listedAt: lag(), endsAt: end(), fails: faults.strikes('automation fails') })
          }
          return id
        }),
      find: (_target, { origin }) =>
        process.call(READ, async () => {
          gate()
          const run = runs.get(`run-${keyOf(origin)}`)
          return run && run.listedAt <= time.now() ? [run.id] : []
        }),
      run: (_target, id) =>
        process.call(READ, async () => {
          gate()
          const run = runs.get(id)
          if (!run || run.listedAt > time.now()) return undefined
          if (run.endsAt > time.now()) return { id, state: 'running', status: 'InProgress', steps: ['one'] }
          return run.fails
            ? { id, state: 'failed', status: 'Failed', message: 'step two broke.', steps: ['one', 'two'] }
            : { id, state: 'succeeded', status: 'Success', steps: ['one', 'two'] }
        }),
      stop: (_target, id) =>
        process.call(SAFE, async () => {
          gate()
          const run = runs.get(id)
          if (run) run.endsAt = Math.min(run.endsAt, time.now())
        }),
    },
    commands: {
      send: (_target, { instances, origin }) =>
        process.call(ONCE, async () => {
          gate(origin)
          for (const instance of instances) count(`${keyOf(origin)} ${instance}`)
          const id = `command-${commands.length + 1}`
          const failing = new Set(instances.filter(() => faults.strikes('automation fails')))
          // Unlike a tag, the comment needs no permission of its own: it is never lost.
          const named = { id, origin: keyOf(origin), instances, failing }
          commands.push({ ...named, listedAt: lag(), endsAt: end() })
          return id
        }),
      find: (_target, { origin }) =>
        process.call(READ, async () => {
          gate()
          const listed = commands.filter(({ listedAt }) => listedAt <= time.now())
          return listed.filter((command) => command.origin === keyOf(origin)).map(({ id }) => id)
        }),
      command: (_target, id) =>
        process.call(READ, async () => {
          gate()
          const command = commands.find((one) => one.id === id && one.listedAt <= time.now())
          if (!command) return undefined
          const isOver = command.endsAt <= time.now()
          const instances = command.instances.map((instance): CommandInstance => {
            if (!isOver) return { id: instance, state: 'running', status: 'InProgress' }
            return command.failing.has(instance)
              ? { id: instance, state: 'failed', status: 'Failed', message: 'exit status 1' }
              : { id: instance, state: 'succeeded', status: 'Success' }
          })
          // Its own status says nothing of its instances, and is not to be believed.
          return isOver
            ? { id, state: 'succeeded', status: 'Success', instances }
            : { id, state: 'running', status: 'InProgress', instances }
        }),
      cancel: (_target, id) =>
        process.call(SAFE, async () => {
          gate()
          const command = commands.find((one) => one.id === id)
          if (command) command.endsAt = Math.min(command.endsAt, time.now())
        }),
    },
    databases: {
      cluster: (_target, id) =>
        process.call(READ, async () => {
          gate()
          const held = cluster(id, membersOf(id))
          const status = held.movingTo ? 'switching-over' : 'available'
          return { id, writer: held.writer, members: membersOf(id), status, movingTo: held.movingTo }
        }),
      move: (_target, { id, to }) =>
        process.call(ONCE, async () => {
          gate()
          const held = cluster(id, membersOf(id))
          if (held.movingTo) throw new TransientFailure('InvalidGlobalClusterStateFault.')
          if (held.writer === to) throw new FinalFailure('It is the writer already.')
          held.movingTo = to
          held.moves = !faults.strikes('database does not move')
          held.settlesAt = time.now() + chance.between(2_000, 30_000)
        }),
    },
    dns: {
      upsert: () =>
        process.call(ONCE, async () => {
          gate()
          const id = `C${changes.size + 1}`
          changes.set(id, time.now() + chance.between(0, 30_000))
          return id
        }),
      inSync: (_target, change) =>
        process.call(READ, async () => {
          gate()
          return (changes.get(change) ?? 0) <= time.now()
        }),
      records: (): Promise<readonly DnsRecord[]> =>
        process.call(READ, async () => {
          gate()
          return [{ name: 'example.com.', type: 'SOA', ttl: 900, values: ['ns'] }]
        }),
    },
  })

  return {
    seenBy,
    started,
    isLaunched: (server) =>
      jobs.some(
        (job) => job.endsAt <= time.now() && job.servers.includes(server) && !job.failing.has(server),
      ),
    hasRunOn: (instance) =>
      commands.some(
        ({ endsAt, instances, failing }) =>
          endsAt <= time.now() && instances.includes(instance) && !failing.has(instance),
      ),
    writerOf: (id) => clusters.get(id)?.writer,
  }
}

/** The members of a simulated global cluster. */
export const memberOf = (id: string, number: 1 | 2): string =>
  `arn:aws:rds:us-${number === 1 ? 'east-1' : 'west-2'}:111122223333:cluster:${id}-${number}`
