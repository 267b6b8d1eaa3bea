import type { StartRecoveryResponse } from '@aws-sdk/client-drs'
import { z } from 'zod'
import { newId } from '../../identity.ts'
import { type Context, operation } from '../../operation.ts'
import { type AwsRefusal, isRefusal } from '../../refusal.ts'
import { concerning, serverId, serverOf } from './input.ts'
import { type Instance, instancesOf } from './instances.ts'
import { jobView } from './job.ts'
import { type Launch, launchJob } from './launch.ts'
import { busyOrFull } from './quotas.ts'
import { chosenMoment } from './snapshots.ts'

const input = z.strictObject({
  sourceServers: z
    .array(z.strictObject({ sourceServerID: serverId, recoverySnapshotID: z.string().optional() }))
    .min(1)
    .max(200)
    .refine((servers) => new Set(servers.map((server) => server.sourceServerID)).size === servers.length, {
      message: 'A source server is named twice',
    }),
  isDrill: z.boolean().default(false),
  tags: z.record(z.string().max(256), z.string().max(256)).default({}),
})

function run(request: z.output<typeof input>, context: Context): StartRecoveryResponse | AwsRefusal {
  const launches: Launch[] = []
  const present = instancesOf(context)
  for (const { sourceServerID, recoverySnapshotID } of request.sourceServers) {
    const launch = launchOf(sourceServerID, recoverySnapshotID, present, context)
    if (isRefusal(launch)) return launch
    launches.push(launch)
  }
  const ids = launches.map(({ server }) => server.id)
  const refused = busyOrFull(ids, context)
  if (refused) return refused

  const { world, now } = context
  const job = launchJob(`drsjob-${newId(world, 'job', 17)}`, launches, request, context)
  world.jobs.push(job)
  return { job: jobView(job, now) }
}

function launchOf(
  id: string,
  snapshotId: string | undefined,
  present: readonly Instance[],
  context: Context,
): Launch | AwsRefusal {
  const server = serverOf(id, context)
  if (isRefusal(server)) return server
  const replaces = present.find((instance) => instance.server === id)?.id
  if (snapshotId === undefined) return { server, replaces, chosen: undefined }
  const chosen = chosenMoment(snapshotId, server, context.now)
  return typeof chosen === 'string' ? { server, replaces, chosen } : chosen
}

export const startRecovery = operation({
  input,
  changes: true,
  concerns: ({ sourceServers }, estate) =>
    concerning(
      sourceServers.map(({ sourceServerID }) => sourceServerID),
      estate,
    ),
  run,
})
