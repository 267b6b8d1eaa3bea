import { DescribeRecoveryInstancesCommand } from '@aws-sdk/client-drs'
import { z } from 'zod'
import { optional } from '../../domain/optional.ts'
import type { RecoveryPoints } from '../../ports/aws.ts'
import type { AwsClients } from './clients.ts'
import { asking } from './failure.ts'
import { everyPage } from './pages.ts'

// A filter of DescribeRecoveryInstances takes no more ids.
const SERVERS_PER_CALL = 200

const instanceSchema = z.object({
  sourceServerID: z.string(),
  pointInTimeSnapshotDateTime: z.iso.datetime({ offset: true }),
})

/** Of the recovery instances that DRS lists: `pointInTimeSnapshotDateTime` is from when their disks are. */
export const awsRecoveryPoints = ({ drs }: Pick<AwsClients, 'drs'>): RecoveryPoints => ({
  async of(target, servers) {
    const points = new Map<string, string>()
    for (let from = 0; from < servers.length; from += SERVERS_PER_CALL) {
      const filters = { sourceServerIDs: servers.slice(from, from + SERVERS_PER_CALL) }
      const items = await everyPage('The list of DRS recovery instances', async (nextToken) => {
        const reply = await asking(
          { service: 'DRS', operation: 'DescribeRecoveryInstances', reads: true },
          () =>
            drs
              .reading(target)
              .send(new DescribeRecoveryInstancesCommand({ filters, ...optional('nextToken', nextToken) })),
        )
        return { items: reply.items ?? [], next: reply.nextToken }
      })
      for (const item of items) {
        const instance = instanceSchema.safeParse(item).data
        if (!instance) continue
        const { sourceServerID: server, pointInTimeSnapshotDateTime: at } = instance
        const iso = new Date(at).toISOString()
        // A server launched again has its older instance in the list until it is gone.
        if (iso > (points.get(server) ?? '')) points.set(server, iso)
      }
    }
    return points
  },
})
