import { parseArgs } from 'node:util'
import { hushSdk } from '../../src/config.ts'
import { hands } from './hands.ts'
import type { Round } from './round.ts'

const HELP = `Fifty people decide about one card at once, again and again.

  node --import tsx test/hands/run.ts                   100 rounds
  node --import tsx test/hands/run.ts --rounds 1000     as many as you like
  node --import tsx test/hands/run.ts --seed N          the same decisions in the same order again; who wins is up to the race`

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string' },
  },
})
const say = (line: string) => void process.stdout.write(`${line}\n`)

if (values.help) say(HELP)
else await run(Number(values.rounds), Number(values.seed ?? Date.now() % 1_000_000_000))

async function run(rounds: number, seed: number): Promise<void> {
  hushSdk()
  say(`seed ${seed}`)
  const all: Round[] = []
  await hands(rounds, seed, (round, number) => {
    all.push(round)
    if (round.broken.length > 0) say(`round ${number} BROKEN:\n  ${round.broken.join('\n  ')}`)
    if (number % 25 === 0) say(`  ${number} rounds`)
  })
  const winners = all.flatMap((round) => round.winners.slice(0, 1))
  const tally = (of: readonly string[]) =>
    [...new Set(of)].sort().map((one) => `${one} ${of.filter((other) => other === one).length}`)
  const times = all.map(({ milliseconds }) => Math.round(milliseconds)).sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]
  const broken = all.filter((round) => round.broken.length > 0).length
  say(
    `${all.length} rounds, ${all.reduce((sum, round) => sum + round.hands, 0)} hands, ${all.reduce((sum, { requests }) => sum + requests, 0)} requests`,
  )
  say(`hands that Slack told it did not get through: ${all.reduce((sum, { missed }) => sum + missed, 0)}`)
  say(`winners by way in: ${tally(winners.map(({ source }) => source)).join(', ')}`)
  say(`winners by decision: ${tally(winners.map(({ event }) => event)).join(', ')}`)
  say(
    `milliseconds from the first request to the last answer: median ${at(0.5)}, 95 % ${at(0.95)}, most ${at(1)}`,
  )
  say(`${broken} rounds with a broken promise`)
  process.exitCode = broken > 0 ? 1 : 0
}
