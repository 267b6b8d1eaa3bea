import { type Ink, type Span, span } from './ink.ts'
import { lettersOf, widthOf } from './width.ts'

interface Letter {
  readonly text: string
  readonly ink: Ink
  readonly width: number
}

/** The lines of the text, each at most `width` wide: broken at spaces, and inside a word where it alone is too long. */
export function wrap(spans: readonly Span[], width: number): Span[][] {
  const lines: Letter[][] = []
  let line: Letter[] = []
  let used = 0
  let lastSpace = -1
  const close = (kept: Letter[], carried: Letter[]) => {
    lines.push(kept)
    line = carried
    used = carried.reduce((sum, each) => sum + each.width, 0)
    lastSpace = -1
  }
  for (const letter of spans.flatMap(lettersIn)) {
    if (used + letter.width > width) {
      if (letter.text === ' ') {
        close(line, [])
        continue
      }
      if (lastSpace > 0) close(line.slice(0, lastSpace), line.slice(lastSpace + 1))
      else close(line, [])
    }
    if (letter.text === ' ') lastSpace = line.length
    line.push(letter)
    used += letter.width
  }
  if (line.length > 0 || lines.length === 0) lines.push(line)
  return lines.map(together)
}

const lettersIn = ({ text, ink }: Span): Letter[] =>
  lettersOf(text).map((letter) => ({ text: letter, ink, width: widthOf(letter) }))

function together(letters: readonly Letter[]): Span[] {
  const spans: { text: string; ink: Ink }[] = []
  for (const { text, ink } of letters) {
    const last = spans.at(-1)
    if (last?.ink === ink) last.text += text
    else spans.push(span(text, ink))
  }
  return spans
}
