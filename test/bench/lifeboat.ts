import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { z } from 'zod'
import type { ChangeRecord } from '../../src/domain/change.ts'
import { type Execution, executionId } from '../../src/domain/execution.ts'
import type { TaskEvent } from '../../src/domain/transitions.ts'
import { contest, within } from './contestant-process.ts'
import { startGround } from './ground.ts'
import { noopKinds, type Seen, settingsFor, startBotPart, startWorkerPart } from './lifeboat-wiring.ts'
import { type Mark, type Metered, now, type Order, type Ran } from './messages.ts'
import { meter, sumOf } from './meter.ts'
import type { Step } from './workloads.ts'

const ASKER = { actor: { kind: 'token', id: 'token:bench', name: 'bench' }, source: 'api' } as const
const APART = process.argv.includes('apart')

let serial = 0
/** Runs that are not over: what to do when they are. */
const awaited = new Map<string, () => void>()
const over = ({ id, endedAt }: Pick<Execution, 'id' | 'endedAt'>) => {
  if (endedAt !== undefined) awaited.get(id)?.()
}

await contest(async () => {
  const ground = await startGround()
  const config = settingsFor(ground.dynamoUrl, ground.redisUrl)
  const seen: Seen = new Map()
  const bot = await startBotPart(config, noopKinds(seen), over)
  const worker = APART ? await workerApart(ground) : workerHere(seen)
  const counter = meter(bot.dynamo, ...(worker.dynamo ? [worker.dynamo] : []))

  function workerHere(into: Seen): WorkerPart {
    const part = startWorkerPart(config, noopKinds(into), over)
    return { ...part, take: async () => ({ seen: [...into], metered: undefined }) }
  }

  async function run({ workload, limitSeconds }: Order): Promise<Ran> {
    const plans = Array.from({ length: workload.runs }, () => `bench-${serial++}`)
    for (const plan of plans) {
      const put = await bot.door.putPlan(plan, documentOf(plan, workload.steps), ASKER)
      if (put.kind === 'refused') throw new Error(`Plan refused: ${JSON.stringify(put.refusal)}`)
    }
    const ids = plans.map(() => ulid())
    const ends = ids.map((id) => new Promise<void>((resolve) => awaited.set(id, resolve)))
    counter.take()
    await worker.take()
    seen.clear()
    const began = now()
    const started = Promise.all(
      ids.map(async (id, place) => {
        const order = {
          id: executionId.parse(id),
          plan: plans[place] ?? '',
          mode: 'drill' as const,
          places: [],
        }
        const done = await bot.door.start(order, ASKER)
        if (done.kind === 'refused') throw new Error(`Start refused: ${JSON.stringify(done.refusal)}`)
      }),
    )
    const finished = await within(limitSeconds, Promise.all([started, ...ends]))
    const seconds = (now() - began) / 1000
    const taken = await worker.take()
    const metered = taken.metered ? sumOf(counter.take(), taken.metered) : counter.take()
    awaited.clear()
    const runOf = new Map(ids.map((id, place) => [id, place]))
    const marks = taken.seen.flatMap(([key, { from, to }]): Mark[] => {
      const [id = '', step = ''] = key.split('/')
      const place = runOf.get(id)
      return place === undefined || Number.isNaN(to) ? [] : [[place, step, from, to]]
    })
    const records = await Promise.all(ids.map((id) => bot.store.changesSince(executionId.parse(id), 0)))
    const recordedGaps = records.flatMap((those) => gapsRecorded(those, workload.steps))
    return { seconds, finished, marks, metered, recordedGaps }
  }

  return {
    run,
    close: async () => {
      await worker.close()
      await bot.close()
      await ground.close()
    },
  }
})

interface WorkerPart {
  readonly dynamo?: Parameters<typeof meter>[0]
  take(): Promise<{ seen: [string, { from: number; to: number }][]; metered: Metered | undefined }>
  close(): Promise<void>
}

async function workerApart(ground: { dynamoUrl: string; redisUrl: string }): Promise<WorkerPart> {
  const child = fork(join(import.meta.dirname, 'lifeboat-worker.ts'), [ground.dynamoUrl, ground.redisUrl])
  const said = z.union([
    z.object({ ready: z.literal(true) }),
    z.object({ ended: executionId }),
    z.object({
      seen: z.array(
        z.tuple([
          z.string(),
          z.object({
            from: z.number(),
            to: z
              .number()
              .nullable()
              .transform((to) => to ?? Number.NaN),
          }),
        ]),
      ),
      metered: z.custom<Metered>(),
    }),
  ])
  let taken: (what: Awaited<ReturnType<WorkerPart['take']>>) => void = () => {}
  await once(child, 'message')
  child.on('message', (told) => {
    const message = said.parse(told)
    if ('ended' in message) awaited.get(message.ended)?.()
    if ('seen' in message) taken(message)
  })
  return {
    take: () =>
      new Promise((resolve) => {
        taken = resolve
        child.send('take')
      }),
    close: async () => {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

const documentOf = (id: string, steps: readonly Step[]) => ({
  recovery_plan_id: id,
  tasks: steps.map((step) => ({
    task_id: step.id,
    task_type: 'noop',
    task_successors: steps.filter(({ after }) => after.includes(step.id)).map((other) => other.id),
  })),
})

/** From the record that completed the last predecessor to the one that started the task. */
function gapsRecorded(records: readonly ChangeRecord[], steps: readonly Step[]): number[] {
  const begun = timesOf('start', records)
  const done = timesOf('complete', records)
  return steps.flatMap(({ id, after }) => {
    const start = begun.get(id)
    const before = after.map((other) => done.get(other) ?? Number.NaN)
    return start === undefined || before.length === 0 ? [] : [start - Math.max(...before)]
  })
}

function timesOf(event: TaskEvent, records: readonly ChangeRecord[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const { at, changes } of records)
    for (const change of changes)
      if (change.what === 'moved' && change.event === event) times.set(change.task, Date.parse(at))
  return times
}
