import { ExpiredIteratorException, TrimmedDataAccessException } from '@aws-sdk/client-dynamodb-streams'
import { expect, test } from 'vitest'
import { readable } from '../../../src/adapters/dynamodb/stream-shards.ts'
import { ground, until } from './stream-ground.ts'

test('of three readers one tells each change, and items that are no changes are not told', async () => {
  const { change, reader } = await ground()
  const readers = ['a', 'b', 'c'].map((owner) => reader(owner))
  await change('one', 'two', 'three')
  const heard = () => readers.flatMap((each) => each.heard)
  await until(() => heard().length >= 3, ...readers.map(({ clock }) => clock))
  await change('four')
  await until(() => heard().length >= 4, ...readers.map(({ clock }) => clock))
  expect(heard()).toEqual(['one', 'two', 'three', 'four'])
  expect(readers.filter((each) => each.heard.length > 0)).toHaveLength(1)
  expect(readers.filter((each) => each.lag() !== undefined)).toHaveLength(1)
})

test('when the reader dies without a word another one takes over within 15 s, from the checkpoint', async () => {
  const { change, reader } = await ground()
  let revive = () => {}
  let isDead = false
  const dead = reader('dead', async (ids) => {
    if (!ids.includes('two')) return
    isDead = true
    await new Promise<void>((resolve) => {
      revive = resolve
    })
  })
  await change('one')
  await until(() => dead.heard.length === 1, dead.clock)
  // Within a second what was told is on record.
  const heardAt = dead.clock.now().getTime()
  await until(() => dead.clock.now().getTime() > heardAt + 2_000, dead.clock)
  await change('two')
  await until(() => isDead, dead.clock)

  const next = reader('next')
  const took = await until(() => next.heard.length > 0, next.clock)
  expect(next.heard).toEqual(['two'])
  expect(took).toBeGreaterThan(10_000)
  expect(took).toBeLessThan(17_000) // The clock runs on while the database answers.

  revive()
  await until(() => dead.lag() === undefined, dead.clock)
})

test('after an orderly close the next reader goes on from the checkpoint at once', async () => {
  const { change, reader } = await ground()
  const first = reader('first')
  await change('one')
  await until(() => first.heard.length === 1, first.clock)
  await first.close()
  await change('two')
  const second = reader('second')
  await until(() => second.heard.length === 1, second.clock)
  expect(second.heard).toEqual(['two'])
})

test('an execution that cannot be told is tried three times and passed, and the others go on', async () => {
  const { change, reader } = await ground()
  let alone = 0
  await change('good', 'poison', 'fine')
  const { heard, clock } = reader('a', async (ids) => {
    if (!ids.includes('poison')) return
    if (ids.length === 1) alone += 1
    throw new Error('cannot be told')
  })
  await until(() => heard.length === 2, clock)
  await change('later')
  await until(() => heard.includes('later'), clock)
  expect(heard).toEqual(['good', 'fine', 'later'])
  expect(alone).toBe(3)
})

test.each([ExpiredIteratorException, TrimmedDataAccessException])(
  'after %o reading goes on with a new iterator, and no change is missed',
  async (Refusal) => {
    const { change, reader, streams } = await ground()
    const { heard, clock } = reader('a')
    await change('one')
    await until(() => heard.length === 1, clock)

    let refusals = 0
    streams.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName !== 'GetRecordsCommand' || refusals > 0) return next(args)
        refusals += 1
        throw new Refusal({ message: 'too old', $metadata: {} })
      },
      { step: 'initialize' },
    )
    await until(() => refusals === 1, clock)
    await change('two')
    await until(() => heard.includes('two'), clock)
    expect(new Set(heard)).toEqual(new Set(['one', 'two']))
  },
)

test('a shard is read once its parent was read to its end, or is in the list no more', () => {
  const shards = [
    { id: 'child', parent: 'parent' },
    { id: 'parent', parent: 'trimmed' },
    { id: 'stranger', parent: undefined },
  ]
  const ids = (progress: Map<string, { done?: boolean; sequence?: string }>) =>
    readable(shards, progress).map(({ id }) => id)
  expect(ids(new Map())).toEqual(['parent', 'stranger'])
  expect(ids(new Map([['parent', { sequence: '7' }]]))).toEqual(['parent', 'stranger'])
  expect(ids(new Map([['parent', { done: true }]]))).toEqual(['child', 'stranger'])
})
