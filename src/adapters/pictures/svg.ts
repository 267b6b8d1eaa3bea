import { STATUS_SYMBOLS, visible } from '../../conversation/picture.ts'
import { isDrawable, type Weight, widthOf } from './font.ts'

/** Part of a drawing: well-formed SVG. Only the functions of this file put text into one. */
export type Svg = string

export interface Style {
  readonly size: number
  readonly weight: Weight
}

export interface Words extends Style {
  readonly x: number
  /** The baseline. */
  readonly y: number
  readonly text: string
  readonly fill: string
  readonly anchor?: 'middle' | 'end'
  /** The colour behind the letters, which keeps lines off them. */
  readonly halo?: string
}

export function words({ x, y, text, size, weight, fill, anchor, halo }: Words): Svg {
  const look = [
    weight === 'bold' ? ' font-weight="700"' : '',
    anchor ? ` text-anchor="${anchor}"` : '',
    halo ? ` stroke="${halo}" stroke-width="7" stroke-linejoin="round" paint-order="stroke"` : '',
  ]
  return `<text x="${n(x)}" y="${n(y)}" font-size="${size}" fill="${fill}"${look.join('')}>${escaped(drawable(text))}</text>`
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const box = ({ x, y, width, height }: Box, radius: number, look: string): Svg =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${radius}" ${look}/>`

/** A symbol in a filled circle: the state where colours do not tell it. */
export const badge = (x: number, y: number, radius: number, symbol: string, colour: string): Svg =>
  symbol === STATUS_SYMBOLS.PENDING
    ? `<circle cx="${n(x)}" cy="${n(y)}" r="${radius - 2}" fill="none" stroke="${colour}" stroke-width="3"/>`
    : `<circle cx="${n(x)}" cy="${n(y)}" r="${radius}" fill="${colour}"/>${words({
        x,
        y: y + radius * 0.5,
        text: symbol,
        size: Math.round(radius * 1.4),
        weight: 'bold',
        fill: '#ffffff',
        anchor: 'middle',
      })}`

/** Coordinates to a tenth: shorter, and the same everywhere. */
export const n = (value: number): string => String(Math.round(value * 10) / 10)

/** The text in at most that many lines, each within the width; what does not fit ends with "…". */
export function wrapped(text: string, width: number, style: Style, mostLines: number): string[] {
  const lines: string[] = []
  let left = drawable(text)
  while (left !== '' && lines.length < mostLines) {
    const isLast = lines.length === mostLines - 1
    const line = isLast ? shortened(left, width, style) : firstLine(left, width, style)
    lines.push(line)
    left = isLast ? '' : left.slice(line.length).trimStart()
  }
  return lines.length > 0 ? lines : ['']
}

export function shortened(text: string, width: number, { size, weight }: Style): string {
  const clean = drawable(text)
  if (widthOf(clean, size, weight) <= width) return clean
  return `${beginning(clean, width - widthOf('…', size, weight), { size, weight }).trimEnd()}…`
}

/** As many whole words as fit, or the beginning of a word that does not fit at all. */
function firstLine(text: string, width: number, style: Style): string {
  const start = beginning(text, width, style)
  if (start.length === text.length || text.startsWith(' ', start.length)) return start
  const space = start.lastIndexOf(' ')
  const [word = ''] = text.slice(space + 1).split(' ')
  if (space > 0 && widthOf(word, style.size, style.weight) <= width) return start.slice(0, space)
  // The word fits into no line: it is parted, after a sign within it if there is one.
  const sign = Math.max(...['-', '/', '.', '_'].map((each) => start.lastIndexOf(each)))
  if (sign > space) return start.slice(0, sign + 1)
  return space > 0 ? start.slice(0, space) : start
}

function beginning(text: string, width: number, { size, weight }: Style): string {
  let used = 0
  let start = ''
  for (const letter of text) {
    used += widthOf(letter, size, weight)
    if (used > width && start !== '') break
    start += letter
  }
  return start
}

/** What the font can draw: pictographs are left out, other characters that it lacks become a box. */
const drawable = (text: string): string => {
  const kept = [...visible(text)].flatMap((letter) => {
    if (isDrawable(letter)) return [letter]
    return /\p{Extended_Pictographic}|\p{M}/u.test(letter) ? [] : ['□']
  })
  return kept.join('').replaceAll(/\s+/g, ' ').trim()
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '')
