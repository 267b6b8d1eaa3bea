import type { PictureNode } from '../../conversation/picture.ts'
import { widthOf } from './font.ts'
import { CARD, STATE_SHADES } from './palette.ts'
import { type Box, badge, box, type Style, type Svg, words, wrapped } from './svg.ts'

const LABEL: Style = { size: 27, weight: 'bold' }
const NOTE: Style = { size: 23, weight: 'bold' }
const NAME: Style = { size: 23, weight: 'regular' }
const STEP = { label: 32, note: 29, name: 30 }
const PAD = 16
/** The badge and the room after it. */
const BADGE = 34

export interface NodeText {
  readonly width: number
  readonly height: number
  readonly label: readonly string[]
  readonly note: readonly string[]
  readonly noteSize: number
  readonly names: readonly string[]
}

/** The texts of a box, broken into lines, and the room that they take. */
export function nodeText(node: PictureNode, width: number): NodeText {
  const inner = width - 2 * PAD
  const label = wrapped(node.label, inner, LABEL, 3)
  const noteSize = fittingSize(node.notes, inner - BADGE)
  const style = { ...NOTE, size: noteSize }
  const note = together(node.notes, inner - BADGE, style).flatMap((line) =>
    wrapped(line, inner - BADGE, style, 2),
  )
  const isNotable = STATE_SHADES[node.state].border === 'heavy'
  const names = node.names.flatMap((name) => wrapped(name, inner, NAME, isNotable ? 2 : 1))
  const height =
    2 * PAD +
    label.length * STEP.label +
    note.length * STEP.note +
    (names.length > 0 ? 8 : 0) +
    names.length * STEP.name
  return { width, height, label, note, noteSize, names }
}

/** Smaller where a word would be parted: in German there are long ones. The words are our own, so that it stays legible. */
function fittingSize(notes: readonly string[], width: number): number {
  const words = notes.flatMap((note) => note.split(' '))
  const widest = Math.max(...words.map((word) => widthOf(word, NOTE.size, NOTE.weight)))
  return widest > width ? Math.floor((NOTE.size * width * 10) / widest) / 10 : NOTE.size
}

/** As many notes in a line as fit. */
function together(notes: readonly string[], width: number, { size, weight }: Style): string[] {
  const lines: string[] = []
  for (const note of notes) {
    const last = lines.pop()
    const longer = last === undefined ? note : `${last} · ${note}`
    if (last === undefined || widthOf(longer, size, weight) <= width) lines.push(longer)
    else lines.push(last, note)
  }
  return lines
}

const STROKES = {
  plain: 'stroke-width="2"',
  heavy: 'stroke-width="5"',
  dashed: 'stroke-width="3" stroke-dasharray="9 6"',
} as const

export function drawnNode(node: PictureNode, { label, note, noteSize, names }: NodeText, area: Box): Svg {
  const { fill, line, border } = STATE_SHADES[node.state]
  const x = area.x + PAD
  let y = area.y + PAD
  const down = (step: number): number => {
    y += step
    return y - step * 0.26
  }
  const labels = label.map((text) => words({ ...LABEL, x, y: down(STEP.label), text, fill: CARD.ink }))
  const sign = badge(x + 13, y + STEP.note / 2 + 1, 13, node.symbol, line)
  const notes = note.map((text) =>
    words({ ...NOTE, size: noteSize, x: x + BADGE, y: down(STEP.note), text, fill: line }),
  )
  y += 8
  const list = names.map((text) => words({ ...NAME, x, y: down(STEP.name), text, fill: CARD.ink }))
  const shape = box(area, 14, `fill="${fill}" stroke="${line}" ${STROKES[border]}`)
  return [shape, ...labels, sign, ...notes, ...list].join('')
}
