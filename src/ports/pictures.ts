import type { Picture } from '../conversation/picture.ts'

/** Draws pictures. */
export interface Pictures {
  /** The picture as a PNG. The same picture gives the same bytes. */
  draw(picture: Picture): Promise<Uint8Array>
}
