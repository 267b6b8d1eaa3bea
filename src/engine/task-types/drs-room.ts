import { say } from '../../conversation/words/index.ts'
import type { Target } from '../../ports/aws.ts'
import type { Room, World } from './task-type.ts'

/**
 * Whether DRS would take a job on these servers now. Everybody's jobs count, for the quotas are the account's. The words
 * change only when what is in the way does: they are told each time.
 */
export async function roomFor(
  servers: readonly string[],
  target: Target,
  { recovery, quotas }: Pick<World, 'recovery' | 'quotas'>,
): Promise<Room> {
  const active = (await recovery.active(target)).filter(({ ended }) => !ended)
  const wanted = new Set(servers)
  for (const { id, servers: held } of active) {
    const server = held.find((one) => wanted.has(one.id))
    // A server is in one job at a time. It may be in our own one, of an attempt before.
    if (server) return { kind: 'held', because: say().outcome.drs.held(id, server.id) }
  }
  const { concurrentJobs, serversPerJob, serversInAllJobs } = await quotas.drs(target)
  const { region } = target
  const { tooMany, jobsTaken, serversTaken } = say().outcome.drs
  if (servers.length > serversPerJob)
    return { kind: 'held', because: tooMany(serversPerJob, region, servers.length) }
  if (active.length >= concurrentJobs) return { kind: 'full', because: jobsTaken(concurrentJobs, region) }
  const busy = active.reduce((sum, job) => sum + job.servers.length, 0)
  if (busy + servers.length > serversInAllJobs)
    return { kind: 'full', because: serversTaken(serversInAllJobs, region, servers.length) }
  return { kind: 'free' }
}
