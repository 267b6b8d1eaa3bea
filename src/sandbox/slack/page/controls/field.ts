import type { ElementState } from './form.ts'

/** What every field is given, whatever it looks like. */
export interface FieldProps<Element> {
  element: Element
  state: ElementState
  /** `selected` is what a click says was chosen; fields that are typed into leave it out until Enter. */
  onChange(state: ElementState, selected?: string): void
  /** Enter was pressed in a single line. */
  onEnter(): void
  busy: boolean
  attributes: FieldAttributes
}

export interface FieldAttributes {
  id: string
  'aria-label'?: string
  'aria-labelledby'?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean
  'aria-required'?: boolean
}
