import type { ChannelsSelect, ConversationsSelect, StaticSelect, UsersSelect } from '@slack/types'
import type { PagePerson } from '../../page-api.ts'
import { type Reader, titleOf, useReader } from '../model/reader.ts'
import { plain } from '../text/mrkdwn.ts'
import type { FieldProps } from './field.ts'
import type { ElementState } from './form.ts'

type SelectElement = StaticSelect | UsersSelect | ChannelsSelect | ConversationsSelect

/** One of many, as the device's own select: it searches as you type, and fits a phone. */
export function SelectField({ element, state, onChange, busy, attributes }: FieldProps<SelectElement>) {
  const reader = useReader()
  const groups = groupsFor(element, reader)
  return (
    <span className="select">
      <select
        {...attributes}
        className="field"
        value={chosenIn(state)}
        aria-busy={busy}
        data-focus={element.focus_on_load}
        onChange={({ target: { value } }) => onChange(stateFor(element, value), value)}
      >
        <option value="" disabled hidden>
          {element.placeholder ? plain(element.placeholder.text) : 'Choose an option'}
        </option>
        {groups.map(({ label, options }) => {
          const items = options.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))
          if (label === undefined) return items
          return (
            <optgroup key={label} label={label}>
              {items}
            </optgroup>
          )
        })}
      </select>
    </span>
  )
}

export interface ChoiceGroup {
  label?: string
  options: { value: string; text: string }[]
}

/** The people an app may be told of: no bots, nobody who has left. */
export function peopleChoices({ state }: Reader): ChoiceGroup['options'] {
  const isHere = (person: PagePerson) => !person.isBot && !person.deactivated
  return state.people.filter(isHere).map(({ id, realName }) => ({ value: id, text: realName }))
}

function groupsFor(element: SelectElement, reader: Reader): ChoiceGroup[] {
  if (element.type === 'static_select') return optionGroups(element)
  if (element.type === 'users_select') return [{ options: peopleChoices(reader) }]
  const { state } = reader
  const shown = state.channels.filter(
    ({ kind, archived }) => !archived && (kind === 'channel' || element.type === 'conversations_select'),
  )
  return [{ options: shown.map((channel) => ({ value: channel.id, text: titleOf(state, channel) })) }]
}

export function optionGroups({
  options,
  option_groups,
}: Pick<StaticSelect, 'options' | 'option_groups'>): ChoiceGroup[] {
  const choices = (listed: StaticSelect['options'] = []) =>
    listed.map(({ value = '', text }) => ({ value, text: plain(text.text) }))
  if (options !== undefined) return [{ options: choices(options) }]
  return (option_groups ?? []).map((group) => ({
    label: plain(group.label.text),
    options: choices(group.options),
  }))
}

function chosenIn(state: ElementState): string {
  const { selected_option, selected_user, selected_channel, selected_conversation } = state
  return selected_option?.value ?? selected_user ?? selected_channel ?? selected_conversation ?? ''
}

function stateFor(element: SelectElement, value: string): ElementState {
  const { type } = element
  if (type === 'users_select') return { type, selected_user: value }
  if (type === 'channels_select') return { type, selected_channel: value }
  if (type === 'conversations_select') return { type, selected_conversation: value }
  const options = element.options ?? element.option_groups?.flatMap((group) => group.options) ?? []
  return { type, selected_option: options.find((option) => option.value === value) ?? null }
}
