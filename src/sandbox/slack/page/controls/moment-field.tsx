import type { Datepicker, DateTimepicker, Timepicker } from '@slack/types'
import type { FieldProps } from './field.ts'
import type { ElementState } from './form.ts'

type MomentElement = Datepicker | Timepicker | DateTimepicker

/** A day, a time of day, or both, in the device's own picker. */
export function MomentField({ element, state, onChange, busy, attributes }: FieldProps<MomentElement>) {
  return (
    <input
      {...attributes}
      className="field field-moment"
      type={KINDS[element.type]}
      value={shown(state)}
      aria-busy={busy}
      data-focus={element.focus_on_load}
      onChange={({ target: { value } }) => onChange(stateFor(element.type, value), value)}
    />
  )
}

const KINDS = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' } as const

function shown({ selected_date, selected_time, selected_date_time }: ElementState): string {
  if (selected_date_time == null) return selected_date ?? selected_time ?? ''
  const minutesAhead = new Date(selected_date_time * 1000).getTimezoneOffset()
  return new Date((selected_date_time - minutesAhead * 60) * 1000).toISOString().slice(0, 16)
}

function stateFor(type: MomentElement['type'], value: string): ElementState {
  const chosen = value === '' ? null : value
  if (type === 'datepicker') return { type, selected_date: chosen }
  if (type === 'timepicker') return { type, selected_time: chosen }
  return { type, selected_date_time: chosen === null ? null : Math.floor(new Date(chosen).getTime() / 1000) }
}
