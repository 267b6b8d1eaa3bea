import type {
  ActionsBlockElement,
  Button,
  InputBlockElement,
  KnownBlock,
  Option,
  Overflow,
} from '@slack/types'
import { useState } from 'react'

/** What one element holds, in the shape of Slack's `view.state.values`. */
export interface ElementState {
  type: string
  value?: string | null
  selected_option?: Option | null
  selected_options?: Option[]
  selected_date?: string | null
  selected_time?: string | null
  selected_date_time?: number | null
  selected_user?: string | null
  selected_users?: string[]
  selected_channel?: string | null
  selected_conversation?: string | null
}

/** Block id → action id → state. */
export type Values = Record<string, Record<string, ElementState>>

/** Elements that hold something. Buttons and overflow menus are only pressed. */
export type Holder = Exclude<
  ActionsBlockElement | InputBlockElement,
  Button | Overflow | { type: 'workflow_button' }
>

export interface Form {
  values: Values
  write(blockId: string, actionId: string, state: ElementState): void
}

/** What was entered outlives an update of the blocks for as long as its block id and action id do, as in Slack. */
export function useForm(blocks: readonly KnownBlock[]): Form {
  const [entered, setEntered] = useState<Values>({})
  const values: Values = {}
  for (const { blockId, element } of holdersIn(blocks)) {
    const actionId = element.action_id ?? ''
    const state = entered[blockId]?.[actionId]
    const held = state?.type === element.type ? state : initialState(element)
    values[blockId] = { ...values[blockId], [actionId]: held }
  }
  const write: Form['write'] = (blockId, actionId, state) =>
    setEntered((before) => ({ ...before, [blockId]: { ...before[blockId], [actionId]: state } }))
  return { values, write }
}

function holdersIn(blocks: readonly KnownBlock[]): { blockId: string; element: Holder }[] {
  return blocks.flatMap((block) =>
    elementsIn(block).flatMap((element) =>
      isHolder(element) ? [{ blockId: block.block_id ?? '', element }] : [],
    ),
  )
}

function elementsIn(block: KnownBlock): (ActionsBlockElement | InputBlockElement)[] {
  if (block.type === 'input') return [block.element]
  if (block.type === 'actions') return block.elements
  if (block.type !== 'section' || block.accessory === undefined) return []
  return block.accessory.type === 'image' ? [] : [block.accessory]
}

export function isHolder(element: ActionsBlockElement | InputBlockElement): element is Holder {
  return element.type !== 'button' && element.type !== 'overflow' && element.type !== 'workflow_button'
}

function initialState(element: Holder): ElementState {
  const { type } = element
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: element.initial_value ?? null }
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null }
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] }
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null }
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null }
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null }
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null }
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] }
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null }
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null }
    default:
      return { type }
  }
}
