import { ExpiredIteratorException, InternalServerError } from '@aws-sdk/client-dynamodb-streams'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { changeKey } from '../../../src/adapters/dynamodb/keys.ts'
import { bentStreams, ground, until } from './stream-ground.ts'

const PAGE = z.looseObject({ Records: z.array(z.unknown()) })
const broken = () => new InternalServerError({ message: 'broken', $metadata: {} })

test('records that come twice, late and in the wrong order tell the same executions', async () => {
  const { change, reader } = await ground()
  const held: unknown[] = []
  const bent = await bentStreams(async (command, _input, real) => {
    const output = await real()
    if (command !== 'GetRecordsCommand') return output
    const page = PAGE.parse(output)
    // What came now is said twice, backwards; what came before is said again.
    const records = [...page.Records, ...page.Records, ...held].reverse()
    held.splice(0, held.length, ...page.Records)
    return { ...page, Records: records }
  })
  const { heard, clock, trouble } = reader('a', undefined, bent)
  await change('one', 'two', 'three')
  await until(() => new Set(heard).size === 3, clock)
  await change('four')
  await until(() => heard.includes('four'), clock)
  expect(new Set(heard)).toEqual(new Set(['one', 'two', 'three', 'four']))
  expect(trouble()).toBeUndefined()
})

test('a record that is none is passed over and said, and the others are told', async () => {
  const { change, reader } = await ground()
  let poisoned = 0
  const bent = await bentStreams(async (command, _input, real) => {
    const output = await real()
    const page = PAGE.safeParse(output)
    if (command !== 'GetRecordsCommand' || !page.success || page.data.Records.length === 0 || poisoned > 0)
      return output
    poisoned += 1
    const poison = { eventName: 'INSERT', dynamodb: { SequenceNumber: '7', Keys: { pk: { N: '1' } } } }
    return { ...page.data, Records: [poison, ...page.data.Records] }
  })
  const { heard, clock, trouble } = reader('a', undefined, bent)
  await change('one', 'two')
  await until(() => heard.length === 2, clock)
  expect(trouble()).toMatch(/^One change of the last hour could not be passed on/)
  clock.advance(3_600_000)
  expect(trouble()).toBeUndefined()
})

test('changes that cannot be told are counted for people, for an hour', async () => {
  const { change, reader } = await ground()
  const { heard, clock, trouble } = reader('a', async (ids) => {
    if (ids.some((id) => id.startsWith('poison'))) throw new Error('cannot be told')
  })
  await change('poison 1', 'good', 'poison 2')
  await until(() => heard.includes('good') && trouble() !== undefined, clock)
  await until(() => trouble()?.startsWith('2 changes of the last hour') === true, clock)
  expect(heard).toEqual(['good'])
})

test('a reader that cannot read leaves the lease to one that can', async () => {
  const { change, reader } = await ground()
  const bent = await bentStreams(async (command, _input, real) => {
    if (command === 'GetRecordsCommand') throw broken()
    return real()
  })
  const lame = reader('lame', undefined, bent)
  await until(() => lame.trouble() !== undefined, lame.clock)
  expect(lame.trouble()).toBe(
    "The table's stream cannot be read: InternalServerError. The sweep finds what changed.",
  )
  const sound = reader('sound')
  await change('one')
  const took = await until(() => sound.heard.length > 0, sound.clock, lame.clock)
  expect(took).toBeLessThan(15_000)
  await until(() => lame.trouble() === undefined, sound.clock, lame.clock)
})

test('a table without a stream is trouble with a way out; turned on, off and on again, it is read when it can be', async () => {
  const { change, reader, turn, table } = await ground({ streamed: false })
  const [a, b] = [reader('a'), reader('b')]
  const clocks = [a.clock, b.clock]
  const off = `The table's stream cannot be read: table "${table}" has no stream: turn it on with NEW_AND_OLD_IMAGES. The sweep finds what changed.`
  // Whichever of them is asked.
  await until(() => a.trouble() === off && b.trouble() === off, ...clocks)
  await turn(true)
  await until(() => a.trouble() === undefined && b.trouble() === undefined, ...clocks)
  await change('one')
  await until(() => [...a.heard, ...b.heard].includes('one'), ...clocks)

  await turn(false)
  await until(() => a.trouble() === off && b.trouble() === off, ...clocks)
  await turn(true)
  await until(() => a.trouble() === undefined && b.trouble() === undefined, ...clocks)
  await change('two')
  await until(() => [...a.heard, ...b.heard].includes('two'), ...clocks)
})

/** A stream of shards that the test writes: a reply to every call about them. */
async function shardedStreams() {
  const shards = new Map<string, { parent?: string; closed?: boolean; ids: string[]; refuses?: Error }>()
  const iterator = z.string().regex(/^.+:\d+$/)
  const client = await bentStreams(async (command, input) => {
    switch (command) {
      case 'DescribeStreamCommand': {
        const listed = [...shards].map(([ShardId, { parent }]) => ({ ShardId, ParentShardId: parent }))
        // Two a page.
        const { ExclusiveStartShardId: after } = z
          .object({ ExclusiveStartShardId: z.string().optional() })
          .parse(input)
        const from = listed.findIndex(({ ShardId }) => ShardId === after) + 1
        const page = listed.slice(from, from + 2)
        const more = from + 2 < listed.length
        return {
          StreamDescription: { Shards: page, LastEvaluatedShardId: more ? page.at(-1)?.ShardId : undefined },
        }
      }
      case 'GetShardIteratorCommand': {
        const { ShardId, SequenceNumber } = z
          .object({ ShardId: z.string(), SequenceNumber: z.string().optional() })
          .parse(input)
        return {
          ShardIterator: `${ShardId}:${SequenceNumber === undefined ? 0 : Number(SequenceNumber) + 1}`,
        }
      }
      default: {
        const [name = '', place = '0'] = iterator
          .parse(z.object({ ShardIterator: z.string() }).parse(input).ShardIterator)
          .split(':')
        const shard = shards.get(name)
        if (!shard) throw new Error(`no shard ${name}`)
        if (shard.refuses) throw shard.refuses
        const Records = shard.ids.slice(Number(place)).map((id, index) => ({
          eventName: 'INSERT',
          dynamodb: {
            SequenceNumber: String(Number(place) + index),
            Keys: { pk: { S: changeKey(id, 1).pk }, sk: { S: changeKey(id, 1).sk } },
          },
        }))
        const next = shard.closed ? undefined : `${name}:${shard.ids.length}`
        return { Records, NextShardIterator: next }
      }
    }
  })
  return { shards, client }
}

test('when a shard splits, its children are read after its end, each from its beginning, and nothing twice', async () => {
  const { reader } = await ground()
  const { shards, client } = await shardedStreams()
  const parent = { ids: ['one'], closed: false }
  shards.set('parent', parent)
  const { heard, clock } = reader('a', undefined, client)
  await until(() => heard.length === 1, clock)
  shards.set('left', { parent: 'parent', ids: ['three'] })
  shards.set('right', { parent: 'parent', ids: ['four'] })
  // The children are there before the parent is known to have ended.
  clock.advance(120_000)
  parent.ids.push('two')
  parent.closed = true
  await until(() => heard.length === 4, clock)
  expect(heard.slice(0, 2)).toEqual(['one', 'two'])
  expect(heard.slice(2).sort()).toEqual(['four', 'three'])

  shards.delete('parent')
  clock.advance(120_000)
  shards.get('left')?.ids.push('five')
  await until(() => heard.length === 5, clock)
  expect(heard.at(-1)).toBe('five')
})

test('a shard that cannot be read holds up no other, and goes on from its checkpoint when it can', async () => {
  const { reader } = await ground()
  const { shards, client } = await shardedStreams()
  const bad: { ids: string[]; refuses?: Error } = { ids: ['one'] }
  shards.set('bad', bad)
  shards.set('good', { ids: ['two'] })
  const { heard, clock, trouble } = reader('a', undefined, client)
  await until(() => heard.length === 2, clock)
  bad.refuses = new ExpiredIteratorException({ message: 'too old, again and again', $metadata: {} })
  bad.ids.push('three')
  shards.get('good')?.ids.push('four')
  await until(() => heard.includes('four'), clock)
  await until(() => trouble() !== undefined, clock)
  expect(trouble()).toContain('ExpiredIteratorException')
  delete bad.refuses
  await until(() => heard.includes('three') && trouble() === undefined, clock)
  expect(heard.toSorted()).toEqual(['four', 'one', 'three', 'two'])
})
