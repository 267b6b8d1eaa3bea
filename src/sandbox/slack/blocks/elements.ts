import { z } from 'zod'
import { LIMITS } from './limits.ts'
import {
  actionable,
  focusable,
  hasPicture,
  image,
  markedOption,
  ONE_PICTURE,
  placeholdable,
  plainOption,
  plainText,
} from './text.ts'

const button = z.strictObject({
  type: z.literal('button'),
  ...actionable,
  text: plainText(LIMITS.buttonText),
  value: z.exactOptional(z.string().max(LIMITS.buttonValue)),
  url: z.exactOptional(z.string().max(LIMITS.url)),
  style: z.exactOptional(z.enum(['primary', 'danger'])),
  accessibility_label: z.exactOptional(z.string().max(LIMITS.accessibilityLabel)),
})

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...actionable,
  options: z
    .array(plainOption.extend({ url: z.exactOptional(z.string().max(LIMITS.url)) }))
    .min(1)
    .max(LIMITS.overflowOptions),
})

const optionGroup = z.strictObject({
  label: plainText(LIMITS.optionText),
  options: z.array(plainOption).min(1).max(LIMITS.options),
})
const selectFields = {
  ...actionable,
  ...focusable,
  ...placeholdable,
  options: z.exactOptional(z.array(plainOption).min(1).max(LIMITS.options)),
  option_groups: z.exactOptional(z.array(optionGroup).min(1).max(LIMITS.options)),
}
const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...selectFields,
    initial_option: z.exactOptional(plainOption),
  })
  .refine(offersSomething, 'must define either `options` or `option_groups`')
  .refine(beginsWithAnOption, { error: 'initial option must match an option', path: ['initial_option'] })
const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...selectFields,
    initial_options: z.exactOptional(z.array(plainOption).min(1)),
    max_selected_items: z.exactOptional(z.int().min(1)),
  })
  .refine(offersSomething, 'must define either `options` or `option_groups`')
  .refine(beginsWithAnOption, { error: 'initial options must match the options', path: ['initial_options'] })

const choiceFields = {
  ...actionable,
  ...focusable,
  options: z.array(markedOption).min(1).max(LIMITS.choiceOptions),
}
const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...choiceFields,
    initial_option: z.exactOptional(markedOption),
  })
  .refine(beginsWithAnOption, { error: 'initial option must match an option', path: ['initial_option'] })
const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...choiceFields,
    initial_options: z.exactOptional(z.array(markedOption).min(1)),
  })
  .refine(beginsWithAnOption, { error: 'initial options must match the options', path: ['initial_options'] })

const chooser = { ...actionable, ...focusable, ...placeholdable }
const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...chooser,
  initial_date: z.exactOptional(z.iso.date()),
})
const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...chooser,
  initial_time: z.exactOptional(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
  timezone: z.exactOptional(z.string()),
})
const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...chooser,
  initial_user: z.exactOptional(z.string()),
})
const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...chooser,
  initial_users: z.exactOptional(z.array(z.string())),
  max_selected_items: z.exactOptional(z.int().min(1)),
})

const writable = {
  action_id: actionable.action_id,
  ...focusable,
  ...placeholdable,
  dispatch_action_config: z.exactOptional(
    z.strictObject({
      trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1),
    }),
  ),
  initial_value: z.exactOptional(z.string().max(LIMITS.inputLength)),
}
const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...writable,
  multiline: z.exactOptional(z.boolean()),
  min_length: z.exactOptional(z.int().min(0).max(LIMITS.inputLength)),
  max_length: z.exactOptional(z.int().min(1).max(LIMITS.inputLength)),
})
const numberInput = z.strictObject({
  type: z.literal('number_input'),
  ...writable,
  is_decimal_allowed: z.boolean(),
  min_value: z.exactOptional(z.string()),
  max_value: z.exactOptional(z.string()),
})

const imageElement = z
  .strictObject({ type: z.literal('image'), ...image })
  .refine(hasPicture, { error: ONE_PICTURE, path: ['type'] })

const choosers = [
  staticSelect,
  multiStaticSelect,
  radioButtons,
  checkboxes,
  datepicker,
  timepicker,
  usersSelect,
  multiUsersSelect,
] as const

export const actionsElement = z.discriminatedUnion('type', [button, overflow, ...choosers])
export const accessory = z.discriminatedUnion('type', [button, overflow, imageElement, ...choosers])
export const inputElement = z.discriminatedUnion('type', [plainTextInput, numberInput, ...choosers])
export { imageElement }

interface Option {
  value: string
}
interface Offer {
  options?: Option[]
  option_groups?: { options: Option[] }[]
  initial_option?: Option
  initial_options?: Option[]
}

function offersSomething({ options, option_groups }: Offer): boolean {
  return (options === undefined) !== (option_groups === undefined)
}

function beginsWithAnOption({ options, option_groups, initial_option, initial_options }: Offer): boolean {
  const offered = options ?? option_groups?.flatMap((group) => group.options) ?? []
  const initial = initial_option ? [initial_option] : (initial_options ?? [])
  return initial.every(({ value }) => offered.some((option) => option.value === value))
}
