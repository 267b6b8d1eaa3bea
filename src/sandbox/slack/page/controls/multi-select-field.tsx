import type { MultiStaticSelect, MultiUsersSelect } from '@slack/types'
import { Icon } from '../icon.tsx'
import { useReader } from '../model/reader.ts'
import { plain } from '../text/mrkdwn.ts'
import type { FieldProps } from './field.ts'
import type { ElementState } from './form.ts'
import { Popover, usePopover } from './popover.tsx'
import { type ChoiceGroup, optionGroups, peopleChoices } from './select-field.tsx'

type MultiElement = MultiStaticSelect | MultiUsersSelect

/** Any number of many: a button that shows what is chosen, and a list of checkboxes behind it. */
export function MultiSelectField({ element, state, onChange, busy, attributes }: FieldProps<MultiElement>) {
  const reader = useReader()
  const { trigger, popover } = usePopover()
  const groups: ChoiceGroup[] =
    element.type === 'multi_users_select' ? [{ options: peopleChoices(reader) }] : optionGroups(element)
  const all = groups.flatMap(({ options }) => options)
  const chosen = chosenIn(state)
  const full = chosen.length >= (element.max_selected_items ?? all.length)
  const toggle = (value: string) => {
    const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]
    onChange(stateFor(element, next), next.join(','))
  }
  return (
    <>
      <button
        type="button"
        className="field multi"
        aria-busy={busy}
        data-focus={element.focus_on_load}
        {...attributes}
        // What is chosen belongs to the name of a button.
        aria-labelledby={[attributes['aria-labelledby'], attributes.id].filter(Boolean).join(' ')}
        {...trigger}
      >
        {chosen.length === 0 && (
          <span className="placeholder">
            {element.placeholder ? plain(element.placeholder.text) : 'Choose options'}
          </span>
        )}
        {chosen.map((value) => (
          <span key={value} className="chip">
            {all.find((option) => option.value === value)?.text ?? value}
          </span>
        ))}
        <Icon name="chevron" />
      </button>
      <Popover popover={popover} role="group" label="Options">
        {groups.map(({ label, options }) => (
          <fieldset key={label ?? ''}>
            {label !== undefined && <legend>{label}</legend>}
            {options.map(({ value, text }) => (
              <label key={value} className="menu-item choice">
                <input
                  type="checkbox"
                  checked={chosen.includes(value)}
                  disabled={full && !chosen.includes(value)}
                  onChange={() => toggle(value)}
                />
                {text}
              </label>
            ))}
          </fieldset>
        ))}
      </Popover>
    </>
  )
}

function chosenIn({ selected_options, selected_users }: ElementState): string[] {
  return selected_users ?? selected_options?.map(({ value = '' }) => value) ?? []
}

function stateFor(element: MultiElement, values: string[]): ElementState {
  const { type } = element
  if (type === 'multi_users_select') return { type, selected_users: values }
  const options = element.options ?? element.option_groups?.flatMap((group) => group.options) ?? []
  return { type, selected_options: options.filter(({ value = '' }) => values.includes(value)) }
}
