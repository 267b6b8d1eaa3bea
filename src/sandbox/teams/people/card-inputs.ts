import type { Input } from './card-actions.ts'

/** What is sent along with a press: what was filled in over what stood there. It throws where Teams would not send. */
export function filled(
  inputs: readonly Input[],
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  for (const id of Object.keys(given)) {
    if (inputs.some((input) => input.id === id)) continue
    const known = inputs.map((input) => `"${input.id}"`).join(', ')
    throw new Error(`There is no input "${id}" with this action; there are: ${known || 'none'}.`)
  }
  const values: Record<string, string> = {}
  for (const input of inputs) {
    const value = given[input.id] ?? initial(input)
    const problem = problemOf(input, value ?? '')
    if (problem !== undefined) throw new Error(`The input "${input.id}" ${problem}.`)
    if (value !== undefined) values[input.id] = value
  }
  return values
}

function initial({ type, value, valueOff }: Input): string | undefined {
  return type === 'Input.Toggle' ? (value ?? valueOff) : value
}

function problemOf(input: Input, value: string): string | undefined {
  const { type, isRequired, maxLength, regex } = input
  const isMissing = type === 'Input.Toggle' ? value !== input.valueOn : value === ''
  if (isRequired && isMissing) return 'is required'
  if (value === '') return undefined
  if (maxLength !== undefined && value.length > maxLength) return `is longer than ${maxLength}`
  if (regex !== undefined && !new RegExp(regex).test(value)) return `does not match ${regex}`
  if (type === 'Input.Number') return problemOfNumber(input, Number(value))
  if (type === 'Input.ChoiceSet') return problemOfChoice(input, value)
  const toggles = [input.valueOn, input.valueOff]
  if (type === 'Input.Toggle' && !toggles.includes(value)) return `must be one of ${toggles.join(', ')}`
  return undefined
}

function problemOfNumber({ min, max }: Input, value: number): string | undefined {
  if (Number.isNaN(value)) return 'must be a number'
  if (min !== undefined && value < Number(min)) return `is less than ${min}`
  if (max !== undefined && value > Number(max)) return `is more than ${max}`
  return undefined
}

function problemOfChoice({ choices, isMultiSelect }: Input, value: string): string | undefined {
  if (!choices) return undefined
  const chosen = isMultiSelect ? value.split(',') : [value]
  const other = chosen.find((one) => !choices.some((choice) => choice.value === one))
  return other === undefined ? undefined : `has no choice "${other}"`
}
