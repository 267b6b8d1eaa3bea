import {
  DescribeGlobalClustersCommand,
  FailoverGlobalClusterCommand,
  SwitchoverGlobalClusterCommand,
} from '@aws-sdk/client-rds'
import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import type { Databases, GlobalCluster } from '../../ports/aws.ts'
import { TransientFailure } from '../../ports/failure.ts'
import type { AwsClients } from './clients.ts'
import { asking, codeOf } from './failure.ts'

/** RDS global clusters over the SDK. */
export function awsDatabases({ rds }: Pick<AwsClients, 'rds'>): Databases {
  return {
    cluster: (target, id) =>
      asking({ service: 'RDS', operation: 'DescribeGlobalClusters', about: id, reads: true }, async () => {
        try {
          const command = new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: id })
          const { GlobalClusters = [] } = await rds.reading(target).send(command)
          return GlobalClusters[0] && clusterOf(id, GlobalClusters[0])
        } catch (error) {
          if (codeOf(error) === 'GlobalClusterNotFoundFault') return undefined
          throw error
        }
      }),

    async move(target, { id, to, allowDataLoss }) {
      const names = { GlobalClusterIdentifier: id, TargetDbClusterIdentifier: to }
      const operation = allowDataLoss ? 'FailoverGlobalCluster' : 'SwitchoverGlobalCluster'
      await asking<unknown>({ service: 'RDS', operation, about: id }, () =>
        rds.once<unknown>(target, undefined, (client) =>
          allowDataLoss
            ? client.send(new FailoverGlobalClusterCommand({ ...names, AllowDataLoss: true }))
            : client.send(new SwitchoverGlobalClusterCommand(names)),
        ),
      )
    },
  }
}

const reply = z.object({
  Status: z.string().default('unknown'),
  GlobalClusterMembers: z.array(z.object({ DBClusterArn: z.string(), IsWriter: z.boolean().optional() })),
  FailoverState: z.object({ ToDbClusterArn: z.string().optional() }).optional(),
})

function clusterOf(id: string, answer: unknown): GlobalCluster {
  const { data } = reply.safeParse(answer)
  const writer = data?.GlobalClusterMembers.find(({ IsWriter }) => IsWriter)?.DBClusterArn
  // In the middle of a failover there may be no writer at all.
  const to = data?.FailoverState?.ToDbClusterArn
  if (!data || (!writer && !to)) throw new TransientFailure(say().outcome.database.noWriter(id))
  return {
    id,
    writer: writer ?? '',
    members: data.GlobalClusterMembers.map(({ DBClusterArn }) => DBClusterArn),
    status: data.Status,
    movingTo: to,
  }
}
