import { expect, test } from 'vitest'
import { streamLease } from '../../../src/adapters/dynamodb/stream-lease.ts'
import { manualClock } from '../../../src/adapters/memory/clock.ts'
import { freshTable } from './fresh-table.ts'

/** So many candidates look before any of them goes on: only then do they take the lease at once, however fast the database is. */
async function ground(lookers = 1) {
  const [documents, table] = await freshTable()
  const clock = manualClock()
  let waiting: (() => void)[] = []
  documents.middlewareStack.add((next, { commandName }) => async (args) => {
    const answer = await next(args)
    if (commandName !== 'GetItemCommand') return answer
    await new Promise<void>((goOn) => {
      waiting.push(goOn)
      if (waiting.length < lookers) return
      for (const one of waiting) one()
      waiting = []
    })
    return answer
  })
  return {
    clock,
    candidate: (owner: string) =>
      streamLease({ documents, table, owner, clock, leaseSeconds: 15, name: 'stream' }),
  }
}
const progress = { stream: 'sample', shards: {} }
const takenBy = (found: { kind: string }[]) => found.filter(({ kind }) => kind === 'taken').length

test('of many who take a lease at once one gets it: the first time, and when its holder is silent', async () => {
  const { clock, candidate } = await ground(10)
  const candidates = Array.from({ length: 10 }, (_, place) => candidate(`candidate-${place}`))
  const all = () => Promise.all(candidates.map(({ take }) => take()))
  const first = await all()
  expect(takenBy(first)).toBe(1)
  await all()
  clock.advance(15_000)
  expect(takenBy(await all())).toBe(1)
})

test('a holder that slept while another one took over neither keeps the lease nor writes into it', async () => {
  const { clock, candidate } = await ground()
  const [sleeper, other] = [candidate('sleeper'), candidate('other')]
  await sleeper.take()
  expect(await sleeper.keep(progress)).toBe(true)
  await other.take()
  clock.advance(15_000)
  expect(await other.take()).toEqual({ kind: 'taken', progress })
  expect(await sleeper.keep({ stream: 'old', shards: {} })).toBe(false)
  await sleeper.release({ stream: 'old', shards: {} })
  expect(await other.keep(progress)).toBe(true)
  expect(await sleeper.take()).toEqual({ kind: 'held by another' })
})
