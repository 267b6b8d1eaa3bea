import { z } from 'zod'
import { id } from './text.ts'

const flag = z.exactOptional(z.boolean())
const style = z.exactOptional(
  z.strictObject({ bold: flag, italic: flag, strike: flag, code: flag, underline: flag }),
)
const text = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style })
const link = z.strictObject({
  type: z.literal('link'),
  url: z.string().min(1),
  text: z.exactOptional(z.string()),
  unsafe: flag,
  style,
})

const inline = z.discriminatedUnion('type', [
  text,
  link,
  z.strictObject({ type: z.literal('user'), user_id: z.string().min(1), style }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string().min(1), style }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string().min(1), style }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']), style }),
  z.strictObject({
    type: z.literal('emoji'),
    name: z.string().min(1),
    unicode: z.exactOptional(z.string()),
    url: z.exactOptional(z.string()),
    style,
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: z.string().min(1),
    url: z.exactOptional(z.string()),
    fallback: z.exactOptional(z.string()),
    style,
  }),
])

const border = z.exactOptional(z.union([z.literal(0), z.literal(1)]))
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(inline) })
const list = z.strictObject({
  type: z.literal('rich_text_list'),
  elements: z.array(section),
  style: z.enum(['bullet', 'ordered']),
  indent: z.exactOptional(z.int().min(0).max(8)),
  offset: z.exactOptional(z.int().min(0)),
  border,
})
const quote = z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(inline), border })
const preformatted = z.strictObject({
  type: z.literal('rich_text_preformatted'),
  elements: z.array(z.discriminatedUnion('type', [text, link])),
  border,
})

export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: id,
  elements: z.array(z.discriminatedUnion('type', [section, list, quote, preformatted])),
})
