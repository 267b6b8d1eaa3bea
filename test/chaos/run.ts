import { parseArgs } from 'node:util'
import { hushSdk } from '../../src/config.ts'
import { chaos } from './chaos.ts'
import { FAULT_NAMES, type Fault } from './faults.ts'

const HELP = `Rounds of real processes that are killed, stopped and cut off from Redis, DynamoDB and AWS.

  node --import tsx test/chaos/run.ts                  10 rounds with fresh seeds
  node --import tsx test/chaos/run.ts --rounds 100     as many as you like
  node --import tsx test/chaos/run.ts --seed N         seeds from N on, instead of fresh ones
  node --import tsx test/chaos/run.ts --minutes 60     no round begins later than that

A seed repeats the die and who decides what; when the processes do what they do is theirs.`

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    rounds: { type: 'string', default: '10' },
    seed: { type: 'string' },
    minutes: { type: 'string', default: '100000' },
  },
})
const say = (line: string) => void process.stdout.write(`${line}\n`)
const inWords = (counts: Iterable<readonly [string, number]>) =>
  Array.from(counts, ([what, times]) => `${what} ${times}`).join(', ')

if (values.help) say(HELP)
else
  await run(Number(values.rounds), Number(values.seed ?? Date.now() % 1_000_000_000), Number(values.minutes))

async function run(rounds: number, first: number, minutes: number): Promise<void> {
  hushSdk()
  const began = performance.now()
  const struck = new Map<Fault, number>()
  const totals = new Map<string, number>()
  const broken: number[] = []
  let played = 0
  while (played < rounds && performance.now() - began < minutes * 60_000) {
    const outcome = await chaos(first + played, { faultySeconds: 45, waits: true })
    played += 1
    for (const [fault, times] of outcome.struck) struck.set(fault, (struck.get(fault) ?? 0) + times)
    for (const [what, times] of Object.entries(outcome.counts))
      totals.set(what, (totals.get(what) ?? 0) + times)
    say(`round ${played}, seed ${outcome.seed}: ${inWords(Object.entries(outcome.counts))}`)
    if (outcome.broken.length === 0) continue
    broken.push(outcome.seed)
    say(`  BROKEN, logs in ${outcome.folder}:\n  ${outcome.broken.join('\n  ')}`)
  }
  say(`faults: ${inWords(FAULT_NAMES.map((fault) => [fault, struck.get(fault) ?? 0] as const))}`)
  say(`totals: ${inWords(totals)}`)
  const took = Math.round((performance.now() - began) / 60_000)
  say(
    `${played} rounds in ${took} min, ${broken.length} with a broken promise${broken.length > 0 ? `: ${broken.join(', ')}` : ''}`,
  )
  process.exitCode = broken.length > 0 ? 1 : 0
}
