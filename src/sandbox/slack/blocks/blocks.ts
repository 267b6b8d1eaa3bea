import { z } from 'zod'
import { accessory, actionsElement, imageElement, inputElement } from './elements.ts'
import { LIMITS } from './limits.ts'
import { richText } from './rich-text.ts'
import { anyText, hasPicture, id, image, ONE_PICTURE, plainText } from './text.ts'

const header = z.strictObject({
  type: z.literal('header'),
  block_id: id,
  text: plainText(LIMITS.headerText),
})

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: id,
    text: z.exactOptional(anyText(LIMITS.sectionText)),
    fields: z.exactOptional(z.array(anyText(LIMITS.sectionField)).min(1).max(LIMITS.sectionFields)),
    accessory: z.exactOptional(accessory),
    expand: z.exactOptional(z.boolean()),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, {
    error: 'must define either `text` or `fields`',
    path: ['type'],
  })

const context = z.strictObject({
  type: z.literal('context'),
  block_id: id,
  elements: z
    .array(z.discriminatedUnion('type', [anyText(), imageElement]))
    .min(1)
    .max(LIMITS.contextElements),
})

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: id,
  elements: z.array(actionsElement).min(1).max(LIMITS.actionsElements),
})

const divider = z.strictObject({ type: z.literal('divider'), block_id: id })

const imageBlock = z
  .strictObject({
    type: z.literal('image'),
    block_id: id,
    ...image,
    title: z.exactOptional(plainText(LIMITS.imageTitle)),
  })
  .refine(hasPicture, { error: ONE_PICTURE, path: ['type'] })

const input = z.strictObject({
  type: z.literal('input'),
  block_id: id,
  label: plainText(LIMITS.inputLabel),
  hint: z.exactOptional(plainText(LIMITS.inputHint)),
  optional: z.exactOptional(z.boolean()),
  dispatch_action: z.exactOptional(z.boolean()),
  element: inputElement,
})

const markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id: id,
  text: z.string().min(1).max(LIMITS.markdownText),
})

const taskCard = z.strictObject({
  type: z.literal('task_card'),
  block_id: id,
  task_id: z.string().min(1),
  title: z.string().min(1),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: z.exactOptional(richText),
  output: z.exactOptional(richText),
  sources: z.exactOptional(
    z.array(z.strictObject({ type: z.literal('url'), url: z.string().min(1), text: z.string().min(1) })),
  ),
})

const plan = z.strictObject({
  type: z.literal('plan'),
  block_id: id,
  title: z.string().min(1),
  tasks: z.exactOptional(z.array(taskCard)),
})

const alert = z.strictObject({
  type: z.literal('alert'),
  block_id: id,
  text: anyText(LIMITS.alertText),
  level: z.exactOptional(z.enum(['default', 'info', 'warning', 'error', 'success'])),
})

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  z.strictObject({
    type: z.literal('raw_number'),
    value: z.number(),
    text: z.string().min(1),
  }),
  richText,
])
const table = z
  .strictObject({
    type: z.literal('table'),
    block_id: id,
    rows: z.array(z.array(cell).min(1).max(LIMITS.tableCells)).min(1).max(LIMITS.tableRows),
    column_settings: z.exactOptional(
      z
        .array(
          z.strictObject({
            align: z.exactOptional(z.enum(['left', 'center', 'right'])),
            is_wrapped: z.exactOptional(z.boolean()),
          }),
        )
        .max(LIMITS.tableCells),
    ),
  })
  .refine(({ rows }) => textLength(rows) <= LIMITS.tableText, {
    error: `must be less than ${LIMITS.tableText + 1} characters`,
    path: ['rows'],
  })

const anywhere = [header, section, context, actions, divider, imageBlock, input, richText] as const

export const messageBlocks = z
  .array(z.discriminatedUnion('type', [...anywhere, markdown, taskCard, plan, table]))
  .max(LIMITS.blocksInMessage)

export const viewBlocks = z.array(z.discriminatedUnion('type', [...anywhere, alert])).max(LIMITS.blocksInView)

/** All text within, at whatever depth. */
function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [key, held]) => sum + (key === 'text' && typeof held === 'string' ? held.length : textLength(held)),
    0,
  )
}
