import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { bullWorker } from '../../../src/adapters/bullmq/worker.ts'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import { freshRedis } from '../../support/servers.ts'
import { log, queueAt, until } from './redis.ts'

const redis = await freshRedis()
const DEADLY = fileURLToPath(new URL('./deadly-worker.ts', import.meta.url))
const job = (task: string) => ({ execution: '01J0000000', task, attempt: 1 })

/** A process that takes jobs; `lines` are the looks it began. */
function process(prefix: string) {
  const child = spawn(globalThis.process.execPath, ['--import', 'tsx', DEADLY, redis.url, prefix])
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trim().split('\n')))
  return { lines, died: once(child, 'exit') }
}

test('a job that killed three processes is reported as a crash and kills no fourth; those it took along go on', async () => {
  const queue = queueAt(redis.url, 'deadly')
  await queue.put([job('lasting'), job('deadly'), job('innocent')])
  const looks: string[] = []
  for (let death = 1; death <= 3; death++) {
    const { lines, died } = process('deadly')
    await died
    looks.push(...lines)
  }
  const last = process('deadly')
  await until(() => last.lines.includes('crashed deadly'))
  const from = last.lines.length
  await until(() => last.lines.slice(from).includes('look lasting'))
  const all = [...looks, ...last.lines]
  expect(all.filter((line) => line === 'look deadly')).toHaveLength(3)
  expect(all.filter((line) => line.startsWith('crashed'))).toEqual(['crashed deadly'])
  expect(all).toContain('look innocent')
})

test('a process whose event loop was blocked for longer than its lock loses the job to another one, and goes on afterwards', async () => {
  const queue = queueAt(redis.url, 'blocked')
  await queue.put([job('blocking')])
  const blocked = process('blocked')
  await until(() => blocked.lines.length === 1)
  const taken: string[] = []
  const other = bullWorker({
    ...{ redisUrl: redis.url, prefix: 'blocked', concurrency: 4, clock: systemClock, log },
    lockMilliseconds: 500,
    work: async ({ task }) => {
      taken.push(task)
      return { kind: 'done' }
    },
  })
  await until(() => taken.length === 1)
  expect(taken).toEqual(['blocking'])
  await other.close()

  await queue.put([job('later')])
  await until(() => blocked.lines.includes('look later'))
  expect(blocked.lines).toEqual(['look blocking', 'look later'])
})
