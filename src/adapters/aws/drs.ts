import {
  DescribeJobLogItemsCommand,
  DescribeJobsCommand,
  type DescribeJobsCommandInput,
  DescribeSourceServersCommand,
  StartRecoveryCommand,
} from '@aws-sdk/client-drs'
import { z } from 'zod'
import { optional } from '../../domain/optional.ts'
import type { Origin, Recovery, RecoveryJob, Target } from '../../ports/aws.ts'
import { AmbiguousFailure } from '../../ports/failure.ts'
import type { AwsClients } from './clients.ts'
import { jobOf, jobSchema } from './drs-job.ts'
import { inWords, logSchema } from './drs-log.ts'
import { asking } from './failure.ts'
import { tagsOf } from './origin.ts'
import { everyPage } from './pages.ts'

/** How far AWS's clock may be behind ours. */
const SKEW_SECONDS = 60

/** A job ends within hours. What is older hangs; should it still count in AWS, the start itself is refused. */
const ACTIVE_DAYS = 7

/** Elastic Disaster Recovery over the SDK. */
export function awsRecovery({ drs, clock }: Pick<AwsClients, 'drs' | 'clock'>): Recovery {
  const names = new Map<string, string>()
  const reads = (operation: string) => ({ service: 'DRS', operation, reads: true })

  const jobs = (
    target: Target,
    filters: NonNullable<DescribeJobsCommandInput['filters']>,
  ): Promise<RecoveryJob[]> =>
    everyPage('The list of DRS jobs', async (nextToken) => {
      const client = drs.reading(target)
      const reply = await asking(reads('DescribeJobs'), () =>
        client.send(new DescribeJobsCommand({ filters, ...optional('nextToken', nextToken) })),
      )
      return { items: (reply.items ?? []).flatMap(jobOf), next: reply.nextToken }
    })

  /** People know their servers by name; ids stay where there is none. */
  const learnNames = async (target: Target, ids: readonly string[]): Promise<void> => {
    const unknown = [...new Set(ids)].filter((id) => !names.has(id))
    if (unknown.length === 0) return
    const servers = await everyPage('The list of DRS source servers', async (nextToken) => {
      const client = drs.reading(target)
      const reply = await asking(reads('DescribeSourceServers'), () =>
        client.send(
          new DescribeSourceServersCommand({
            filters: { sourceServerIDs: unknown },
            ...optional('nextToken', nextToken),
          }),
        ),
      )
      return { items: reply.items ?? [], next: reply.nextToken }
    })
    for (const { sourceServerID: id, tags, sourceProperties } of servers) {
      const name = tags?.Name || sourceProperties?.identificationHints?.hostname
      if (id && name) names.set(id, name)
    }
  }

  return {
    async start(target, { servers, mode, origin }) {
      const reply = await asking({ service: 'DRS', operation: 'StartRecovery' }, () =>
        drs.once(target, origin, (client) =>
          client.send(
            new StartRecoveryCommand({
              sourceServers: servers.map((id) => ({ sourceServerID: id })),
              isDrill: mode === 'drill',
              tags: tagsOf(origin),
            }),
          ),
        ),
      )
      const job = started.safeParse(reply)
      if (job.success) return job.data.job.jobID
      throw new AmbiguousFailure('DRS StartRecovery was answered without a job id; the job is looked for.')
    },

    async find(target, { servers, mode, origin }) {
      const earliest = new Date(Date.parse(origin.intendedAt) - SKEW_SECONDS * 1000).toISOString()
      const since = (await jobs(target, { fromDate: earliest })).filter(
        ({ startedAt }) => startedAt >= earliest,
      )
      const tagged = since.filter(({ tags }) => isTaggedBy(origin, tags))
      // All parts of an attempt carry the same tags, and share no server.
      const part = tagged.filter((job) => job.servers.some(({ id }) => servers.includes(id)))
      if (part.length > 0) return part
      // Tags need a permission of their own and may have got lost, from this part alone even; a job tagged for another attempt
      // is never ours. And a tagged one that lists no servers yet may be this part.
      const untagged = since.filter(
        (job) =>
          job.mode === mode &&
          !('lifeboat:execution' in job.tags) &&
          sameServers(
            job.servers.map(({ id }) => id),
            servers,
          ),
      )
      return [...tagged.filter((job) => job.servers.length === 0), ...untagged]
    },

    async active(target) {
      const earliest = new Date(clock.now().getTime() - ACTIVE_DAYS * 86_400_000).toISOString()
      return (await jobs(target, { fromDate: earliest })).filter(({ ended }) => !ended)
    },

    job: async (target, id) => (await jobs(target, { jobIDs: [id] })).find((job) => job.id === id),

    async log(target, id, from) {
      const entries = await everyPage('The log of the DRS job', async (nextToken) => {
        const client = drs.reading(target)
        const reply = await asking({ ...reads('DescribeJobLogItems'), about: id }, () =>
          client.send(new DescribeJobLogItemsCommand({ jobID: id, ...optional('nextToken', nextToken) })),
        )
        return {
          items: (reply.items ?? []).flatMap((item) => logSchema.safeParse(item).data ?? []),
          next: reply.nextToken,
        }
      })
      const fresh = entries.sort((a, b) => a.logDateTime.localeCompare(b.logDateTime)).slice(from)
      await learnNames(
        target,
        fresh.flatMap(({ eventData }) => eventData?.sourceServerID ?? []),
      )
      return fresh.map((entry) => inWords(entry, (server) => names.get(server) ?? server))
    },
  }
}

const started = z.object({ job: z.object({ jobID: jobSchema.shape.jobID }) })

const isTaggedBy = (origin: Origin, tags: RecoveryJob['tags']): boolean =>
  Object.entries(tagsOf(origin)).every(([name, value]) => tags[name] === value)

const sameServers = (a: readonly string[], b: readonly string[]): boolean =>
  [...new Set(a)].sort().join() === [...new Set(b)].sort().join()
