import { middle, type Result, type Results } from './race.ts'
import type { Workload } from './workloads.ts'

/** The first column to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width))).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(Math.max(1, width - 1))}:`)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

export const short = (value: number): string =>
  Number.isNaN(value)
    ? '–'
    : value >= 100
      ? value.toFixed(0)
      : value >= 10
        ? value.toFixed(1)
        : value.toFixed(2)

/** Tasks per second and, in brackets, how many times as many as the first contestant: only these ratios mean anything. */
export function speedTable(results: Results, workloads: readonly Workload[]): string {
  const [ours] = results.values()
  return table(
    ['tasks per second (× ours)', ...workloads.map(({ name }) => name)],
    [...results].map(([name, of]) => [
      name,
      ...workloads.map((workload) => {
        const rate = rateOf(of.get(workload.name))
        if (typeof rate === 'string') return rate
        const base = rateOf(ours?.get(workload.name))
        const ratio = typeof base === 'number' ? ` (${short(rate / base)})` : ''
        return `${short(rate)}${ratio}${unfinished(of.get(workload.name))}`
      }),
    ]),
  )
}

export function gapTable(results: Results, workloads: readonly Workload[]): string {
  return table(
    ['ms from predecessor to successor, p50 / p99', ...workloads.map(({ name }) => name)],
    [...results].map(([name, of]) => [
      name,
      ...workloads.map((workload) => {
        const result = of.get(workload.name)
        if (result?.kind !== 'raced') return '–'
        const p50 = middle(result.rounds, ({ gap }) => gap.p50)
        return `${short(p50)} / ${short(middle(result.rounds, ({ gap }) => gap.p99))}`
      }),
    ]),
  )
}

/** What is done per finished task, and how it grows with the plan. */
export function growthTable(results: Results, workloads: readonly Workload[]): string {
  const rows = [...results].flatMap(([name, of]) =>
    workloads.flatMap((workload): string[][] => {
      const result = of.get(workload.name)
      if (result?.kind !== 'raced') return [[name, workload.name, '–']]
      const per = (
        count: (metered: {
          requests: Record<string, number>
          readUnits: number
          writeUnits: number
        }) => number,
      ) => short(middle(result.rounds, ({ metered, done }) => (metered ? count(metered) / done : Number.NaN)))
      const named = (pattern: RegExp) => (metered: { requests: Record<string, number> }) =>
        Object.entries(metered.requests).reduce(
          (sum, [operation, count]) => sum + (pattern.test(operation) ? count : 0),
          0,
        )
      return [
        [
          name,
          workload.name + unfinished(result),
          per(named(/^(Get|Query|TransactGet|Scan)\w*$/)),
          per(named(/^(Put|Update|Delete|BatchWrite|TransactWrite)\w*$/)),
          per(named(/refused$/)),
          per(({ readUnits }) => readUnits),
          per(({ writeUnits }) => writeUnits),
        ],
      ]
    }),
  )
  return table(
    ['per finished task', 'plan', 'reads', 'writes', 'of these refused', 'read units', 'write units'],
    rows,
  )
}

export function reasons(results: Results): string[] {
  return [...results].flatMap(([name, of]) =>
    [...of].flatMap(([workload, result]) =>
      result.kind === 'not raced' ? [`${name}, ${workload}: ${result.why}`] : [],
    ),
  )
}

function rateOf(result: Result | undefined): number | string {
  if (result?.kind === 'raced') return middle(result.rounds, ({ tasksPerSecond }) => tasksPerSecond)
  return result?.why.startsWith('n/a') ? 'n/a' : 'not available'
}

const unfinished = (result: Result | undefined): string => {
  const late = result?.kind === 'raced' ? result.rounds.find(({ finished }) => !finished) : undefined
  return late ? ` unfinished, ${late.done} done` : ''
}
