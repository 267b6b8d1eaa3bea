import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/adapters/system/clock.ts'
import type { ChangeRecord } from '../../src/domain/change.ts'
import { pause } from '../../src/ports/clock.ts'
import { becomesTrue } from '../../src/sandbox/embedded/becomes-true.ts'
import { runningProcess } from '../../src/sandbox/embedded/process-table.ts'
import { type Chance, chanceOf } from '../simulation/chance.ts'
import { hire } from './crew.ts'
import { decider } from './decider.ts'
import { calm, type Fault, rules, strike, type World } from './faults.ts'
import { startGround } from './ground.ts'
import { FAILURES } from './plans.ts'
import { brokenDecisions, unended, type Witness, witness } from './promises.ts'

export interface Outcome {
  readonly seed: number
  /** Empty when every promise was kept. */
  readonly broken: readonly string[]
  readonly struck: ReadonlyMap<Fault, number>
  readonly counts: { readonly [what: string]: number }
  /** Where the logs are; only when a promise was broken. */
  readonly folder?: string
}

export interface Wish {
  readonly faultySeconds: number
  /** Whether the plan that waits for a minute is given its time, or cancelled when the faults are over. */
  readonly waits: boolean
}

const READY_MILLISECONDS = 120_000
/**
 * After the faults. What takes longest is a start that nobody knows the outcome of and that AWS has not: it is believed after
 * 330 s. Then the attempt still has to run.
 */
const CALM_MILLISECONDS = (330 + 120) * 1_000
const BETWEEN_LOOKS_MILLISECONDS = 500
const GONE_MILLISECONDS = 5_000

/** One round: everything real, faults for a while, then calm, and a look at what was promised. The seed rolls the die. */
export async function chaos(seed: number, wish: Wish): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-chaos-'))
  for (const part of ['dynamodb', 'redis']) mkdirSync(join(folder, part))
  const ground = await startGround(folder)
  const parts = ['bot', 'bot', 'bot', 'worker', 'worker', 'worker'] as const
  const crew = await Promise.all(parts.map((part, at) => hire(part, (at % 3) + 1, ground)))
  const world: World = { ground, crew }
  const seeing = witness(ground)
  const broken: string[] = []
  const struck = new Map<Fault, number>()
  let counts: Outcome['counts'] = {}
  try {
    counts = await play(seed, wish, world, seeing, struck, broken)
  } finally {
    seeing.close()
    const ends = await Promise.all(crew.map((one) => one.end()))
    broken.push(...ends.flatMap((complaint) => complaint ?? []), ...complaintsIn(folder))
    await ground.close()
  }
  const pids = [...crew, ground.dynamo, ground.redis].flatMap((one) => one.pids)
  broken.push(...(await leftBehind(pids)))
  if (broken.length > 0) return { seed, broken, struck, counts, folder }
  rmSync(folder, { recursive: true, force: true })
  return { seed, broken, struck, counts }
}

async function play(
  seed: number,
  { faultySeconds, waits }: Wish,
  world: World,
  seeing: Witness,
  struck: Map<Fault, number>,
  broken: string[],
): Promise<Outcome['counts']> {
  const { ground, crew } = world
  const dice = chanceOf(seed)
  const people = decider(world, chanceOf(seed + 1))
  const allUp = () => crew.every((one) => one.isUp())
  if (!(await becomesTrue(allUp, READY_MILLISECONDS)) || !(await people.putPlans()))
    throw new Error(`The bots and workers did not start. Their logs are in ${ground.folder}.`)
  ground.aws.setScenario(rules(FAILURES))
  await people.round()

  let isOver = false
  const deciding = (async () => {
    while (!isOver) {
      await people.round()
      await pause(systemClock, BETWEEN_LOOKS_MILLISECONDS)
    }
  })()
  let calmAt: number
  try {
    await trouble(faultySeconds, world, dice, struck)
    calmAt = performance.now()
    people.calmDown()
    if (!waits) await becomesTrue(() => people.cancel('chaos-slow'), CALM_MILLISECONDS)
    await becomesTrue(() => seeing.allEnded(), CALM_MILLISECONDS)
  } finally {
    isOver = true
    await deciding
  }
  const calmSeconds = Math.round((performance.now() - calmAt) / 1000)

  const runs = await seeing.runs()
  const records = await seeing.records(runs)
  const launches = await seeing.brokenLaunches()
  const automations = await seeing.brokenAutomations()
  broken.push(
    ...unended(runs),
    ...[...people.runs].filter((id) => !runs.some((run) => run.id === id)).map((id) => `${id} is lost`),
    ...launches.broken,
    ...automations.broken,
    ...brokenDecisions(records, people.asked),
    ...(await seeing.findings()),
  )
  return {
    runs: runs.length,
    records: records.length,
    'DRS starts': launches.starts,
    'automation starts': automations.starts,
    ...effects(records),
    'decisions asked': people.asked.length,
    'decisions answered': people.asked.filter(({ told }) => told !== 'unclear').length,
    lives: crew.reduce((sum, one) => sum + one.pids.length, 0),
    'calm seconds': calmSeconds,
  }
}

/** Rolls the die until the time is up, and brings back whatever was struck. */
async function trouble(
  seconds: number,
  world: World,
  dice: Chance,
  struck: Map<Fault, number>,
): Promise<void> {
  const under: Promise<void>[] = []
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    await pause(systemClock, dice.between(200, 900))
    const one = strike(world, dice)
    if (!one) continue
    struck.set(one.fault, (struck.get(one.fault) ?? 0) + 1)
    under.push(one.done)
    // What goes wrong with a fault itself is thrown below, and must not end the process before.
    one.done.catch(() => {})
  }
  await Promise.all(under)
  calm(world)
}

function effects(records: readonly ChangeRecord[]) {
  const all = records.flatMap(({ changes }) => changes)
  return {
    adopted: all.filter((change) => change.what === 'running' && change.adopted).length,
    'sent again': all.filter((change) => change.what === 'withdrawn').length,
    'attempts that failed': all.filter((change) => change.what === 'moved' && change.to === 'FAILED').length,
  }
}

/** A save that would break an invariant is not made, and a look that a bug breaks off is repeated: only the log knows. */
function complaintsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => /would break|even after \d+ saves|ReferenceError/.test(line))
        .slice(0, 3)
        .map((line) => `${name}: ${line.slice(0, 500)}`),
    )
}

async function leftBehind(pids: readonly number[]): Promise<string[]> {
  const running = async () => {
    const found = await Promise.all(pids.map(runningProcess))
    return found.flatMap((one) =>
      one && /main\.ts|redis-server|dynoxide/.test(one.command) ? [one.command] : [],
    )
  }
  await becomesTrue(async () => (await running()).length === 0, GONE_MILLISECONDS)
  return (await running()).map((command) => `left behind: ${command}`)
}
