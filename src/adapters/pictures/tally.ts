import type { Tally } from '../../conversation/picture.ts'
import { MARGIN, type Part } from './card.ts'
import { flow } from './flow.ts'
import { widthOf } from './font.ts'
import { STATE_SHADES } from './palette.ts'
import { badge, box, type Style, words } from './svg.ts'

const CHIP: Style = { size: 24, weight: 'bold' }
const ROW = 38
const BAR = 16
/** The badge and the room after it. */
const BADGE = 34

/** A bar with a share for each state, and below it the counts: legend and progress in one. */
export function tallyPart(tally: readonly Tally[], width: number): Part {
  const inner = width - 2 * MARGIN
  const total = tally.reduce((sum, { count }) => sum + count, 0)
  let x = MARGIN
  const shares = tally.map(({ state, count }) => {
    const share = (inner * count) / total
    const drawn = box(
      { x, y: 0, width: Math.max(share - 2, 1), height: BAR },
      3,
      `fill="${STATE_SHADES[state].line}"`,
    )
    x += share
    return drawn
  })
  const texts = tally.map(({ words: says, count }) => `${count} ${says}`)
  const places = flow(
    texts.map((text) => BADGE + widthOf(text, CHIP.size, CHIP.weight)),
    26,
    inner,
  )
  const chips = tally.map(({ state, symbol }, index) => {
    const { x, row } = places[index] ?? { x: 0, row: 0 }
    const y = BAR + 36 + row * ROW
    const { line } = STATE_SHADES[state]
    const text = words({ ...CHIP, x: MARGIN + x + BADGE, y, text: texts[index] ?? '', fill: line })
    return badge(MARGIN + x + 13, y - 9, 13, symbol, line) + text
  })
  return { svg: [...shares, ...chips].join(''), height: BAR + 20 + ROW * (1 + (places.at(-1)?.row ?? 0)) }
}
