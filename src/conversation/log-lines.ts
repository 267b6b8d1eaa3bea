import { listed } from './in-words.ts'

/** A job's log may be long; its end says most. */
const LOG_LINES = 10
/** Of more than that the names of a few say enough. */
const NAMED = 3

/** "payments-app-1: launching i-0123456789abcdef0": who, what, and which instance became of it. */
const SAID = /^([^:]{1,200}): (.*?)( i-[0-9a-f]{8,17})?$/

interface Told {
  readonly what: string
  /** Each with what is its own. */
  readonly who: readonly { readonly name: string; readonly own: string }[]
}

/** What a job's log says, in its order: what happened to several is told once, with their names. */
export function logLines(lines: readonly string[]): string[] {
  const all = new Map<string, Told>()
  for (const line of lines) {
    const [, name = '', what = '', own = ''] = SAID.exec(line) ?? []
    const key = name === '' ? line : `: ${what}`
    const before = all.get(key)?.who ?? []
    all.set(key, name === '' ? { what: line, who: [] } : { what, who: [...before, { name, own }] })
  }
  return [...all.values()].slice(-LOG_LINES).map(inOne)
}

function inOne({ what, who }: Told): string {
  const [first, ...others] = who
  if (!first) return what
  if (others.length === 0) return `${first.name}: ${what}${first.own}`
  return `${listed([...new Set(who.map(({ name }) => name))], NAMED)}: ${what}`
}
