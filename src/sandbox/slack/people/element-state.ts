import { type Element, elementsOf, isRecord, type Option, optionsOf, type Placed } from '../blocks/parts.ts'
import type { Values } from '../views.ts'
import type { Block } from '../workspace.ts'

/** What an element holds: its type, and one field, as in Slack's `view.state.values`. */
export type ElementState = Record<string, unknown>

const FIELD_BY_TYPE = new Map([
  ['plain_text_input', 'value'],
  ['number_input', 'value'],
  ['static_select', 'selected_option'],
  ['radio_buttons', 'selected_option'],
  ['overflow', 'selected_option'],
  ['multi_static_select', 'selected_options'],
  ['checkboxes', 'selected_options'],
  ['datepicker', 'selected_date'],
  ['timepicker', 'selected_time'],
  ['users_select', 'selected_user'],
  ['multi_users_select', 'selected_users'],
])

/** What was entered may be a whole element state, as the page sends it, or only the value itself. */
export function stateOf(element: Element, entered: unknown): ElementState {
  const { type } = element
  const field = FIELD_BY_TYPE.get(type)
  if (field === undefined) return { type }
  const value = isRecord(entered) && 'type' in entered ? entered[field] : entered
  return { type, [field]: heldIn(field, element, value) }
}

/** The values of everything that can be entered in: what was, and what it began with otherwise. */
export function valuesOf(blocks: readonly Block[], entered: Values): Values {
  const values: Values = {}
  for (const { blockId, element } of elementsOf(blocks)) {
    if (!FIELD_BY_TYPE.has(element.type) || element.type === 'overflow') continue
    const held = entered[blockId]?.[element.action_id]
    const state = held?.type === element.type ? held : initialState(element)
    values[blockId] = { ...values[blockId], [element.action_id]: state }
  }
  return values
}

/** What Slack's client refuses to send, by block. */
export function complaints(blocks: readonly Block[], values: Values): Record<string, string> {
  const found = elementsOf(blocks).flatMap((placed) => {
    const complaint = complaintAbout(placed, values[placed.blockId]?.[placed.element.action_id])
    return complaint === undefined ? [] : [[placed.blockId, complaint]]
  })
  return Object.fromEntries(found)
}

function initialState(element: Element): ElementState {
  const field = FIELD_BY_TYPE.get(element.type) ?? ''
  return stateOf(element, element[`initial_${field.replace('selected_', '')}`])
}

function heldIn(field: string, element: Element, value: unknown): unknown {
  if (field === 'selected_option') return offered(element, value) ?? null
  if (field === 'selected_options')
    return severalIn(value, element).flatMap((one) => offered(element, one) ?? [])
  if (field === 'selected_users') return severalIn(value, element)
  return typeof value === 'string' && value !== '' ? value : null
}

/** A list, or its values in one string, as the page sends a click. */
function severalIn(value: unknown, element: Element): unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'string' || value === '') return []
  return offered(element, value) ? [value] : value.split(',')
}

function offered(element: Element, chosen: unknown): Option | undefined {
  const value = isRecord(chosen) ? chosen.value : chosen
  return optionsOf(element).find((option) => option.value === value)
}

function complaintAbout({ element, optional }: Placed, state: ElementState | undefined): string | undefined {
  if (optional === undefined) return undefined
  const held = state?.[FIELD_BY_TYPE.get(element.type) ?? '']
  const isEmpty = held === undefined || held === null || (Array.isArray(held) && held.length === 0)
  if (isEmpty) return optional ? undefined : 'Please complete this required field.'
  if (element.type === 'plain_text_input') return complaintAboutLength(element, String(held))
  if (element.type === 'number_input') return complaintAboutNumber(element, Number(held))
  const { max_selected_items: most = Infinity } = element
  return Array.isArray(held) && held.length > most ? `Please choose at most ${most}.` : undefined
}

function complaintAboutLength({ min_length = 0, max_length = Infinity }: Element, text: string) {
  if (text.length < min_length) return `Please enter at least ${min_length} characters.`
  return text.length > max_length ? `Please enter at most ${max_length} characters.` : undefined
}

function complaintAboutNumber(element: Element, number: number) {
  const { is_decimal_allowed, min_value = -Infinity, max_value = Infinity } = element
  if (!Number.isFinite(number)) return 'Please enter a number.'
  if (!is_decimal_allowed && !Number.isInteger(number)) return 'Please enter a whole number.'
  if (number < Number(min_value)) return `Please enter ${min_value} or more.`
  return number > Number(max_value) ? `Please enter ${max_value} or less.` : undefined
}
