/** Colours and weights only underline what the words say already. */
const INKS = {
  plain: '',
  bold: '1',
  faint: '2',
  code: '36',
  good: '1;32',
  bad: '1;31',
  attention: '1;33',
} as const
export type Ink = keyof typeof INKS

export interface Span {
  readonly text: string
  readonly ink: Ink
}

export const span = (text: string, ink: Ink = 'plain'): Span => ({ text, ink })

/** The spans as one string; the only place where escape sequences are made. */
export function inked(spans: readonly Span[], isColoured: boolean): string {
  const text = spans
    .map(({ text, ink }) =>
      isColoured && INKS[ink] && text !== '' ? `\u001B[${INKS[ink]}m${text}\u001B[0m` : text,
    )
    .join('')
  return isColoured ? text : text.trimEnd()
}
