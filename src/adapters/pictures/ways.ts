import { opensTheWay } from '../../domain/transitions.ts'
import type { PlacedBox, Way } from './arrange.ts'
import { EDGE } from './palette.ts'
import { n, type Svg } from './svg.ts'

/** Ways that leave or reach a box side by side are this far apart, if it is wide enough. */
const APART = 30
const ARROW = 13

/** Upright along every row and curved only between rows, so that no way runs over a box. */
export function drawnWays(ways: readonly Way[]): Svg[] {
  const feet = doors(
    ways,
    ({ from }) => from,
    ({ to, past }) => (past[0] ?? to).slot.x,
  )
  const heads = doors(
    ways,
    ({ to }) => to,
    ({ from, past }) => (past.at(-1) ?? from).slot.x,
  )
  return ways.map((way) => {
    const { from, to, past } = way
    const end = { x: heads.get(way) ?? to.slot.x, y: to.row.top }
    const stops = [
      ...past.map(({ slot, row }) => ({ x: slot.x, top: row.top, bottom: row.bottom })),
      { x: end.x, top: end.y - ARROW, bottom: end.y - ARROW },
    ]
    let at = { x: feet.get(way) ?? from.slot.x, y: from.row.bottom }
    // A box may be lower than its row: the way begins at its own foot.
    const start = `M${n(at.x)} ${n(from.row.top + from.text.height)}V${n(at.y)}`
    const curves = stops.map(({ x, top, bottom }) => {
      const middle = n((at.y + top) / 2)
      const curve = `C${n(at.x)} ${middle} ${n(x)} ${middle} ${n(x)} ${n(top)}V${n(bottom)}`
      at = { x, y: bottom }
      return curve
    })
    const colour = opensTheWay(from.node.state) ? EDGE.done : EDGE.open
    const arrow = `M${n(end.x)} ${n(end.y)}l${n(-ARROW * 0.6)} ${-ARROW}h${n(ARROW * 1.2)}z`
    return `<path d="${start}${curves.join('')}" fill="none" stroke="${colour}" stroke-width="3.5"/><path d="${arrow}" fill="${colour}"/>`
  })
}

/** Where each way touches its box: side by side, in the order in which they fan out, so that they do not cross. */
function doors(
  ways: readonly Way[],
  boxOf: (way: Way) => PlacedBox,
  towards: (way: Way) => number,
): Map<Way, number> {
  const byBox = new Map<PlacedBox, Way[]>()
  for (const way of ways) byBox.set(boxOf(way), [...(byBox.get(boxOf(way)) ?? []), way])
  return new Map(
    [...byBox].flatMap(([{ slot }, those]) => {
      const step = Math.min(APART, (slot.width * 0.8) / those.length)
      const inOrder = [...those].sort((a, b) => towards(a) - towards(b))
      return inOrder.map((way, index) => [way, slot.x + (index - (those.length - 1) / 2) * step] as const)
    }),
  )
}
