import { z } from 'zod'
import { LIMITS } from './limits.ts'

export const plainText = (most: number = LIMITS.anyText) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(most),
    emoji: z.exactOptional(z.boolean()),
  })

const mrkdwn = (most: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(most),
    verbatim: z.exactOptional(z.boolean()),
  })

export const anyText = (most: number = LIMITS.anyText) =>
  z.discriminatedUnion('type', [plainText(most), mrkdwn(most)])

export const id = z.exactOptional(z.string().min(1).max(LIMITS.id))

const confirm = z.strictObject({
  title: z.exactOptional(plainText(LIMITS.confirmTitle)),
  text: anyText(LIMITS.confirmText),
  confirm: z.exactOptional(plainText(LIMITS.confirmButton)),
  deny: z.exactOptional(plainText(LIMITS.confirmButton)),
  style: z.exactOptional(z.enum(['primary', 'danger'])),
})

/** What elements that are pressed or chosen from have in common. */
export const actionable = { action_id: id, confirm: z.exactOptional(confirm) }
export const focusable = { focus_on_load: z.exactOptional(z.boolean()) }
export const placeholdable = { placeholder: z.exactOptional(plainText(LIMITS.placeholder)) }

const optionFields = {
  value: z.string().max(LIMITS.optionValue),
  description: z.exactOptional(plainText(LIMITS.optionText)),
}
export const plainOption = z.strictObject({ text: plainText(LIMITS.optionText), ...optionFields })
export const markedOption = z.strictObject({ text: anyText(LIMITS.optionText), ...optionFields })

export const image = {
  alt_text: z.string().min(1).max(LIMITS.imageAlt),
  image_url: z.exactOptional(z.string().min(1).max(LIMITS.url)),
  slack_file: z.exactOptional(
    z.strictObject({ id: z.exactOptional(z.string()), url: z.exactOptional(z.string()) }),
  ),
}

export function hasPicture(image: { image_url?: string; slack_file?: unknown }): boolean {
  return (image.image_url === undefined) !== (image.slack_file === undefined)
}

export const ONE_PICTURE = 'must define either `image_url` or `slack_file`'
