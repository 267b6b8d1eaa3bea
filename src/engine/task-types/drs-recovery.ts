import { z } from 'zod'
import type { RecoveryJob } from '../../ports/aws.ts'
import { inRegion, targetInputs, targetOf } from './target.ts'
import type { Attempt, TaskType } from './task-type.ts'

const inputs = z.strictObject({
  source_servers: z
    .array(z.string().regex(/^s-[0-9a-f]{17}$/, 'expected a DRS source server such as s-0123456789abcdef0'))
    .min(1)
    // DRS takes no more in one job.
    .max(100)
    .refine((servers) => new Set(servers).size === servers.length, 'a server is named twice'),
  ...targetInputs,
})
type Inputs = z.output<typeof inputs>

/** Launches servers. A retry launches only what is not launched yet: a second launch would replace a running instance. */
export const drsRecovery: TaskType<Inputs> = {
  type: 'drs_recovery',
  title: 'Recover servers (DRS)',
  inputs,
  timeoutMinutes: 120,
  // A signature lives five minutes; the list of jobs may lag behind by some seconds.
  quietSeconds: 330,

  describe: (wanted, mode) => {
    const what = `${count(wanted.source_servers.length)}${inRegion(wanted)}`
    return mode === 'drill'
      ? `Launches ${what} with DRS as a drill; production is not touched.`
      : `Launches ${what} with DRS.`
  },

  async start(attempt) {
    const order = orderOf(attempt)
    if (order.servers.length === 0) return []
    return [await attempt.world.recovery.start(targetOf(attempt.inputs), order)]
  },

  async find(attempt) {
    const order = orderOf(attempt)
    if (order.servers.length === 0) return [[]]
    return (await attempt.world.recovery.find(targetOf(attempt.inputs), order)).map(({ id }) => [id])
  },

  async check(attempt, { references: [id], detail }) {
    if (id === undefined) {
      const summary = `All ${count(attempt.inputs.source_servers.length)} were launched in an earlier attempt.`
      return { kind: 'completed', summary, lines: [] }
    }
    const { recovery } = attempt.world
    const target = targetOf(attempt.inputs)
    const job = await recovery.job(target, id)
    // A job just started may not be in the list yet.
    if (!job) return { kind: 'running', detail: { ...detail }, lines: [] }
    const logged = typeof detail.logged === 'number' ? detail.logged : 0
    const lines = await recovery.log(target, id, logged)
    const wanted = orderOf(attempt).servers
    const launched = wanted.filter((server) => stateOf(job, server) === 'launched')
    if (!job.ended) {
      const seen = { job: id, logged: logged + lines.length, launched: launched.length, of: wanted.length }
      return { kind: 'running', detail: seen, lines }
    }
    const missing = wanted.filter((server) => !launched.includes(server))
    if (missing.length === 0)
      return { kind: 'completed', summary: `Launched ${count(wanted.length)} (job ${id}).`, lines }
    const list = missing.map((server) => `${server} (${WORDS[stateOf(job, server)]})`).join(', ')
    return {
      kind: 'failed',
      message: `${missing.length} of ${count(wanted.length)} not launched: ${list}. A retry launches only these. Job ${id}.`,
      carry: { launched: [...launchedBefore(attempt), ...launched] },
      lines,
    }
  },

  cancel: async (_attempt, [id]) =>
    id ? `DRS cannot cancel a job: ${id} goes on and launches its servers.` : 'Nothing was started.',
}

const WORDS = {
  waiting: 'skipped, or never begun',
  launching: 'not finished',
  launched: 'launched',
  failed: 'failed',
  terminated: 'terminated',
  absent: 'not part of the job',
} as const satisfies Record<string, string>

const stateOf = (job: RecoveryJob, server: string): keyof typeof WORDS =>
  job.servers.find(({ id }) => id === server)?.state ?? 'absent'

const carried = z.object({ launched: z.array(z.string()) }).catch({ launched: [] })
const launchedBefore = ({ carry }: Attempt<Inputs>): string[] => carried.parse(carry).launched

function orderOf(attempt: Attempt<Inputs>) {
  const before = launchedBefore(attempt)
  const servers = attempt.inputs.source_servers.filter((server) => !before.includes(server))
  return { servers, mode: attempt.mode, origin: attempt.origin }
}

const count = (servers: number): string => `${servers} server${servers === 1 ? '' : 's'}`
