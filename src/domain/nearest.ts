/** The names most like the one that was asked for, best first, at most two: "Did you mean …?". */
export function nearest(asked: string, names: readonly string[]): string[] {
  const wanted = asked.toLowerCase().slice(0, 80)
  return names
    .map((name) => ({ name, apart: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, apart }) => apart <= Math.max(2, Math.floor(name.length / 3)) || name.includes(wanted))
    .sort((a, b) => a.apart - b.apart)
    .slice(0, 2)
    .map(({ name }) => name)
}

/** Edits (insert, delete, replace) from one word to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...from].entries()) {
    let previous = i + 1
    const line = [previous]
    for (const [j, other] of [...to].entries()) {
      const replace = (row[j] ?? 0) + (letter === other ? 0 : 1)
      previous = Math.min(replace, (row[j + 1] ?? 0) + 1, previous + 1)
      line.push(previous)
    }
    row = line
  }
  return row.at(-1) ?? 0
}
