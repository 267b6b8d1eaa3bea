import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drsRecovery } from '../../../src/engine/task-types/drs-recovery.ts'
import { TransientFailure } from '../../../src/ports/failure.ts'
import { shelf, shelves, withWarehouse } from '../../adapters/aws/warehouse.ts'
import { story } from './story.ts'

/** What each part of the attempt orders, as long as there is another one. */
async function ordered(wanted: readonly string[], launched: readonly string[]): Promise<string[][]> {
  const orders: string[][] = []
  const { attempt } = await story('drs_recovery', { source_servers: [...wanted] })
  const begun = attempt(2, 'recovery', { launched: [...launched] })
  const recovery = {
    ...begun.world.recovery,
    start: async (_target: object, { servers }: { servers: readonly string[] }) => {
      orders.push([...servers])
      return `drsjob-${orders.length}`
    },
  }
  const mine = { ...begun, inputs: { source_servers: [...wanted] }, world: { ...begun.world, recovery } }
  const references = [...(await drsRecovery.start(mine, []))]
  while (drsRecovery.unstarted?.(mine, references))
    references.push(...(await drsRecovery.start(mine, references)))
  return orders
}

test('the parts of an attempt hold each server that is not launched yet exactly once, and none holds more than 100', async () => {
  const some = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.array(fc.integer({ min: 1, max: 500 })))
  await fc.assert(
    fc.asyncProperty(some, async ([count, before]) => {
      const wanted = shelves(1, count)
      const launched = before.map(shelf)
      const orders = await ordered(wanted, launched)
      expect(orders.flat()).toEqual(wanted.filter((server) => !launched.includes(server)))
      for (const order of orders) expect(order.length).toBeLessThanOrEqual(100)
      expect(orders.length).toBe(Math.ceil(orders.flat().length / 100))
    }),
    { numRuns: 30, examples: [[[100, []]], [[101, []]], [[500, []]], [[1, [1]]]] },
  )
})

describe('several jobs of one attempt', () => {
  const inputs = { source_servers: shelves(1, 150) }
  const begin = async () => {
    const made = await story('drs_recovery', inputs, [], { estate: withWarehouse() })
    const [one = ''] = await made.type.start(made.attempt(), [])
    const [two = ''] = await made.type.start(made.attempt(), [one])
    return { ...made, one, two }
  }

  test('are announced before they run', async () => {
    const { type, attempt } = await begin()
    const { inputs: parsed } = attempt()
    expect(type.describe(parsed, 'drill')).toMatch(/^Launches 150 servers with DRS in 2 jobs as a drill/)
  })

  test('run until the last one has ended, and each tells its log once', async () => {
    const { type, attempt, one, two, passAwsMinutes } = await begin()
    const references = [one, two]
    passAwsMinutes(2)
    const first = await type.check(attempt(), { references, detail: {} })
    expect(first).toMatchObject({ kind: 'running', detail: { launched: 0, of: 150 } })
    const detail = first.kind === 'running' ? first.detail : {}
    expect(await type.check(attempt(), { references, detail })).toMatchObject({ kind: 'running', lines: [] })
    passAwsMinutes(40)
    const last = await type.check(attempt(), { references, detail })
    expect(last).toMatchObject({ kind: 'completed', summary: `Launched 150 servers (jobs ${one}, ${two}).` })
    expect(last.lines.filter((line) => line === 'DRS: the job has ended')).toHaveLength(2)
  })

  test('are told on from where a single job stood whose count had no name yet', async () => {
    const { type, attempt, one, passAwsMinutes } = await begin()
    passAwsMinutes(2)
    const all = await type.check(attempt(), { references: [one], detail: {} })
    const some = await type.check(attempt(), { references: [one], detail: { job: one, logged: 1 } })
    expect(all.lines.length).toBeGreaterThan(1)
    expect(some.lines).toEqual(all.lines.slice(1))
  })

  test('are found apart: what runs as an earlier part is not found as the next', async () => {
    const { type, attempt, one, two } = await begin()
    expect(await type.find(attempt(), [])).toEqual([[one]])
    expect(await type.find(attempt(), [one])).toEqual([[two]])
  })

  test('are all named when they are cancelled', async () => {
    const { type, attempt, one, two } = await begin()
    expect(await type.cancel(attempt(), [one, two])).toBe(
      `DRS cannot cancel a job: ${one}, ${two} go on and launch their servers.`,
    )
  })
})

describe('from when the recovered data is', () => {
  const inputs = { source_servers: shelves(1, 3) }
  const launched = async () => {
    const made = await story('drs_recovery', inputs, [], { estate: withWarehouse() })
    const references = await made.type.start(made.attempt(), [])
    made.passAwsMinutes(40)
    return { ...made, references }
  }

  test('is kept for each server, as DRS says it', async () => {
    const { type, attempt, references } = await launched()
    const done = await type.check(attempt(), { references, detail: {} })
    expect(done).toMatchObject({
      kind: 'completed',
      detail: {
        recoveryPoints: Object.fromEntries(
          shelves(1, 3).map((server) => [server, expect.stringMatching(/^2.*Z$/)]),
        ),
      },
    })
  })

  test('is left out where DRS does not say it now: what was launched is launched', async () => {
    const { type, attempt, references } = await launched()
    const begun = attempt()
    const recoveryPoints = {
      of: async () => {
        throw new TransientFailure('DRS is busy')
      },
    }
    const done = await type.check(
      { ...begun, world: { ...begun.world, recoveryPoints } },
      { references, detail: {} },
    )
    expect(done.kind).toBe('completed')
    expect(done).not.toHaveProperty('detail')
  })
})
