import type { Span, TimelinePicture, TimelineRow } from '../../conversation/picture.ts'
import { card, type Drawing, MARGIN, type Part } from './card.ts'
import { flow } from './flow.ts'
import { widthOf } from './font.ts'
import { BARS, CARD, STATE_SHADES } from './palette.ts'
import { badge, box, n, type Style, type Svg, shortened, words } from './svg.ts'

const WIDTH = 760
const INNER = WIDTH - 2 * MARGIN
const LABEL: Style = { size: 25, weight: 'bold' }
const NOTE: Style = { size: 21, weight: 'regular' }
const TICK: Style = { size: 21, weight: 'regular' }
const OBJECTIVE: Style = { size: 22, weight: 'bold' }

const AXIS = 34
const ROW = 106
/** Of many rows each is lower: name and numbers share a line. */
const LOW_ROW = 78
const MANY = 22
/** The badge of the state, the mark of the critical path, and the room after each. */
const [BADGE, MARK] = [36, 26]
const PLANNED = 6
const ACTUAL = 18

/** A row for each task: its name, and below it the thin bar of the plan over the thick one of what came of it. */
export function drawTimeline(picture: TimelinePicture): Drawing {
  return card(picture, WIDTH, [legend(picture), chart(picture)])
}

type Across = (at: string) => number

function chart(picture: TimelinePicture): Part {
  const { span, ticks, rows, objective } = picture
  const [from, to] = [Date.parse(span.from), Date.parse(span.to)]
  const across: Across = (at) => MARGIN + (INNER * (Date.parse(at) - from)) / (to - from)
  const top = objective ? AXIS * 2 : AXIS
  const step = rows.length > MANY ? LOW_ROW : ROW
  const bottom = top + rows.length * step + 8
  const grid = ticks.map(({ at }) => line(across(at), top, bottom, `stroke="${CARD.grid}" stroke-width="2"`))
  const due = objective ? across(objective.at) : Number.POSITIVE_INFINITY
  const hours = ticks
    .filter(({ at, label }) => Math.abs(across(at) - due) > widthOf(label, TICK.size, TICK.weight) / 2 + 6)
    .map(({ at, label }) => within(across(at), top - 12, label, TICK, CARD.soft))
  return {
    svg: [
      ...rows.map((row, index) => background(row, top + index * step, step)),
      ...grid,
      ...hours,
      objectiveLine(picture, across, bottom),
      ...rows.map((row, index) => drawnRow(row, top + index * step, step, across)),
    ].join('\n'),
    height: bottom,
  }
}

const line = (x: number, top: number, bottom: number, look: string): Svg =>
  `<path d="M${n(x)} ${n(top)}V${n(bottom)}" fill="none" ${look}/>`

/** Words about a moment: centred on it, as far as the card allows. */
function within(x: number, y: number, text: string, style: Style, fill: string): Svg {
  const half = widthOf(text, style.size, style.weight) / 2
  const centre = Math.min(Math.max(x, MARGIN + half), WIDTH - MARGIN - half)
  return words({ ...style, x: centre, y, text, fill, anchor: 'middle' })
}

const background = ({ critical }: TimelineRow, y: number, step: number): Svg =>
  critical
    ? box(
        { x: MARGIN - 16, y: y + 2, width: INNER + 32, height: step - 4 },
        8,
        `fill="${BARS.criticalRow}"`,
      ) + box({ x: MARGIN - 16, y: y + 2, width: 6, height: step - 4 }, 3, `fill="${BARS.critical}"`)
    : ''

function drawnRow(row: TimelineRow, y: number, step: number, across: Across): Svg {
  const { label, note, state, symbol, critical, planned, actual, waits } = row
  const isLow = step === LOW_ROW
  const colour = state ? STATE_SHADES[state].line : BARS.waitStripe
  const noteWidth = isLow ? widthOf(note, NOTE.size, NOTE.weight) + 16 : 0
  const noteAt = isLow
    ? ({ x: WIDTH - MARGIN, y: y + 28, anchor: 'end' } as const)
    : { x: MARGIN + BADGE, y: y + 58 }
  const mark = critical ? MARK : 0
  const name = shortened(label, INNER - BADGE - mark - noteWidth, LABEL)
  const halo = critical ? BARS.criticalRow : CARD.fill
  const bars = y + (isLow ? 42 : 70)
  const thick = bars + PLANNED + 3
  return [
    badge(MARGIN + 13, y + 20, 13, symbol, colour),
    critical ? words({ ...LABEL, x: MARGIN + BADGE, y: y + 29, text: '◆', fill: BARS.critical }) : '',
    words({ ...LABEL, x: MARGIN + BADGE + mark, y: y + 29, text: name, fill: CARD.ink, halo }),
    words({ ...NOTE, ...noteAt, text: note, fill: CARD.soft, halo }),
    planned ? bar(planned, bars, PLANNED, across, BARS.planned) : '',
    actual ? bar(actual, thick, ACTUAL, across, critical ? BARS.critical : BARS.actual) : '',
    ...waits.map((wait) => bar(wait, thick, ACTUAL, across, 'url(#hatch)')),
  ].join('')
}

/** What takes a moment only is still to be seen. */
const LEAST_BAR = 4

function bar({ from, to }: Span, y: number, height: number, across: Across, fill: string): Svg {
  const x = Math.min(across(from), WIDTH - MARGIN - LEAST_BAR)
  const width = Math.max(across(to) - x, LEAST_BAR)
  return box({ x, y, width, height }, Math.min(height / 2, 4), `fill="${fill}"`)
}

function objectiveLine({ objective, span }: TimelinePicture, across: Across, bottom: number): Svg {
  if (!objective) return ''
  const isBeyond = Date.parse(objective.at) > Date.parse(span.to)
  if (isBeyond) {
    return within(WIDTH, 22, `${objective.label} ▸`, OBJECTIVE, BARS.objective)
  }
  const x = across(objective.at)
  return (
    line(x, 30, bottom, `stroke="${BARS.objective}" stroke-width="4" stroke-dasharray="12 7"`) +
    within(x, 22, objective.label, OBJECTIVE, BARS.objective)
  )
}

/** The sample of a bar in the legend, and the room after it. */
const SWATCH = 50

const HATCH = `<pattern id="hatch" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="10" height="10" fill="${BARS.wait}"/><rect width="4" height="10" fill="${BARS.waitStripe}"/></pattern>`

/** What the bars mean; only what there is. */
function legend({ rows, legend: says }: TimelinePicture): Part {
  const swatch = (height: number, fill: string) => (x: number, y: number) =>
    box({ x, y: y - 8 - height / 2, width: 40, height }, Math.min(height / 2, 4), `fill="${fill}"`)
  const diamond = (x: number, y: number) => words({ ...LABEL, x: x + 12, y, text: '◆', fill: BARS.critical })
  const items = [
    { says: says.planned, drawn: swatch(PLANNED, BARS.planned) },
    { says: says.actual, drawn: swatch(ACTUAL, BARS.actual) },
    ...(rows.some(({ critical }) => critical) ? [{ says: says.critical, drawn: diamond }] : []),
    ...(rows.some(({ waits }) => waits.length > 0)
      ? [{ says: says.waiting, drawn: swatch(ACTUAL, 'url(#hatch)') }]
      : []),
    { says: says.zone, drawn: undefined },
  ]
  const places = flow(
    items.map(({ says, drawn }) => (drawn ? SWATCH : 0) + widthOf(says, NOTE.size, NOTE.weight)),
    24,
    INNER,
  )
  const drawn = items.map(({ says, drawn }, index) => {
    const { x, row } = places[index] ?? { x: 0, row: 0 }
    const y = 22 + row * 34
    const text = words({ ...NOTE, x: MARGIN + x + (drawn ? SWATCH : 0), y, text: says, fill: CARD.ink })
    return `${drawn?.(MARGIN + x, y) ?? ''}${text}`
  })
  return { svg: HATCH + drawn.join(''), height: 34 * (1 + (places.at(-1)?.row ?? 0)) }
}
