import type { Checkboxes, Option, RadioButtons } from '@slack/types'
import { Text } from '../text/text.tsx'
import type { FieldProps } from './field.ts'

/** Radio buttons, or checkboxes. */
export function ChoiceField({
  element,
  state,
  onChange,
  busy,
  attributes,
}: FieldProps<RadioButtons | Checkboxes>) {
  const single = element.type === 'radio_buttons'
  const chosen = single ? [state.selected_option] : (state.selected_options ?? [])
  const isChosen = (option: Option) => chosen.some((other) => other?.value === option.value)
  const choose = (option: Option) => {
    if (single) return onChange({ type: element.type, selected_option: option }, option.value)
    const next = element.options.filter((other) => (other === option ? !isChosen(option) : isChosen(other)))
    onChange({ type: element.type, selected_options: next }, next.map(({ value }) => value).join(','))
  }
  const { id, ...aria } = attributes
  return (
    <div id={id} className="choices" role={single ? 'radiogroup' : 'group'} {...aria}>
      {element.options.map((option, at) => (
        <label key={option.value} className="choice">
          <input
            type={single ? 'radio' : 'checkbox'}
            name={id}
            checked={isChosen(option)}
            aria-busy={busy}
            data-focus={at === 0 && element.focus_on_load}
            onChange={() => choose(option)}
          />
          <span>
            <Text text={option.text} />
            {option.description && (
              <small>
                <Text text={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </div>
  )
}
