import { type Execution, type ExecutionId, isFinished } from '../../src/domain/execution.ts'
import type { Plan } from '../../src/domain/plan.ts'
import type { Status } from '../../src/domain/transitions.ts'
import { chanceOf } from './chance.ts'
import { cloud } from './cloud.ts'
import { crew, POLICY } from './crew.ts'
import { type Fault, faults } from './faults.ts'
import { type Fleet, fleet } from './fleet.ts'
import { launch } from './launch.ts'
import {
  brokenByDecisions,
  brokenByHistory,
  brokenByThreads,
  brokenByVotes,
  brokenOutside,
  standing,
} from './promises.ts'
import { timeline } from './timeline.ts'
import { town } from './town.ts'

export interface Outcome {
  readonly seed: number
  readonly executions: number
  readonly steps: number
  /** How long it would have taken outside. */
  readonly simulatedSeconds: number
  readonly broken: readonly string[]
  readonly struck: ReadonlyMap<Fault, number>
  /** How often a task came into each status. */
  readonly reached: ReadonlyMap<Status, number>
}

export interface Wish {
  /** safety: faults to the end, and nothing may break. liveness: they stop, and everything must come to its end. */
  readonly mode: 'safety' | 'liveness'
  readonly executions?: number
}

export const modeOf = (seed: number): Wish['mode'] => (seed % 2 === 0 ? 'liveness' : 'safety')

export const EXECUTIONS_PER_WORLD = 8

const START = Date.parse('2026-01-08T12:00:00.000Z')
const FAULTY_SECONDS = 240
/** After the faults: the longest attempt, its time-out, and as many retries as a calm person asks for. */
const CALM_SECONDS = 4 * 3_600
/** A process that slept may paint an old card over the last one; by then it has found out, and painted it again. */
const REPAIR_SECONDS = 120
const STEPS = 60_000
/** How often it is looked whether all is done: looking costs more than a step. */
const STEPS_BETWEEN_LOOKS = 50

/** What people press on, and what nobody may break. */
export interface Begun {
  readonly id: ExecutionId
  readonly plan: Plan
}

/** One world from one seed. The same seed gives the same world, step by step. */
export async function simulate(
  seed: number,
  { mode, executions = EXECUTIONS_PER_WORLD }: Wish,
): Promise<Outcome> {
  const chance = chanceOf(seed)
  const time = timeline(START)
  const trouble = faults(chance, chance.one([0.3, 1, 2, 3]) ?? 1)
  const ground = { time, chance, faults: trouble }
  const broken: string[] = []
  const sky = cloud(ground)
  const place = town(ground)
  const ships = fleet(ground, sky, place, POLICY, (what, error) =>
    broken.push(`${what} threw: ${error instanceof Error ? error.stack : String(error)}`),
  )
  const people = crew(ground, ships, (mark) => broken.push(`somebody without a role was obeyed: ${mark}`))
  const begun = await launch(ground, ships, executions)

  const found = async (): Promise<Execution[]> =>
    (await Promise.all(begun.map(({ id }) => ships.store.load(id)))).flatMap((one) => one ?? [])
  const ended = async () => {
    const all = await found()
    return all.length === begun.length && all.every(isFinished)
  }
  /** Does it again and again, as long as the world lasts. */
  const often = (pause: () => number, doing: (execution: Execution) => void): void => {
    time.after(pause(), () => {
      found().then((all) => all.forEach(doing))
      often(pause, doing)
    })
  }
  let steps = 0
  const goOn = async (until: number, enough: () => Promise<boolean>): Promise<void> => {
    for (let done = 1; done > 0 && steps < STEPS && !(await enough()); steps += done)
      done = await time.steps(STEPS_BETWEEN_LOOKS, until)
  }

  often(() => chance.between(5_000, 100_000), people.meddle)
  await goOn(START + FAULTY_SECONDS * 1000, ended)
  if (mode === 'liveness') {
    trouble.stop()
    often(() => 30_000, people.attend)
    const told = async () => (await ended()) && (await allTold(ships, await found()))
    await goOn(time.now() + CALM_SECONDS * 1000, told)
    const all = await found()
    if (all.length < begun.length) broken.push(`${begun.length - all.length} runs were never started`)
    for (const one of all.filter((each) => !isFinished(each)))
      broken.push(`${one.id} never ended: ${standing(one)}`)
    if (!(await allTold(ships, all))) broken.push('the end was never told')
    const onCards = async () => brokenByThreads(await found(), ships, place)
    await goOn(time.now() + REPAIR_SECONDS * 1000, async () => (await onCards()).length === 0)
    broken.push(...(await onCards()))
  }
  const histories = await Promise.all(
    begun.map(async ({ id, plan }) => ({
      plan,
      execution: await ships.store.load(id),
      records: await ships.store.changesSince(id, 0),
    })),
  )
  broken.push(...brokenByHistory(histories), ...brokenOutside(histories, sky))
  broken.push(...brokenByDecisions(histories, people.asked), ...brokenByVotes(histories))
  return {
    seed,
    executions,
    steps,
    simulatedSeconds: Math.round((time.now() - START) / 1000),
    broken,
    struck: trouble.counts,
    reached: reached(histories.flatMap(({ records }) => records.flatMap(({ changes }) => changes))),
  }
}

async function allTold(ships: Fleet, executions: readonly Execution[]): Promise<boolean> {
  for (const { id, version, endedAt, places } of executions) {
    for (const place of places) {
      const thread = await ships.threads.get(id, place)
      if (!thread || thread.told < version || !Object.hasOwn(thread.cards, `outcome@${endedAt}`)) return false
    }
  }
  return true
}

function reached(changes: readonly { what: string; to?: Status }[]): Map<Status, number> {
  const counts = new Map<Status, number>()
  for (const { to } of changes) if (to) counts.set(to, (counts.get(to) ?? 0) + 1)
  return counts
}
