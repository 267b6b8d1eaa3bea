import { Resvg } from '@resvg/resvg-js'
import type { Picture } from '../../conversation/picture.ts'
import type { Drawing } from './card.ts'
import { FONT_FAMILY, FONT_FILES } from './font.ts'
import { drawGraph } from './graph.ts'
import { drawTimeline } from './timeline.ts'

/** The picture as a PNG, at once: takes up to a second, so that it belongs into a thread of its own. */
export const png = (picture: Picture): Uint8Array => pngOf(drawing(picture))

const drawing = (picture: Picture): Drawing =>
  picture.kind === 'graph' ? drawGraph(picture) : drawTimeline(picture)

function pngOf({ svg, scale }: Drawing): Uint8Array {
  // Only our own font: what a machine has installed must not change a picture.
  const font = { loadSystemFonts: false, fontFiles: [...FONT_FILES], defaultFontFamily: FONT_FAMILY }
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: scale } }).render().asPng()
}
