import type { TerminateRecoveryInstancesResponse } from '@aws-sdk/client-drs'
import { z } from 'zod'
import { newId, shareOf } from '../../identity.ts'
import { later } from '../../moment.ts'
import { type Context, operation } from '../../operation.ts'
import { type AwsRefusal, refuse } from '../../refusal.ts'
import { concerning, instanceId } from './input.ts'
import { type Instance, instancesOf } from './instances.ts'
import { type Course, type DrsJob, jobView, type LogEntry } from './job.ts'
import { endOf, inOrder } from './launch.ts'
import { busyOrFull } from './quotas.ts'

const input = z.strictObject({ recoveryInstanceIDs: z.array(instanceId).min(1).max(200) })

/** AWS seconds. */
const BEFORE_START = 10
const LEAST = 60
const SPREAD = 60

function run({ recoveryInstanceIDs }: z.output<typeof input>, context: Context) {
  const known = instancesOf(context)
  const instances: Instance[] = []
  for (const id of new Set(recoveryInstanceIDs)) {
    const instance = known.find((there) => there.id === id)
    if (!instance) return notFound(id)
    instances.push(instance)
  }
  const refused = busyOrFull(
    instances.map(({ server }) => server),
    context,
  )
  if (refused) return refused

  const job = terminateJob(instances, context)
  context.world.jobs.push(job)
  return { job: jobView(job, context.now) } satisfies TerminateRecoveryInstancesResponse
}

const notFound = (id: string): AwsRefusal =>
  refuse('ResourceNotFoundException', `Recovery instance ${id} was not found.`, {
    status: 404,
    fields: { resourceId: id, resourceType: 'recovery-instance' },
  })

function terminateJob(instances: readonly Instance[], context: Context): DrsJob {
  const { world, estate, now, speed, caller, region } = context
  const createdAt = now.toISOString()
  const startsAt = later(createdAt, BEFORE_START, speed)
  const courses = instances.map(({ id, server }): Course => {
    const hangs = context.fate('jobHangs', concerning([server], estate)) !== undefined
    const at = later(startsAt, LEAST + SPREAD * shareOf(id), speed)
    const common = { server, beginsAt: startsAt, result: 'TERMINATED', instance: id } as const
    return hangs ? { ...common, endsAt: null } : { ...common, endsAt: at, removes: { instance: id, at } }
  })
  const endsAt = endOf(courses, speed)
  const log = courses.flatMap(({ server, instance, removes }): LogEntry[] => [
    { at: startsAt, event: 'CLEANUP_START', server, instance },
    ...(removes ? [{ at: removes.at, event: 'CLEANUP_END', server, instance } as const] : []),
  ])
  return {
    id: `drsjob-${newId(world, 'job', 17)}`,
    account: caller.account,
    region,
    type: 'TERMINATE',
    initiatedBy: 'TERMINATE_RECOVERY_INSTANCES',
    createdAt,
    startsAt,
    endsAt,
    tags: {},
    courses,
    log: inOrder([
      { at: startsAt, event: 'JOB_START' },
      ...log,
      ...(endsAt ? [{ at: endsAt, event: 'JOB_END' } as const] : []),
    ]),
  }
}

export const terminateRecoveryInstances = operation({ input, changes: true, run })
