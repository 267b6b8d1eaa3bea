import { Graph, layout } from '@dagrejs/dagre'
import { z } from 'zod'
import type { Edge, GraphPicture, PictureNode } from '../../conversation/picture.ts'

/** What stands in a row, from left to right: a box, or an edge on its way past the row. */
export type Stand =
  | { readonly kind: 'box'; readonly node: PictureNode }
  | { readonly kind: 'pass'; readonly edge: Edge }

// The layout's own types do not resolve in an ES module: what it answers is read here.
const box = z.object({ x: z.number(), y: z.number() })
const way = z.object({ points: z.array(box) })

/** All boxes are of one size here, so that the points of a row have one height. */
const SIZE = { width: 200, height: 100 }

/** The rows from top to bottom, in an order that lets few edges cross. Layout by dagre, of which only the order is taken. */
export function ranks({ nodes, edges }: GraphPicture): Stand[][] {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'TB' })
  // Named by their place: an id of a plan may be any word, "__proto__" as well.
  const key = new Map(nodes.map(({ id }, index) => [id, `n${index}`]))
  for (const { id } of nodes) graph.setNode(key.get(id), { ...SIZE })
  for (const [from, to] of edges) graph.setEdge(key.get(from), key.get(to), {})
  layout(graph)

  const rows = new Map<number, { stand: Stand; x: number }[]>()
  for (const node of nodes) {
    const { x, y } = box.parse(graph.node(key.get(node.id)))
    rows.set(y, [...(rows.get(y) ?? []), { stand: { kind: 'box', node }, x }])
  }
  for (const edge of edges) {
    const { points } = way.parse(graph.edge({ v: key.get(edge[0]), w: key.get(edge[1]) }))
    for (const { x, y } of points.slice(1, -1)) rows.get(y)?.push({ stand: { kind: 'pass', edge }, x })
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([, stands]) => stands.sort((a, b) => a.x - b.x).map(({ stand }) => stand))
}
