import type { Found, FoundHead } from './found.ts'
import { canonical } from './json.ts'
import type { Replayed } from './replay.ts'

const LONGEST_VALUE = 80

/** Where the stored state is not, byte for byte in canonical JSON, what the records make. A sentence each, for people. */
export function differences(
  { execution, writtenAt }: Replayed,
  stored: Pick<Found, 'tasks'> & { head: FoundHead },
): readonly string[] {
  const { tasks, ...head } = execution
  const found: string[] = []
  const compare = (what: string, expected: object, there: object) => {
    const where = differing(expected, there)
    if (where) found.push(`${what} is not what its records make: ${where}. It was changed without a record.`)
  }
  compare('The head', head, stored.head)
  const there = new Map(stored.tasks.map((one) => [one.task.id, one]))
  if (there.size === 0 && tasks.size > 0) return [...found, `None of the ${tasks.size} tasks is stored.`]
  for (const [place, [id, task]] of [...tasks].entries()) {
    const one = there.get(id)
    if (!one) {
      found.push(`Task "${id}" is not stored, or cannot be read: it was deleted or changed.`)
      continue
    }
    compare(`Task "${id}"`, task, one.task)
    const marks = { place: one.place, writtenAt: one.writtenAt }
    compare(`What task "${id}" is marked with`, { place, writtenAt: writtenAt.get(id) }, marks)
  }
  for (const id of there.keys())
    if (!tasks.has(id)) found.push(`Task "${id}" is stored, though the plan has no such task: it was added.`)
  return found
}

/** The fields that differ, both values of each; undefined where all are equal. */
function differing(expected: object, there: object): string | undefined {
  if (canonical(expected) === canonical(there)) return undefined
  const [should, does] = [new Map(Object.entries(expected)), new Map(Object.entries(there))]
  return [...new Set([...should.keys(), ...does.keys()])]
    .filter((name) => written(should.get(name)) !== written(does.get(name)))
    .map((name) => `${name} is ${shown(does.get(name))}, not ${shown(should.get(name))}`)
    .join('; ')
}

// A field that is null is not a field that is absent.
const written = (value: unknown): string => (value === undefined ? 'absent' : canonical(value))

function shown(value: unknown): string {
  const text = written(value)
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}
