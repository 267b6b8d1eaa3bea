import { DrsClient, StartRecoveryCommand } from '@aws-sdk/client-drs'
import { describe, expect, test } from 'vitest'
import { awsGround, server } from './ground.ts'

/** A practice AWS in which jobs are started without our tags: by a person in the console, or with tags that got lost. */
async function ground() {
  const around = await awsGround()
  const console = around.client(DrsClient)
  const startUntagged = async (servers: readonly string[], isDrill = false) => {
    const sourceServers = servers.map((sourceServerID) => ({ sourceServerID }))
    const { job } = await console.send(new StartRecoveryCommand({ sourceServers, isDrill }))
    return job?.jobID ?? ''
  }
  return { ...around, startUntagged }
}

describe('a job without our tags', () => {
  const servers = [server(1), server(2)]

  test('is found for the very servers, whatever their order, when it began after the intent', async () => {
    const { recovery, origin, startUntagged } = await ground()
    const order = { servers, mode: 'recovery', origin: origin() } as const
    const id = await startUntagged(servers.toReversed())
    expect(await recovery.find({}, order)).toMatchObject([{ id }])
  })

  test('is not ours when it is of other servers, of another mode, or older than the intent', async () => {
    const { recovery, origin, clock, startUntagged } = await ground()
    const before = origin()
    await startUntagged(servers)
    const find = (order: Partial<Parameters<typeof recovery.find>[1]>) =>
      recovery.find({}, { servers, mode: 'recovery', origin: before, ...order })
    expect(await find({})).toHaveLength(1)
    expect(await find({ servers: [server(1)] })).toEqual([])
    expect(await find({ servers: [...servers, server(3)] })).toEqual([])
    expect(await find({ mode: 'drill' })).toEqual([])
    clock.advance(2 * 60_000)
    expect(await find({ origin: origin() })).toEqual([])
  })

  test('is found when it is one part of a start whose other part kept its tags', async () => {
    const { recovery, origin, startUntagged } = await ground()
    const order = { mode: 'recovery', origin: origin() } as const
    await recovery.start({}, { ...order, servers: [server(3)] })
    const id = await startUntagged(servers)
    expect((await recovery.find({}, { ...order, servers })).map((job) => job.id)).toEqual([id])
  })

  test('is left alone where one with our tags is found', async () => {
    const { recovery, origin, startUntagged, passAwsMinutes } = await ground()
    const order = { servers, mode: 'recovery', origin: origin() } as const
    const ours = await recovery.start({}, order)
    passAwsMinutes(30)
    await startUntagged(servers)
    expect((await recovery.find({}, order)).map(({ id }) => id)).toEqual([ours])
  })
})

test('a job is found behind more others than fit on a page', async () => {
  const { recovery, origin, startUntagged, passAwsMinutes } = await ground()
  const order = { servers: [server(1)], mode: 'recovery', origin: origin() } as const
  const ours = await recovery.start({}, order)
  for (let round = 0; round < 10; round++) {
    passAwsMinutes(30)
    for (const other of [1, 2, 3, 4, 5, 6]) await startUntagged([server(other)])
  }
  expect((await recovery.find({}, order)).map(({ id }) => id)).toEqual([ours])
})
