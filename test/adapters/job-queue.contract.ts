import { expect, test } from 'vitest'
import type { Job, JobQueue, JobWorker, WorkOn } from '../../src/ports/job-queue.ts'

export interface QueueUnderTest {
  queue: JobQueue
  work(on: WorkOn): JobWorker
  /** Lets time pass until the condition holds; fails when it never does. */
  until(condition: () => boolean): Promise<void>
  /** Loses everything that the queue holds. */
  lose(): Promise<void>
}

/** What every job queue keeps. */
export function jobQueueContract(open: () => Promise<QueueUnderTest>): void {
  const job: Job = { execution: '01J0000000', task: 'dns:cutover', attempt: 1 }

  test('a job that waits is put once, however often it is put', async () => {
    const { queue, work, until } = await open()
    const later = { ...job, task: 'later' }
    expect(await queue.put([job, job])).toBe(true)
    expect(await queue.put([job, later])).toBe(true)
    const seen: Job[] = []
    work(async (taken) => {
      seen.push(taken)
      return { kind: 'done' }
    })
    await until(() => seen.some(({ task }) => task === 'later'))
    expect(seen).toEqual([job, later])
  })

  test('a job that runs is left alone, and one that is done runs anew', async () => {
    const { queue, work, until } = await open()
    const runs: string[] = []
    let finish = () => {}
    work(async ({ task }) => {
      runs.push(task)
      if (runs.length === 1)
        await new Promise<void>((resolve) => {
          finish = resolve
        })
      return { kind: 'done' }
    })
    await queue.put([job])
    await until(() => runs.length === 1)
    await queue.put([job])
    finish()
    await queue.put([{ ...job, task: 'later' }])
    await until(() => runs.includes('later'))
    expect(runs).toEqual([job.task, 'later'])

    // The id is free once the worker's answer has been written down, and nobody is told when that is.
    for (let tries = 0; tries < 1_000 && runs.length === 2; tries++) {
      await queue.put([job])
      await until(() => true)
    }
    expect(runs).toEqual([job.task, 'later', job.task])
  })

  test('"again" brings the job back, and so does an error', async () => {
    const { queue, work, until } = await open()
    let runs = 0
    work(async () => {
      runs += 1
      if (runs === 1) return { kind: 'again', milliseconds: 50 }
      if (runs === 2) throw new Error('the look failed')
      return { kind: 'done' }
    })
    await queue.put([job])
    await until(() => runs === 3)
  })

  test('what was lost can be put again', async () => {
    const { queue, work, until, lose } = await open()
    await queue.put([job])
    await lose()
    expect(await queue.put([job])).toBe(true)
    const seen: Job[] = []
    work(async (taken) => {
      seen.push(taken)
      return { kind: 'done' }
    })
    await until(() => seen.length === 1)
    expect(seen).toEqual([job])
  })

  test('closing the worker waits for the look that runs', async () => {
    const { queue, work, until } = await open()
    let finish = () => {}
    let ended = false
    let started = false
    const worker = work(async () => {
      started = true
      await new Promise<void>((resolve) => {
        finish = resolve
      })
      ended = true
      return { kind: 'done' }
    })
    await queue.put([job])
    await until(() => started)
    const closed = worker.close().then(() => ended)
    finish()
    expect(await closed).toBe(true)
  })
}
