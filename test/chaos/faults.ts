import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { pause } from '../../src/ports/clock.ts'
import { parseScenario, type Scenario } from '../../src/sandbox/aws/scenario.ts'
import type { Chance } from '../simulation/chance.ts'
import type { Member, Part } from './crew.ts'
import { type Ground, LEASE_SECONDS } from './ground.ts'
import type { Mortal } from './mortal.ts'
import { FAILURES } from './plans.ts'

export interface World {
  readonly ground: Ground
  readonly crew: readonly Member[]
}

/**
 * One row per fault: what it does, or undefined where there is nothing to strike at the moment. Requests that start
 * something are never made to vanish on their way: "not there" is believed after five and a half minutes only.
 */
const FAULTS = {
  'worker killed': kill('worker'),
  'bot killed': kill('bot'),
  'worker stopped': freeze('worker'),
  'bot stopped': freeze('bot'),
  'Redis killed': ({ ground: { redis } }, chance) => outage(redis, chance),
  'Redis killed and emptied': ({ ground: { redis, folder } }, chance) =>
    outage(redis, chance, () => rmSync(join(folder, 'redis', 'appendonlydir'), { recursive: true })),
  'Redis flushed': ({ ground: { redis } }) => (redis.isUp() ? () => flush(redis.url) : undefined),
  'DynamoDB killed': ({ ground: { dynamo } }, chance) => outage(dynamo, chance),
  'AWS loses a reply': scenario(
    '- { when: { operation: StartRecovery }, times: 1, then: { loseReply: true } }',
  ),
  'AWS loses the reply to an automation': scenario(
    '- { when: { operation: StartAutomationExecution }, times: 1, then: { loseReply: true } }',
  ),
  'AWS hangs': scenario('- { when: { operation: StartRecovery }, times: 1, then: { hang: true } }'),
  'AWS is late': scenario('- { when: {}, times: 3, then: { lateSeconds: 3 } }'),
  'AWS throttles': scenario('- { when: {}, times: 5, then: { throttle: true } }'),
  'AWS cuts what is read': scenario(
    '- { when: { operation: DescribeJobs }, times: 4, then: { cutBefore: true } }',
  ),
  'AWS lists lag': scenario(
    '- { when: { operation: DescribeJobs }, times: 20, then: { listLagSeconds: 5 } }',
  ),
} as const satisfies Record<string, Strike>

export type Fault = keyof typeof FAULTS
type Strike = (world: World, chance: Chance) => (() => Promise<void>) | undefined

/** As often as their share of this list. */
const DIE: readonly Fault[] = [
  ...many('worker killed', 6),
  ...many('bot killed', 3),
  ...many('worker stopped', 5),
  ...many('bot stopped', 3),
  ...many('Redis killed', 2),
  ...many('Redis killed and emptied', 2),
  ...many('Redis flushed', 4),
  ...many('DynamoDB killed', 4),
  ...many('AWS loses a reply', 4),
  'AWS loses the reply to an automation',
  'AWS hangs',
  'AWS is late',
  'AWS throttles',
  'AWS cuts what is read',
  'AWS lists lag',
]

export const FAULT_NAMES = Object.keys(FAULTS).filter((name): name is Fault => name in FAULTS)

/** Rolls the die, and strikes. Everything random is drawn before this returns; `done` is when the fault is over. */
export function strike(world: World, chance: Chance): { fault: Fault; done: Promise<void> } | undefined {
  const fault = chance.one(DIE)
  const doing = fault && FAULTS[fault](world, chance)
  return fault && doing && { fault, done: doing() }
}

/** What a scenario still held for later is forgotten. */
export const calm = ({ ground }: World): void => ground.aws.setScenario([])

export function rules(text: string): Scenario {
  const read = parseScenario(text, 'The fault')
  if ('problem' in read) throw new Error(read.problem)
  return read.scenario
}

function kill(part: Part): Strike {
  return ({ crew }, chance) => {
    const chosen = chance.one(crew.filter((one) => one.part === part && one.isUp()))
    return chosen && (async () => chosen.kill())
  }
}

/** For longer than a lease, and at times for longer than BullMQ keeps a lock. */
function freeze(part: Part): Strike {
  return ({ crew }, chance) => {
    const chosen = chance.one(crew.filter((one) => one.part === part && one.isUp()))
    const seconds = chance.happens(0.2) ? chance.between(11, 13) : chance.between(1.2, 2.5) * LEASE_SECONDS
    return (
      chosen &&
      (async () => {
        const thaw = chosen.freeze()
        await pause(systemClock, seconds * 1000)
        thaw()
      })
    )
  }
}

function outage(server: Mortal, chance: Chance, whileDown = () => {}): ReturnType<Strike> {
  const milliseconds = chance.between(100, 3_000)
  if (!server.isUp()) return undefined
  return async () => {
    await server.kill()
    whileDown()
    await pause(systemClock, milliseconds)
    await server.rise()
  }
}

async function flush(url: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, retryStrategy: () => null })
  // A kill may come in between.
  redis.on('error', () => {})
  await redis.flushall().catch(() => {})
  redis.disconnect()
}

function scenario(text: string): Strike {
  const chosen = rules(`${FAILURES}\n${text}`)
  return ({ ground }) =>
    async () =>
      ground.aws.setScenario(chosen)
}

function many(fault: Fault, times: number): Fault[] {
  return Array.from({ length: times }, () => fault)
}
