import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Mutant, testFiles, worldsOf } from './mutant.ts'
import { MUTANTS } from './mutants.ts'
import { runTests, runWorlds, type Verdict } from './trial.ts'
import { type WorkingCopy, workingCopy } from './working-copy.ts'

const HELP = `Plants one bug after the other in a copy of the checkout, and says which test notices it.

  node --import tsx test/mutants/run.ts                 all of them
  node --import tsx test/mutants/run.ts --only <text>   those whose name or file holds the text
  node --import tsx test/mutants/run.ts --list          their names only

Ends with 1 when a bug survived or a mutant was not a fair one.`

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    list: { type: 'boolean' },
    only: { type: 'string' },
  },
})
const say = (line: string) => void process.stdout.write(`${line}\n`)

const wanted = MUTANTS.filter(({ name, file }) => `${name} ${file}`.includes(values.only ?? ''))
if (values.help) say(HELP)
else if (values.list) for (const { name, file } of wanted) say(`${name}  (${file})`)
else process.exitCode = (await tryAll(wanted)) ? 0 : 1

/** True when every bug was caught. */
async function tryAll(mutants: readonly Mutant[]): Promise<boolean> {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const began = performance.now()
  const copy = await workingCopy(join(import.meta.dirname, '../..'))
  const counts = { caught: 0, survived: 0, unfair: 0 }
  try {
    const healthy = tellsHealth(copy, stop.signal)
    for (const [index, mutant] of mutants.entries()) {
      if (stop.signal.aborted) break
      const since = performance.now()
      const ill = await healthy(mutant)
      const verdict =
        ill ?? (await copy.withBug(mutant, () => judge(copy, mutant, stop.signal)).catch(notPlanted))
      counts[verdict.kind]++
      say(`${index + 1}/${mutants.length} ${inWords(verdict, mutant)} (${seconds(since)})`)
    }
  } finally {
    await copy.remove()
  }
  const { caught, survived, unfair } = counts
  say(`${caught} of ${mutants.length} caught, ${survived} survived, ${unfair} not fair; ${seconds(began)}`)
  return mutants.length > 0 && caught === mutants.length
}

function judge({ root }: WorkingCopy, { caughtBy }: Mutant, stop: AbortSignal): Promise<Verdict> {
  return 'worlds' in caughtBy ? runWorlds(root, caughtBy.worlds, stop) : runTests(root, caughtBy, stop)
}

function notPlanted(error: unknown): Verdict {
  return { kind: 'unfair', why: error instanceof Error ? error.message : String(error) }
}

/** Whether the mutant's tests pass without it; each set of tests is asked once. A failure there would prove nothing. */
function tellsHealth(copy: WorkingCopy, stop: AbortSignal): (mutant: Mutant) => Promise<Verdict | undefined> {
  const asked = new Map<string, Promise<Verdict>>()
  return async (mutant) => {
    const key = JSON.stringify([testFiles(mutant), worldsOf(mutant)])
    const verdict = asked.get(key) ?? judge(copy, mutant, stop)
    asked.set(key, verdict)
    const found = await verdict
    if (found.kind === 'survived') return undefined
    const why = found.kind === 'caught' ? found.by : found.why
    return { kind: 'unfair', why: `without the bug as well: ${why}` }
  }
}

function inWords(verdict: Verdict, { name, file }: Mutant): string {
  switch (verdict.kind) {
    case 'caught':
      return `caught: ${name} — by ${verdict.by}`
    case 'survived':
      return `SURVIVED: ${name} — ${file}`
    case 'unfair':
      return `NOT A FAIR MUTANT: ${name} — ${verdict.why}`
  }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
