import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Attachment, Block } from '../workspace.ts'

const optionSchema = z.looseObject({ value: z.string() })
export type Option = z.output<typeof optionSchema>

/** An element that can be pressed, chosen from or written in, as far as the workspace acts on it. */
const elementSchema = z.looseObject({
  type: z.string(),
  action_id: z.string(),
  options: z.exactOptional(z.array(optionSchema)),
  option_groups: z.exactOptional(z.array(z.looseObject({ options: z.array(optionSchema) }))),
  min_length: z.exactOptional(z.number()),
  max_length: z.exactOptional(z.number()),
  min_value: z.exactOptional(z.string()),
  max_value: z.exactOptional(z.string()),
  is_decimal_allowed: z.exactOptional(z.boolean()),
  max_selected_items: z.exactOptional(z.number()),
})
export type Element = z.output<typeof elementSchema>

/** An element and where it stands. */
export interface Placed {
  readonly blockId: string
  readonly element: Element
  /** It stands in an input block, and this is whether it may stay empty. */
  readonly optional?: boolean
}

export function elementsOf(blocks: readonly Block[]): Placed[] {
  return blocks.flatMap((block) => {
    const optional = block.type === 'input' ? { optional: block.optional === true } : {}
    return slotsOf(block).flatMap((held) => {
      const element = elementSchema.safeParse(held)
      return element.success ? [{ blockId: block.block_id, element: element.data, ...optional }] : []
    })
  })
}

export function allBlocks(message: { blocks?: Block[]; attachments?: Attachment[] }): Block[] {
  const attached = (message.attachments ?? []).flatMap(({ blocks }) => blocks ?? [])
  return [...(message.blocks ?? []), ...attached]
}

export function optionsOf({ options, option_groups }: Element): Option[] {
  return options ?? option_groups?.flatMap((group) => group.options) ?? []
}

type Unnamed = Record<string, unknown> & { type: string; block_id?: string }

/** The blocks as Slack keeps them: those that came without a name get one, and so do their elements. */
export function named(blocks: readonly Unnamed[]): Block[] {
  return blocks.map((block) => {
    const { accessory, element, elements } = block
    const isActions = block.type === 'actions'
    return {
      ...block,
      block_id: block.block_id ?? freshName(),
      ...(accessory !== undefined && { accessory: namedElement(accessory) }),
      ...(element !== undefined && { element: namedElement(element) }),
      ...(isActions && Array.isArray(elements) && { elements: elements.map(namedElement) }),
    }
  })
}

function namedElement(element: unknown): unknown {
  const isPassive = !isRecord(element) || element.type === 'image' || element.action_id !== undefined
  return isPassive ? element : { ...element, action_id: freshName() }
}

function slotsOf({ type, accessory, element, elements }: Block): unknown[] {
  if (type === 'section') return [accessory]
  if (type === 'input') return [element]
  return type === 'actions' && Array.isArray(elements) ? elements : []
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const freshName = () => randomBytes(4).toString('base64url').slice(0, 5)
