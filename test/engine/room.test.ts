import { describe, expect, test } from 'vitest'
import { FinalFailure, TransientFailure, UnreachableFailure } from '../../src/ports/failure.ts'
import { ANNA } from '../domain/run.ts'
import { type Channel, ground, ID } from './room-ground.ts'

const TOPIC = /^🔴 REAL · .* · approvals 0\/1 · forecast \d\d:\d\d UTC$/
const WHOLE: Channel = {
  id: 'CROOM0',
  name: 'dr-real-20261123-sample-41c9',
  run: ID,
  archived: false,
  topics: [expect.stringMatching(TOPIC)],
  pins: [expect.any(String)],
  links: [
    expect.stringMatching(/^Where it began: https/),
    'Runbook: https://example.com/runbook',
    'Bridge: https://example.com/call',
  ],
  members: ['slack:U1', 'slack:U2'],
}
const unordered = (channel: Channel | undefined) => channel && { ...channel, links: channel.links.toSorted() }
const same = (channel: Channel | undefined) => expect(unordered(channel)).toEqual(unordered(WHOLE))

const notice = ({ messages }: Awaited<ReturnType<typeof ground>>) =>
  messages.find(({ at, card }) => at === 'C1' && /^(?:The war room|War room #)/.test(card.text))?.card.text

/** A step, the call it makes, and what its trouble begins with. */
const STEPS = [
  ['open', 'The war room could not be opened'],
  ['topic', 'The war room has no current topic'],
  ['roster', 'Nobody could be brought into the war room'],
  ['invite', 'Nobody could be brought into the war room'],
  ['pin', 'The headline is not pinned'],
  ['linkTo', 'The war room has no link to the thread'],
  ['plan', 'The war room has no links'],
] as const

describe('the war room of a run', () => {
  test('is made, furnished and told in; the thread where the run began leads to it', async () => {
    const world = await ground()
    const one = world.process()
    await world.pass(5, one)
    same(world.channels[0])
    expect(world.channels).toHaveLength(1)
    expect(world.messages[Number(world.channels[0]?.pins[0])]).toMatchObject({
      at: 'CROOM0',
      under: undefined,
    })
    expect(world.texts('CROOM0').join('\n')).toContain('War room of')
    expect(notice(world)).toBe(`War room #${WHOLE.name}.`)
  })

  test('is the thread of the run itself where rooms are threads of that channel: nothing is told twice', async () => {
    const world = await ground({}, { home: 'C1' })
    const one = world.process()
    await world.pass(5, one)
    expect(world.channels).toEqual([
      expect.objectContaining({ id: 'C1', topics: [], pins: [], members: ['slack:U1', 'slack:U2'] }),
    ])
    expect(world.channels[0]?.links).toEqual(WHOLE.links.slice(1))
    const panels = () => world.messages.filter(({ card }) => card.text.includes('War room of'))
    expect(panels()).toMatchObject([{ at: 'C1', under: '0' }])
    expect(world.messages.filter(({ under }) => under === undefined)).toHaveLength(1)
    expect(notice(world)).toBeUndefined()

    await world.ask({ asks: 'assign', role: 'commander', to: ANNA })
    await world.pass(3, one)
    expect(panels()[0]?.card.text).toContain(`incident commander: ${ANNA.name}`)
    await world.complete('first')
    await world.ask({ asks: 'approve', task: 'gate' })
    await world.ask({ asks: 'close-room' })
    await world.pass(10, one)
    expect(panels()).toHaveLength(1)
    expect(panels()[0]?.card.blocks.map(({ kind }) => kind)).not.toContain('buttons')
    expect(world.channels[0]?.archived).toBe(false)
    expect(await world.roomStore.get(ID)).toMatchObject({ done: { archive: 'once' }, trouble: {} })
  })

  test('when it stands nothing is done again, but for the topic when the phase changes', async () => {
    const world = await ground()
    const one = world.process()
    await world.pass(5, one)
    const before = world.calls.length
    await world.pass(120, one)
    expect(world.calls.length).toBe(before)
    await world.complete('first')
    await world.pass(3, one)
    expect(world.calls.slice(before)).toEqual(['topic'])
  })

  test.each(STEPS)('whose %s fails once is whole all the same, and nobody hears of it', async (call) => {
    const world = await ground()
    let times = 0
    world.sky.weather = (name, done) => {
      if (name === call && !done && times++ === 0) throw new TransientFailure('Not now.')
    }
    const one = world.process()
    await world.pass(10, one)
    same(world.channels[0])
    expect(notice(world)).toBe(`War room #${WHOLE.name}.`)
  })

  test.each(STEPS)(
    'whose %s never works has everything else, and says so in one line',
    async (call, says) => {
      const world = await ground()
      world.sky.weather = (name) => {
        if (name === call) throw new FinalFailure('Slack refused it: missing_scope.')
      }
      const one = world.process()
      await world.pass(300, one)
      expect(world.calls.filter((name) => name === call)).toHaveLength(5)
      expect(notice(world)).toContain(`${says}`)
      expect(notice(world)).toContain('missing_scope')
      if (call === 'open') return expect(world.channels).toEqual([])
      const { topics = [], pins = [], links = [], members = [] } = world.channels[0] ?? {}
      const lacking = { topic: 0, pin: 1, linkTo: 2, plan: 3, roster: 4, invite: 4 }[call]
      const has = [topics, pins, links.slice(0, 1), links.slice(-1), members].map(({ length }) => length > 0)
      if (call === 'linkTo' || call === 'plan') return expect(links.length).toBe(call === 'plan' ? 1 : 2)
      return expect(has).toEqual([0, 1, 2, 3, 4].map((place) => place !== lacking))
    },
  )

  test('goes on after a long outage; the line about it goes when it is over', async () => {
    const world = await ground()
    let isAway = true
    world.sky.weather = (call) => {
      if (isAway && call === 'topic') throw new TransientFailure('Slack did not answer.')
    }
    const one = world.process()
    await world.pass(600, one)
    expect(notice(world)).toContain('no current topic: Slack did not answer.')
    isAway = false
    await world.pass(61, one)
    same(world.channels[0])
    expect(notice(world)).toBe(`War room #${WHOLE.name}.`)
  })

  test('that cannot be made holds up neither the run nor its thread', async () => {
    const world = await ground()
    world.sky.weather = () => new Promise(() => {})
    const one = world.process()
    one.begin()
    await world.complete('first')
    await world.ask({ asks: 'approve', task: 'gate' })
    const other = world.process()
    // The other process finds the room held, and tells the thread.
    await world.pass(3, other)
    expect(world.texts('C1').join('\n')).toContain('has ended')
  })
})

describe('a process that dies at any call', () => {
  const cleo = { kind: 'person', id: 'slack:U9', name: 'Cleo' } as const

  async function led() {
    const world = await ground()
    await world.ask({ asks: 'assign', role: 'commander', to: cleo })
    return world
  }

  test.each(['before', 'after'] as const)(
    '%s the world has acted leaves nothing half built, and nothing twice',
    async (when) => {
      const calm = await led()
      await calm.pass(5, calm.process())
      expect([...new Set(calm.calls)].toSorted().join(' ')).toBe(
        'direct invite link linkTo open pin plan roster topic',
      )
      for (let fatal = 1; fatal <= calm.calls.length; fatal += 1) {
        const world = await led()
        let dies = false
        world.sky.weather = (_call, done) => {
          if (dies || world.calls.length !== fatal || done !== (when === 'after')) return
          dies = true
          return new Promise(() => {})
        }
        const first = world.process()
        for (let second = 0; second < 5; second += 1) {
          first.begin()
          await new Promise((resolve) => setImmediate(resolve))
          world.clock.advance(1000)
        }
        expect(dies, `call ${fatal}`).toBe(true)
        await world.pass(40, world.process())
        expect(world.channels.map(unordered)).toEqual([
          { ...unordered(WHOLE), topics: expect.any(Array), members: expect.any(Array) },
        ])
        expect(world.channels[0]?.members.toSorted()).toEqual(['slack:U1', 'slack:U2', 'slack:U9'])
        // The step it died in is done again, and no other.
        const again = world.calls.length - calm.calls.length
        expect(again, `${world.calls.join(' ')}, dead at ${fatal}`).toBeLessThanOrEqual(3)
      }
    },
  )
})

describe('closing', () => {
  async function ended(...more: Parameters<typeof ground>) {
    const world = await ground(...more)
    const one = world.process()
    await world.pass(5, one)
    await world.complete('first')
    await world.ask({ asks: 'approve', task: 'gate' })
    await world.pass(3, one)
    return { ...world, one }
  }

  test('says the last words, posts the report, and then archives', async () => {
    const order: string[] = []
    const bytes = new Uint8Array([1])
    const world = await ended({
      report: async () => [{ name: 'report.md', title: 'Report', bytes }],
      attach: async ({ channel }, { name }) => void order.push(`${name} in ${channel}`),
    })
    world.sky.weather = (call, done) => {
      if (call === 'archive' && !done) order.push('archive')
    }
    await world.ask({ asks: 'close-room' })
    await world.pass(5, world.one)
    expect(order).toEqual(['report.md in CROOM0', 'archive'])
    expect(world.texts('CROOM0').filter((text) => text.includes('War room closed by'))).toHaveLength(1)
    expect(world.texts('CROOM0').some((text) => text.includes('has ended'))).toBe(true)
    expect(notice(world)).toContain('is closed')
    const said = world.messages.length
    await world.ask({ asks: 'note', reason: 'Afterwards.' })
    await world.pass(5, world.one)
    expect(world.texts('C1').join('\n')).toContain('Afterwards.')
    expect(world.messages.length).toBe(said + 1)
  })

  test('does not archive while the report is missing', async () => {
    const world = await ended({
      report: async () => {
        throw new TransientFailure('The report is not ready.')
      },
      attach: async () => {},
    })
    await world.ask({ asks: 'close-room' })
    await world.pass(100, world.one)
    expect(world.channels[0]?.archived).toBe(false)
    expect(notice(world)).toContain('The report is not in the war room: The report is not ready.')
  })

  test('is not for ever: a room that is asked for again is a new one', async () => {
    const world = await ended()
    await world.ask({ asks: 'close-room' })
    await world.pass(5, world.one)
    await world.ask({ asks: 'open-room' })
    await world.pass(5, world.one)
    expect(world.channels.map(({ name, archived }) => [name, archived])).toEqual([
      [WHOLE.name, true],
      [`${WHOLE.name}-2`, false],
    ])
    expect(await world.roomStore.at({ platform: 'slack', channel: 'CROOM1' })).toBe(ID)
  })
})

test('a room that somebody archived by hand is given up, and the run is told where it began', async () => {
  const world = await ground()
  const one = world.process()
  await world.pass(5, one)
  const { post } = world.chat
  Object.assign(world.chat, {
    post: async (...given: Parameters<typeof post>) => {
      if (given[0].channel === 'CROOM0')
        throw new UnreachableFailure('Slack refused chat.postMessage: is_archived.', 'here')
      return post(...given)
    },
  })
  await world.complete('first')
  await world.pass(5, one)
  expect(notice(world)).toContain('is_archived')
  await world.ask({ asks: 'note', reason: 'We go on here.' })
  await world.pass(2, one)
  expect(world.texts('C1').join('\n')).toContain('We go on here.')
})

test('a channel where the run began that takes nothing any more does not keep its room from being told', async () => {
  const world = await ground()
  const { post } = world.chat
  Object.assign(world.chat, {
    post: async (...given: Parameters<typeof post>) => {
      if (given[0].channel === 'C1')
        throw new UnreachableFailure('Slack refused chat.postMessage: is_archived.', 'here')
      return post(...given)
    },
  })
  await world.pass(10, world.process())
  expect(world.texts('C1')).toEqual([])
  expect(world.texts('CROOM0').join('\n')).toContain('REAL run of sample started by Anna')
  expect(world.channels[0]?.pins).toHaveLength(1)
})

test('whoever becomes commander or scribe is told what that means, once', async () => {
  const world = await ground()
  const one = world.process()
  const cleo = { kind: 'person', id: 'slack:U9', name: 'Cleo' } as const
  await world.ask({ asks: 'assign', role: 'commander', to: cleo })
  await world.pass(5, one)
  await world.ask({ asks: 'assign', role: 'commander' })
  await world.pass(5, one)
  expect(world.texts('slack:U9')).toEqual([expect.stringContaining('You are incident commander of')])
  expect(world.channels[0]?.members).toContain('slack:U9')
})
