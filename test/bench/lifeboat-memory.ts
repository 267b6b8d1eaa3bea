import { setTimeout } from 'node:timers/promises'
import { ulid } from 'ulid'
import { executionId } from '../../src/domain/execution.ts'
import { startGround } from './ground.ts'
import { noopKinds, settingsFor, startBotPart, startWorkerPart } from './lifeboat-wiring.ts'
import { meter } from './meter.ts'

/** Starts runs that wait for a person, then tells what the process holds and what the sweep costs. */
const RUNS = Number(process.argv[2])
const AT_ONCE = 20
const IDLE_SECONDS = 10
const ASKER = { actor: { kind: 'token', id: 'token:bench', name: 'bench' }, source: 'api' } as const

const ground = await startGround()
const config = settingsFor(ground.dynamoUrl, ground.redisUrl)
const kinds = noopKinds(new Map())
const bot = await startBotPart(config, kinds, () => {})
const worker = startWorkerPart(config, kinds, () => {})
const counter = meter(bot.dynamo, worker.dynamo)

await begin('warm-up')
const before = weigh()
for (let from = 0; from < RUNS; from += AT_ONCE)
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, RUNS - from) }, (_, place) => begin(`plan-${from + place}`)),
  )
await setTimeout(1_000)
counter.take()
const cpu = process.cpuUsage()
await setTimeout(IDLE_SECONDS * 1000)
const { user, system } = process.cpuUsage(cpu)
const { requests, readUnits } = counter.take()
const total = Object.values(requests).reduce((sum, count) => sum + count, 0)
const idle = { seconds: IDLE_SECONDS, requests: total, readUnits, cpuSeconds: (user + system) / 1e6 }
const after = weigh()
await worker.close()
await bot.close()
await ground.close()
process.send?.({ runs: RUNS, before, after, idle }, () => process.exit(0))

function weigh() {
  globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  return { rss, heap: heapUsed }
}

async function begin(plan: string): Promise<void> {
  const after = (id: string, ...successors: string[]) => ({
    task_id: id,
    task_type: 'noop',
    task_successors: successors,
  })
  const document = {
    recovery_plan_id: plan,
    tasks: [
      { task_id: 'gate', task_type: 'approval', task_successors: ['a', 'b', 'c'] },
      after('a', 'last'),
      after('b', 'last'),
      after('c', 'last'),
      after('last'),
    ],
  }
  const put = await bot.door.putPlan(plan, document, ASKER)
  if (put.kind === 'refused') throw new Error(`Plan refused: ${JSON.stringify(put.refusal)}`)
  const started = await bot.door.start(
    { id: executionId.parse(ulid()), plan, mode: 'drill', places: [] },
    ASKER,
  )
  if (started.kind === 'refused') throw new Error(`Start refused: ${JSON.stringify(started.refusal)}`)
}
