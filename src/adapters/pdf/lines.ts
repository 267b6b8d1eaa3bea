import type { Inline, Rich } from '../../conversation/card.ts'
import type { Font } from './fonts.ts'

interface Piece {
  readonly text: string
  readonly font: Font
  readonly width: number
}
export type Line = readonly Piece[]

/** From line to line, and from a line's top to the foot of its letters, in sizes of its type. */
const LEADING = 1.4
const BASELINE = 1.02
/** Mono letters look larger than others of their size. */
const MONO = 0.92

/** The text in lines of that width; a word that is wider is broken. */
export function linesOf(
  pdf: PDFKit.PDFDocument,
  text: Rich,
  width: number,
  size: number,
  bold = false,
): Line[] {
  const lines: Piece[][] = [[]]
  let used = 0
  const add = (piece: Piece) => {
    if (used + piece.width > width && used > 0) {
      lines.push([])
      used = 0
    }
    // A space at the start of a line is only in the way.
    if (used === 0 && piece.text === ' ') return
    lines.at(-1)?.push(piece)
    used += piece.width
  }
  for (const one of text) {
    const font = fontOf(one, bold)
    for (const word of wordsOf(one).split(/(\s+)/)) {
      if (word === '') continue
      const said = word.trim() === '' ? ' ' : word
      for (const part of fitting(pdf, said, { font, size, width })) add(part)
    }
  }
  return lines
}

/** Where lines stand, and how they look. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly colour: string
  /** With a width, to end at its right. */
  readonly rightOf?: number
}

/** Draws the lines and gives their height; where the document goes on is left to the caller. */
export function drawLines(
  pdf: PDFKit.PDFDocument,
  lines: readonly Line[],
  { x, y, size, colour, rightOf }: Place,
): number {
  const before = pdf.y
  for (const [place, line] of lines.entries()) {
    const length = line.reduce((sum, piece) => sum + piece.width, 0)
    let left = rightOf === undefined ? x : x + rightOf - length
    for (const { text, font, width } of line) {
      pdf.font(font).fontSize(sizeOf(font, size)).fillColor(colour)
      pdf.text(text, left, y + (place * LEADING + BASELINE) * size, {
        lineBreak: false,
        baseline: 'alphabetic',
      })
      left += width
    }
  }
  pdf.y = before
  return heightOfLines(lines, size)
}

export const heightOfLines = ({ length }: readonly Line[], size: number): number => length * size * LEADING

/** The word, or what fits of it, piece by piece. */
function fitting(
  pdf: PDFKit.PDFDocument,
  word: string,
  { font, size, width }: { font: Font; size: number; width: number },
): Piece[] {
  pdf.font(font).fontSize(sizeOf(font, size))
  const whole = pdf.widthOfString(word)
  if (whole <= width) return [{ text: word, font, width: whole }]
  const pieces: Piece[] = []
  let text = ''
  for (const letter of word) {
    if (text !== '' && pdf.widthOfString(text + letter) > width) {
      pieces.push({ text, font, width: pdf.widthOfString(text) })
      text = ''
    }
    text += letter
  }
  return [...pieces, { text, font, width: pdf.widthOfString(text) }]
}

const sizeOf = (font: Font, size: number): number => (font === 'mono' ? size * MONO : size)

function fontOf(one: Inline, bold: boolean): Font {
  if (typeof one !== 'string' && one.kind === 'code') return 'mono'
  return bold || (typeof one !== 'string' && one.kind === 'strong') ? 'bold' : 'plain'
}

function wordsOf(one: Inline): string {
  if (typeof one === 'string') return one
  switch (one.kind) {
    case 'strong':
    case 'code':
    case 'link':
      return one.text
    case 'person':
      return one.name
    case 'group':
      return one.id
    case 'channel':
      return `#${one.name}`
    case 'time':
      return one.at
  }
}
