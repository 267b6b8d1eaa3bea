import type { Edge, GraphPicture, PictureNode } from '../../conversation/picture.ts'
import { type NodeText, nodeText } from './node.ts'
import { ranks, type Stand } from './ranks.ts'
import { type Slot, settle } from './settle.ts'

export interface Arranged {
  readonly width: number
  readonly height: number
  readonly boxes: readonly PlacedBox[]
  readonly ways: readonly Way[]
}

export interface PlacedBox {
  readonly node: PictureNode
  readonly text: NodeText
  readonly slot: Slot
  readonly row: Row
}

export interface Row {
  readonly top: number
  readonly bottom: number
}

/** From the foot of one box to the head of another, past the rows in between. */
export interface Way {
  readonly from: PlacedBox
  readonly to: PlacedBox
  readonly past: readonly Pass[]
}

interface Pass {
  readonly slot: Slot
  readonly row: Row
}

/** Boxes are as wide as their row allows, so that names have room and the whole stays narrow: readable on a phone. */
const ROW_WIDTH = 696
const BOX = { least: 204, most: 430, apart: 26 } as const
const BETWEEN_ROWS = 66
const WAY_WIDTH = 4

/** Where each box and each way goes, with the texts of the boxes broken into their lines. */
export function arrange(picture: GraphPicture): Arranged {
  const boxes = new Map<string, PlacedBox>()
  const passes = new Map<Edge, Pass[]>(picture.edges.map((edge) => [edge, []]))
  let top = 0
  const rows = ranks(picture).map((stands) => {
    const width = boxWidth(stands)
    const texts = new Map<PictureNode, NodeText>()
    for (const each of stands) if (each.kind === 'box') texts.set(each.node, nodeText(each.node, width))
    const row: Row = { top, bottom: top + Math.max(...[...texts.values()].map(({ height }) => height)) }
    top = row.bottom + BETWEEN_ROWS
    for (const [node, text] of texts) boxes.set(node.id, { node, text, slot: slotOf(width), row })
    return stands.flatMap((each) => {
      if (each.kind === 'box') return boxes.get(each.node.id)?.slot ?? []
      const slot = slotOf(WAY_WIDTH)
      passes.get(each.edge)?.push({ slot, row })
      return slot
    })
  })
  const ways = picture.edges.flatMap((edge): Way[] => {
    const [from, to] = edge.map((id) => boxes.get(id))
    return from && to ? [{ from, to, past: passes.get(edge) ?? [] }] : []
  })
  for (const { from, to, past } of ways) tie([from, ...past, to].map(({ slot }) => slot))
  return {
    width: settle(rows, BOX.apart),
    height: Math.max(0, top - BETWEEN_ROWS),
    boxes: [...boxes.values()],
    ways,
  }
}

const slotOf = (width: number): Slot => ({ width, x: 0, above: [], below: [] })

function boxWidth(stands: readonly Stand[]): number {
  const boxes = stands.filter(({ kind }) => kind === 'box').length
  const taken = (stands.length - 1) * BOX.apart + (stands.length - boxes) * WAY_WIDTH
  return Math.min(BOX.most, Math.max(BOX.least, (ROW_WIDTH - taken) / boxes))
}

function tie(chain: readonly Slot[]): void {
  for (const [index, slot] of chain.entries()) {
    const next = chain[index + 1]
    if (!next) continue
    slot.below.push(next)
    next.above.push(slot)
  }
}
