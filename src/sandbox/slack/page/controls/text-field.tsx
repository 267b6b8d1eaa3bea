import type { EmailInput, NumberInput, PlainTextInput, URLInput } from '@slack/types'
import type { KeyboardEvent } from 'react'
import { plain } from '../text/mrkdwn.ts'
import type { FieldProps } from './field.ts'

type TextElement = PlainTextInput | EmailInput | URLInput | NumberInput

const MOST_CHARACTERS = 3000

export function TextField({ element, state, onChange, onEnter, attributes }: FieldProps<TextElement>) {
  const value = state.value ?? ''
  const own = element.type === 'plain_text_input' ? element : undefined
  const most = own?.max_length ?? MOST_CHARACTERS
  const common = {
    ...attributes,
    className: 'field',
    value,
    placeholder: element.placeholder && plain(element.placeholder.text),
    'data-focus': element.focus_on_load,
    onChange: (event: { target: { value: string } }) =>
      onChange({ type: element.type, value: event.target.value === '' ? null : event.target.value }),
  }
  if (own?.multiline) {
    return (
      <div className="field-counted">
        <textarea {...common} rows={4} />
        <Counter length={value.length} least={own.min_length ?? 0} most={own.max_length} />
      </div>
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onEnter()
  }
  return (
    <div className="field-counted">
      <input {...common} {...KINDS[element.type]} maxLength={most * 2} onKeyDown={onKeyDown} />
      {own && <Counter length={value.length} least={own.min_length ?? 0} most={own.max_length} />}
    </div>
  )
}

const KINDS = {
  plain_text_input: { type: 'text' },
  email_text_input: { type: 'email' },
  url_text_input: { type: 'url' },
  number_input: { type: 'text', inputMode: 'decimal' },
} as const

/** Counts down to a maximum, or up to a minimum. Too much can be typed, and is refused only on submit, as in Slack. */
function Counter({ length, least, most }: { length: number; least: number; most: number | undefined }) {
  if (length > 0 && length < least) return <span className="counter">{`${least - length} more needed`}</span>
  if (most === undefined) return null
  const left = most - length
  return <span className={left < 0 ? 'counter counter-over' : 'counter'}>{left}</span>
}
