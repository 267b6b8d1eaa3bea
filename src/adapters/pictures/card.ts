import { MODE_SIGNS, type Picture } from '../../conversation/picture.ts'
import { FONT_FAMILY } from './font.ts'
import { CARD, MODE_SHADES } from './palette.ts'
import { box, n, type Style, type Svg, words, wrapped } from './svg.ts'

/** A finished drawing, and how many pixels one of its units is. */
export interface Drawing {
  readonly svg: Svg
  readonly scale: number
}

/** A part of a drawing that begins at y = 0 and is that high. */
export interface Part {
  readonly svg: Svg
  readonly height: number
}

export const MARGIN = 32
/** Narrower would make the text of the head wrap; Slack shows a picture of this width at half its size on a phone. */
export const LEAST_WIDTH = 640

/** Two pixels a unit, for sharp screens, as long as no side is longer than chats and phones like. */
const PIXELS_PER_UNIT = 2
const MOST_PIXELS = 4_000
/** Of the whole: drawing and packing grow with it. */
const MOST_PIXELS_IN_ALL = 8_000_000

const BANNER = 76
/** The hazard tape along the banner of a drill. */
const TAPE = 12
const TITLE: Style = { size: 34, weight: 'bold' }
const SUBTITLE: Style = { size: 25, weight: 'regular' }
const REMARK: Style = { size: 20, weight: 'regular' }

/** The card with its banner and title, and below them the parts, one under the other. */
export function card(picture: Picture, width: number, parts: readonly Part[]): Drawing {
  const all = [titles(picture, width), ...parts, ...remark(picture, width)]
  const gap = 24
  let y = BANNER + gap
  const placed = all.map(({ svg, height }) => {
    const at = y
    y += height + gap
    return `<g transform="translate(0 ${n(at)})">${svg}</g>`
  })
  const height = y
  const rim = `fill="none" stroke="${CARD.rim}" stroke-width="2"`
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" font-family="${FONT_FAMILY}">`,
    `<clipPath id="card">${box({ x: 0, y: 0, width, height }, 20, '')}</clipPath>`,
    `<g clip-path="url(#card)">${box({ x: 0, y: 0, width, height }, 0, `fill="${CARD.fill}"`)}${banner(picture, width)}</g>`,
    ...placed,
    box({ x: 1, y: 1, width: width - 2, height: height - 2 }, 19, rim),
    '</svg>',
  ].join('\n')
  return { svg, scale: scaleFor(width, height) }
}

const scaleFor = (width: number, height: number): number =>
  Math.min(
    PIXELS_PER_UNIT,
    MOST_PIXELS / width,
    MOST_PIXELS / height,
    Math.sqrt(MOST_PIXELS_IN_ALL / (width * height)),
  )

function banner({ mode, means }: Picture, width: number): Svg {
  const { word, symbol } = MODE_SIGNS[mode]
  const { fill, ink, stripes } = MODE_SHADES[mode]
  const y = stripes ? 45 : 51
  const stripe = stripes
    ? `<pattern id="stripes" width="24" height="24" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="12" height="24" fill="${stripes}"/></pattern>`
    : ''
  const area = { x: 0, y: 0, width, height: BANNER }
  return [
    stripe,
    box(area, 0, `fill="${fill}"`),
    stripes ? box({ ...area, y: BANNER - TAPE, height: TAPE }, 0, 'fill="url(#stripes)"') : '',
    words({ x: MARGIN, y, text: `${symbol} ${word}`, size: 36, weight: 'bold', fill: ink }),
    means
      ? words({ x: width - MARGIN, y, text: means, size: 26, weight: 'bold', fill: ink, anchor: 'end' })
      : '',
  ].join('')
}

function titles({ title, subtitle }: Picture, width: number): Part {
  const inner = width - 2 * MARGIN
  const titleLines = wrapped(title, inner, TITLE, 2)
  const subtitleLines = wrapped(subtitle, inner, SUBTITLE, 3)
  const below = 8 + titleLines.length * 42
  return {
    svg: [
      ...lines(titleLines, 34, 42, TITLE, CARD.ink),
      ...lines(subtitleLines, below + 26, 33, SUBTITLE, CARD.soft),
    ].join(''),
    height: below + subtitleLines.length * 33,
  }
}

function remark({ remark }: Picture, width: number): Part[] {
  if (!remark) return []
  const found = wrapped(remark, width - 2 * MARGIN, REMARK, 4)
  return [{ svg: lines(found, 20, 28, REMARK, CARD.soft).join(''), height: found.length * 28 }]
}

const lines = (texts: readonly string[], y: number, step: number, style: Style, fill: string): Svg[] =>
  texts.map((text, index) => words({ ...style, x: MARGIN, y: y + index * step, text, fill }))
