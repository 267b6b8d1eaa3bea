import { pino } from 'pino'
import { expect, test } from 'vitest'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { memoryExecutions } from '../../src/adapters/memory/executions.ts'
import { memoryThreads } from '../../src/adapters/memory/threads.ts'
import { begin } from '../../src/domain/begin.ts'
import type { Change } from '../../src/domain/change.ts'
import { type Execution, executionId } from '../../src/domain/execution.ts'
import { taskId } from '../../src/domain/task.ts'
import { attaches } from '../../src/engine/attach.ts'
import { attachmentsOf } from '../../src/engine/attachments.ts'
import { type Keep, keep } from '../../src/engine/keep.ts'
import { teller } from '../../src/engine/tell.ts'
import { wake } from '../../src/engine/wake.ts'
import type { Attachment, Chat } from '../../src/ports/chat.ts'
import { FinalFailure, TransientFailure } from '../../src/ports/failure.ts'
import { ANNA, planFrom } from '../domain/run.ts'

const ID = executionId.parse('01PICTURED')

/** A run of a gate and a task. `trouble` strikes each attempt to post a file. */
async function pictured(trouble: () => Error | undefined = () => undefined) {
  const clock = manualClock('2026-01-08T12:00:00.000Z')
  const [store, threads] = [memoryExecutions(), memoryThreads()]
  const runs = keep(store, clock)
  const files: (Attachment & { thread: string | undefined })[] = []
  const said: string[] = []
  const chat: Chat = {
    platform: 'slack',
    post: async ({ channel }, card) => {
      said.push(card.text)
      return { platform: 'slack', channel, message: `m${said.length}` }
    },
    direct: async () => ({ platform: 'slack', channel: '', message: '' }),
    update: async () => {},
    attach: async (_place, given, under) => {
      const error = trouble()
      if (error) throw error
      files.push(...given.map((file) => ({ ...file, thread: under?.message })))
    },
  }
  const chats = new Map([['slack', chat]])
  const process = (read: Pick<Keep, 'current'> = runs) => {
    const common = { keep: { ...runs, ...read }, threads, chats, clock, log: pino({ level: 'silent' }) }
    const attaching = attaches({
      ...common,
      attachments: (execution, now) =>
        attachmentsOf(execution, now, {
          pictures: { draw: async ({ kind }) => new TextEncoder().encode(kind) },
          documents: { pdf: async () => new TextEncoder().encode('pdf') },
          history: (id) => store.changesSince(id, 0),
          json: () => '{}',
          zone: 'UTC',
        }),
    })
    return [teller({ ...common, store, progressSeconds: 1 }), attaching] as const
  }
  let processes = process()
  const places = [{ platform: 'slack', channel: 'C1' }]
  const order = {
    id: ID,
    mode: 'drill' as const,
    by: ANNA,
    source: 'test',
    places,
    at: clock.now().toISOString(),
  }
  const { execution, record } = begin(planFrom({ gate: ['task'], task: [] }), 1, order)
  await runs.create(execution, record)

  async function current(): Promise<Execution> {
    const found = await runs.current(ID)
    if (!found) throw new Error('no run')
    return found
  }
  return {
    files,
    said,
    names: () => files.map(({ name }) => name),
    /** A process that reads the run now, and goes on with it later. */
    async fallsAsleep() {
      const old = await current()
      const [, attaching] = process({ current: async () => old })
      return {
        async wakes() {
          attaching.soon(ID)
          await attaching.settled()
        },
      }
    },
    restart: () => {
      processes = process()
    },
    async tell(seconds = 1) {
      clock.advance(seconds * 1000)
      await wake(ID, { keep: runs })
      for (const one of processes) {
        one.soon(ID)
        await one.settled()
      }
    },
    async move(
      change: Omit<Extract<Change, { what: 'moved' }>, 'what' | 'attempt' | 'task'> & { task: string },
    ) {
      const before = await current()
      const changes = [{ ...change, what: 'moved' as const, attempt: 1, task: taskId.parse(change.task) }]
      await runs.commit(before, { by: ANNA, source: 'test', changes })
    },
  }
}

test('the plan is posted at the start and at each gate, the timeline at the end, each once and in the thread', async () => {
  const run = await pictured()
  await run.tell()
  expect(run.names()).toEqual(['sample-plan.png', 'sample-gate.png'])
  await run.tell()
  run.restart()
  await run.tell()
  expect(run.files).toHaveLength(2)
  await run.move({ task: 'gate', event: 'approve', from: 'PENDING_APPROVAL', to: 'COMPLETED' })
  await run.tell()
  await run.move({ task: 'task', event: 'complete', from: 'IN_PROGRESS', to: 'COMPLETED', summary: 'Done.' })
  await run.tell()
  await run.tell()
  expect(run.names()).toEqual([
    'sample-plan.png',
    'sample-gate.png',
    'sample-timeline.png',
    'sample-01PICTURED.pdf',
    'sample-01PICTURED.md',
    'sample-01PICTURED.json',
  ])
  expect(run.files.every(({ thread }) => thread === 'm1')).toBe(true)
  expect(run.files.map(({ alt }) => alt).join(' ')).toMatch(/DRILL[\s\S]*waiting for approval/)
  const texts = run.files.map(({ bytes }) => new TextDecoder().decode(bytes))
  expect(texts.slice(0, 4)).toEqual(['graph', 'graph', 'timeline', 'pdf'])
  expect(texts[4]).toContain('audit verify')
})

test('a process with an old copy of the run posts no picture of it into a thread that shows a newer one', async () => {
  let away = true
  const run = await pictured(() => (away ? new TransientFailure('away', 1) : undefined))
  await run.tell()
  const sleeper = await run.fallsAsleep()
  await run.move({ task: 'gate', event: 'approve', from: 'PENDING_APPROVAL', to: 'COMPLETED' })
  await run.tell()
  away = false
  await sleeper.wakes()
  expect(run.names()).toEqual([])
})

test('a file that the chat refuses is given up, and everything else is told', async () => {
  const run = await pictured(() => new FinalFailure('not_in_channel'))
  await run.tell()
  await run.tell()
  expect(run.files).toEqual([])
  expect(run.said.some((text) => text.includes('gate'))).toBe(true)
})

test('a file that could not be posted now is posted later; the cards do not wait for it', async () => {
  let away = true
  const run = await pictured(() => (away ? new TransientFailure('away', 1) : undefined))
  await run.tell()
  expect(run.said.some((text) => text.includes('gate'))).toBe(true)
  away = false
  await run.tell(30)
  expect(run.names()).toEqual(['sample-plan.png', 'sample-gate.png'])
})
