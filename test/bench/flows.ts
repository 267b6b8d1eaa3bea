import { FlowProducer, type Job, Queue, Worker } from 'bullmq'
import { contest, within } from './contestant-process.ts'
import { startGround } from './ground.ts'
import { type Mark, now, type Order, type Ran } from './messages.ts'
import type { Step } from './workloads.ts'

/*
 * BullMQ flows are trees: a parent runs when its children are done. A graph that opens and closes again (1 → n → 1) is two of
 * them, the second added by the processor of the first step, as the documentation does it.
 */

const QUEUE = 'steps'
const CONCURRENCY = 50

interface Tree {
  readonly name: string
  readonly queueName: string
  readonly data: { run: number; afterwards?: Tree }
  readonly children?: Tree[]
}

await contest(async () => {
  const ground = await startGround()
  const { hostname: host, port } = new URL(ground.redisUrl)
  const connection = { host, port: Number(port), maxRetriesPerRequest: null }
  const producer = new FlowProducer({ connection })
  const queue = new Queue(QUEUE, { connection })
  let marks: Mark[] = []
  let left = 0
  let over = () => {}

  const worker = new Worker(
    QUEUE,
    async ({ name, data }: Job<Tree['data']>) => {
      marks.push([data.run, name, now(), now()])
      if (data.afterwards) await producer.add(data.afterwards)
    },
    { connection, concurrency: CONCURRENCY },
  )
  worker.on('completed', () => {
    left -= 1
    if (left === 0) over()
  })
  await worker.waitUntilReady()

  async function run({ workload, limitSeconds }: Order): Promise<Ran> {
    const { runs, steps } = workload
    marks = []
    left = runs * steps.length
    const end = new Promise<void>((resolve) => {
      over = resolve
    })
    const began = now()
    const trees = Array.from({ length: runs }, (_, place) => treeOf(steps, place))
    await producer.addBulk(trees)
    const finished = await within(limitSeconds, end)
    const seconds = (now() - began) / 1000
    return { seconds, finished, marks }
  }

  return {
    run,
    close: async () => {
      await Promise.all([worker.close(), queue.close(), producer.close()])
      await ground.close()
    },
  }
})

function treeOf(steps: readonly Step[], run: number): Tree {
  const [first, ...rest] = steps
  const last = steps.at(-1)
  if (!first || !last) throw new Error('A workload without steps.')
  const isChain =
    rest.every(({ after }) => after.length === 1) &&
    new Set(rest.flatMap(({ after }) => after)).size === rest.length
  const job = (name: string, more: Partial<Tree> = {}): Tree => ({
    name,
    queueName: QUEUE,
    data: { run },
    ...more,
  })
  if (isChain) return rest.reduce((before, { id }) => job(id, { children: [before] }), job(first.id))
  const closing = job(last.id, { children: rest.slice(0, -1).map(({ id }) => job(id)) })
  return job(first.id, { data: { run, afterwards: closing } })
}
