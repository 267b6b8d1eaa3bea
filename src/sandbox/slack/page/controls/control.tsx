import type { ActionsBlockElement, DispatchActionConfig, InputBlockElement } from '@slack/types'
import { useId } from 'react'
import { plain } from '../text/mrkdwn.ts'
import { ButtonControl } from './button.tsx'
import { ChoiceField } from './choice-field.tsx'
import type { FieldAttributes, FieldProps } from './field.ts'
import type { ElementState, Holder } from './form.ts'
import { isHolder } from './form.ts'
import { MomentField } from './moment-field.tsx'
import { MultiSelectField } from './multi-select-field.tsx'
import { OverflowControl } from './overflow.tsx'
import { SelectField } from './select-field.tsx'
import { usePress, useSurface } from './surface.ts'
import { TextField } from './text-field.tsx'

/** An interactive element of a section or an actions block. */
export function Control({ blockId, element }: { blockId: string; element: ActionsBlockElement }) {
  const id = useId()
  if (element.type === 'button') return <ButtonControl blockId={blockId} element={element} />
  if (element.type === 'overflow') return <OverflowControl blockId={blockId} element={element} />
  if (!isHolder(element)) return <Unsupported type={element.type} />
  const attributes = { id, 'aria-label': nameOf(element) }
  return <Field blockId={blockId} element={element} dispatches attributes={attributes} />
}

interface HolderProps {
  blockId: string
  element: Holder
  /** Whether the app hears of every change; in an input block it usually hears only of the whole, on submit. */
  dispatches: boolean
  attributes: FieldAttributes
}

export function Field({ blockId, element, dispatches, attributes }: HolderProps) {
  const surface = useSurface()
  const { busy, isConfirmed, press } = usePress(blockId, confirmable(element))
  const actionId = element.action_id ?? ''
  const state = surface.values[blockId]?.[actionId] ?? { type: element.type }
  const triggers = triggersOf(element)

  const onChange = async (next: ElementState, selected?: string) => {
    if (!dispatches) return surface.write(blockId, actionId, next)
    const said = selected ?? (triggers.includes('on_character_entered') ? (next.value ?? '') : undefined)
    if (said === undefined) return surface.write(blockId, actionId, next)
    if (!(await isConfirmed())) return
    surface.write(blockId, actionId, next)
    await press(said)
  }
  const onEnter = () => {
    if (dispatches && triggers.includes('on_enter_pressed')) void press(state.value ?? '')
  }
  return fieldFor(element, { state, onChange, onEnter, busy, attributes })
}

function fieldFor(element: Holder, rest: Omit<FieldProps<Holder>, 'element'>) {
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextField element={element} {...rest} />
    case 'radio_buttons':
    case 'checkboxes':
      return <ChoiceField element={element} {...rest} />
    case 'static_select':
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
      return <SelectField element={element} {...rest} />
    case 'multi_static_select':
    case 'multi_users_select':
      return <MultiSelectField element={element} {...rest} />
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <MomentField element={element} {...rest} />
    default:
      return <Unsupported type={element.type} />
  }
}

function Unsupported({ type }: { type: string }) {
  return <span className="unsupported">The practice workspace has no “{type}”.</span>
}

function nameOf(element: Holder): string {
  if ('placeholder' in element && element.placeholder !== undefined) return plain(element.placeholder.text)
  return element.type.replaceAll('_', ' ')
}

function confirmable(element: Holder) {
  const { action_id = '' } = element
  const confirm = 'confirm' in element ? element.confirm : undefined
  return { action_id, ...(confirm && { confirm }) }
}

function triggersOf(
  element: ActionsBlockElement | InputBlockElement,
): DispatchActionConfig['trigger_actions_on'] & {} {
  const config = 'dispatch_action_config' in element ? element.dispatch_action_config : undefined
  return config?.trigger_actions_on ?? ['on_enter_pressed']
}
