import type { GraphPicture } from '../../conversation/picture.ts'
import { type Arranged, arrange } from './arrange.ts'
import { card, type Drawing, LEAST_WIDTH, MARGIN, type Part } from './card.ts'
import { drawnNode } from './node.ts'
import { n } from './svg.ts'
import { tallyPart } from './tally.ts'
import { drawnWays } from './ways.ts'

/** The tasks from top to bottom, each below what it waits for. */
export function drawGraph(picture: GraphPicture): Drawing {
  const arranged = arrange(picture)
  const width = Math.max(LEAST_WIDTH, arranged.width + 2 * MARGIN)
  return card(picture, width, [tallyPart(picture.tally, width), graphPart(arranged, width)])
}

function graphPart({ width, height, boxes, ways }: Arranged, cardWidth: number): Part {
  const drawn = boxes.map(({ node, text, slot, row }) =>
    drawnNode(node, text, { x: slot.x - slot.width / 2, y: row.top, width: slot.width, height: text.height }),
  )
  const left = (cardWidth - width) / 2
  return {
    svg: `<g transform="translate(${n(left)} 0)">${[...drawnWays(ways), ...drawn].join('\n')}</g>`,
    height,
  }
}
