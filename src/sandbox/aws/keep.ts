import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { type World, worldSchema } from './world.ts'

/** The world as it was last kept in this file, or nothing where there is none yet. */
export function recall(file: string): World | undefined {
  if (!existsSync(file)) return undefined
  const checked = worldSchema.safeParse(contents(file))
  if (checked.success) return checked.data
  throw new Error(`${file} does not hold a practice ground (${z.prettifyError(checked.error)}). ${WAY_OUT}`)
}

/** Written beside the file and renamed over it: a reader finds the old world or the new one, never half of one. */
export function keep(file: string, world: World): void {
  const kept: World = { ...world, calls: world.calls.filter((call) => call.changes) }
  writeFileSync(`${file}.new`, JSON.stringify(kept))
  renameSync(`${file}.new`, file)
}

function contents(file: string): unknown {
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Error(`${file} is not JSON: ${error.message}. ${WAY_OUT}`)
  }
}

const WAY_OUT = 'Delete it to begin with a fresh practice ground.'
