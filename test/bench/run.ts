import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { clicks } from './clicks.ts'
import { FIELD, ON_DYNAMODB } from './field.ts'
import { memory } from './memory.ts'
import { HELP, type Options, readOptions } from './options.ts'
import { type Results, race } from './race.ts'
import { gapTable, growthTable, reasons, speedTable } from './report.ts'
import { layers, workloads } from './workloads.ts'

const OUTPUT = join(import.meta.dirname, '../output')

const print = (text: string): void => console.log(text)
const progress = (line: string): void => console.error(line)

async function bench({ rounds, quick, limitSeconds, parts, names }: Options): Promise<void> {
  const takesPart = ({ name }: { name: string }) =>
    names.length === 0 || names.some((word) => name.toLowerCase().includes(word.toLowerCase()))
  const [cpu] = cpus()
  const machine = `${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`
  const settings = { rounds, limitSeconds, say: progress }
  const found: Record<string, unknown> = { at: new Date().toISOString(), machine, rounds, quick }
  print(
    `${machine}; medians of ${rounds} round${rounds === 1 ? '' : 's'}. Compare only figures of one run.\n`,
  )

  if (parts.has('speed')) {
    const raced = workloads(quick)
    const results = await race(FIELD.filter(takesPart), raced, settings)
    print(`${speedTable(results, raced)}\n\n${gapTable(results, raced)}\n`)
    for (const reason of reasons(results)) print(reason)
    found.speed = plain(results)
  }
  if (parts.has('growth')) {
    const plans = [10, 100, quick ? 300 : 1_000].map((steps) => layers(steps))
    const results = await race(ON_DYNAMODB.filter(takesPart), plans, { ...settings, rounds: 1 })
    print(`\n${growthTable(results, plans)}\n`)
    found.growth = plain(results)
  }
  if (parts.has('memory')) {
    const measured = await memory(quick)
    print(measured.text)
    found.memory = measured
  }
  if (parts.has('clicks')) {
    const measured = await clicks(quick)
    print(measured.text)
    found.clicks = measured
  }
  mkdirSync(OUTPUT, { recursive: true })
  writeFileSync(join(OUTPUT, 'bench.json'), `${JSON.stringify(found, null, 2)}\n`)
}

/** Maps are written as objects. */
function plain(results: Results) {
  return Object.fromEntries([...results].map(([name, of]) => [name, Object.fromEntries(of)]))
}

const options = readOptions(process.argv.slice(2))
if (options) await bench(options)
else print(HELP)
