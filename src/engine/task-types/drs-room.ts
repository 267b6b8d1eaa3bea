import type { Target } from '../../ports/aws.ts'
import { inRegion } from './target.ts'
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
    if (server) return { kind: 'held', because: `The job ${id}, which is still active, holds ${server.id}.` }
  }
  const { concurrentJobs, serversPerJob, serversInAllJobs } = await quotas.drs(target)
  const where = inRegion(target)
  if (servers.length > serversPerJob) {
    const because = `DRS takes ${serversPerJob} servers in one job${where}, and here it is to take ${servers.length}.`
    return { kind: 'held', because: `${because} Raise the quota.` }
  }
  if (active.length >= concurrentJobs)
    return { kind: 'full', because: `DRS runs ${concurrentJobs} jobs at once${where}, and all are taken.` }
  const busy = active.reduce((sum, job) => sum + job.servers.length, 0)
  if (busy + servers.length > serversInAllJobs)
    return {
      kind: 'full',
      because: `DRS works on ${serversInAllJobs} servers at once${where}, and those in active jobs leave no room for ${servers.length} more.`,
    }
  return { kind: 'free' }
}
