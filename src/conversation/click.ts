import { z } from 'zod'
import { PERSON_EVENTS } from '../domain/transitions.ts'
import type { Click } from './card.ts'

export const taskClickSchema = z.object({
  execution: z.string().min(1).max(200),
  task: z.string().min(1).max(500),
  attempt: z.int().min(1),
  asks: z.enum(PERSON_EVENTS),
  digest: z.string().max(100),
  reference: z.string().max(1000).optional(),
})
const commandClickSchema = z.object({ command: z.string().min(1).max(1000) })

export const clickSchema = z.union([taskClickSchema, commandClickSchema])

/** The click as the text that a button carries. */
export const writeClick = (click: Click): string => JSON.stringify(click)

/** Reads what came back from the client, as text or as object; undefined where it is no click of ours. */
export function parseClick(value: unknown): Click | undefined {
  return clickSchema.safeParse(typeof value === 'string' ? fromJson(value) : value).data
}

/** The value of the JSON text; undefined where it is none. */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
