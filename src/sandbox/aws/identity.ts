import { createHash } from 'node:crypto'
import type { World } from './world.ts'

/** A new id of the given length, lower-case hex. The same story told twice meets the same ids. */
export function newId(world: World, kind: string, length: number): string {
  world.serial += 1
  return digest(`${kind}/${world.serial}`).slice(0, length)
}

/** A new id in the form of a UUID. */
export function newUuid(world: World, kind: string): string {
  const hex = newId(world, kind, 32)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** An id that always belongs to this name. */
export const idOf = (name: string, length: number): string => digest(name).slice(0, length)

/** A number from 0 up to, not including, 1 that always belongs to this name: differences without dice. */
export const shareOf = (name: string): number => Number.parseInt(digest(name).slice(0, 8), 16) / 2 ** 32

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
