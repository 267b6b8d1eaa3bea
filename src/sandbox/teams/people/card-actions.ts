import { z } from 'zod'
import type { Card } from '../message.ts'

/** An input as a card declares it. */
const inputSchema = z.looseObject({
  type: z.string().startsWith('Input.'),
  id: z.string(),
  value: z.coerce.string().optional(),
  isRequired: z.boolean().default(false),
  maxLength: z.number().optional(),
  regex: z.string().optional(),
  min: z.union([z.number(), z.string()]).optional(),
  max: z.union([z.number(), z.string()]).optional(),
  isMultiSelect: z.boolean().default(false),
  choices: z.array(z.object({ value: z.string() })).optional(),
  valueOn: z.string().default('true'),
  valueOff: z.string().default('false'),
})
export type Input = z.output<typeof inputSchema>

const actionSchema = z.looseObject({
  type: z.enum(['Action.Execute', 'Action.Submit']),
  title: z.string().default(''),
  id: z.string().optional(),
  verb: z.string().optional(),
  data: z.unknown().optional(),
  isEnabled: z.boolean().default(true),
  associatedInputs: z.string().default('auto'),
  fallback: z.unknown().optional(),
})
export type CardAction = z.output<typeof actionSchema>

/** An action, with the inputs that go with it when it is pressed. */
export interface Pressable {
  readonly action: CardAction
  readonly inputs: readonly Input[]
}

/** Every action of the card in order of appearance; those of a card that it shows come with the inputs of both. */
export function pressables(card: Card, outer: readonly Input[] = []): Pressable[] {
  const found = { inputs: [...outer], actions: [] as CardAction[], shown: [] as Card[] }
  for (const [name, value] of Object.entries(card)) if (!APART.has(name)) gather(value, found)
  const here = found.actions.map((action) => ({
    action,
    inputs: action.associatedInputs.toLowerCase() === 'none' ? [] : found.inputs,
  }))
  return [...here, ...found.shown.flatMap((inner) => pressables(inner, found.inputs))]
}

export function readAction(value: unknown): CardAction | undefined {
  return actionSchema.safeParse(value).data
}

/** What is not on the face of a card: what others are shown instead, and what nobody presses. */
const APART: ReadonlySet<string> = new Set(['fallback', 'refresh', 'authentication', 'data', 'metadata'])
const nodeSchema = z.record(z.string(), z.unknown())

interface Found {
  readonly inputs: Input[]
  readonly actions: CardAction[]
  readonly shown: Card[]
}

function gather(value: unknown, found: Found): void {
  if (Array.isArray(value)) {
    for (const item of value) gather(item, found)
    return
  }
  const node = nodeSchema.safeParse(value).data
  if (!node) return
  const input = inputSchema.safeParse(node).data
  if (input) found.inputs.push(input)
  const action = readAction(node)
  if (action) found.actions.push(action)
  if (node.type === 'Action.ShowCard') {
    const inner = nodeSchema.safeParse(node.card).data
    if (inner) found.shown.push(inner)
    return
  }
  for (const [name, child] of Object.entries(node)) if (!APART.has(name)) gather(child, found)
}
