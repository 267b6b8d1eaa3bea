import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** DejaVu Sans Condensed, from its package: pictures look the same wherever they are drawn. */
const FILES = {
  regular: createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
} as const

export type Weight = keyof typeof FILES
export const FONT_FILES: readonly string[] = Object.values(FILES)
export const FONT_FAMILY = 'DejaVu Sans'

/** How far each character moves the pen, in the font's own units; those it lacks are absent. */
interface Advances {
  readonly unitsPerEm: number
  readonly of: ReadonlyMap<number, number>
}

const ADVANCES: Record<Weight, Advances> = { regular: read(FILES.regular), bold: read(FILES.bold) }

export const widthOf = (text: string, size: number, weight: Weight): number => {
  const { unitsPerEm, of } = ADVANCES[weight]
  let units = 0
  for (const letter of text) units += of.get(letter.codePointAt(0) ?? 0) ?? unitsPerEm
  return (units * size) / unitsPerEm
}

export const isDrawable = (letter: string): boolean => {
  const code = letter.codePointAt(0) ?? 0
  return ADVANCES.regular.of.has(code) && ADVANCES.bold.of.has(code)
}

/** Of a TrueType file what measuring needs: the tables head, hhea, hmtx, and cmap in format 12. */
function read(file: string): Advances {
  const bytes = readFileSync(file)
  const table = (name: string): number => {
    for (let row = 12; row < 12 + 16 * bytes.readUInt16BE(4); row += 16) {
      if (bytes.toString('latin1', row, row + 4) === name) return bytes.readUInt32BE(row + 8)
    }
    throw new Error(`The font ${file} has no table "${name}". Install dejavu-fonts-ttf anew.`)
  }
  const measured = bytes.readUInt16BE(table('hhea') + 34)
  const widths = table('hmtx')
  const advance = (glyph: number) => bytes.readUInt16BE(widths + 4 * Math.min(glyph, measured - 1))
  const of = new Map<number, number>()
  const groups = characterGroups(bytes, table('cmap'), file)
  for (let group = 0; group < bytes.readUInt32BE(groups + 12); group += 1) {
    const row = groups + 16 + 12 * group
    const [first, last, glyph] = [0, 4, 8].map((offset) => bytes.readUInt32BE(row + offset))
    if (first === undefined || last === undefined || glyph === undefined) break
    for (let code = first; code <= last; code += 1) of.set(code, advance(glyph + code - first))
  }
  return { unitsPerEm: bytes.readUInt16BE(table('head') + 18), of }
}

function characterGroups(bytes: Buffer, cmap: number, file: string): number {
  for (let row = cmap + 4; row < cmap + 4 + 8 * bytes.readUInt16BE(cmap + 2); row += 8) {
    const start = cmap + bytes.readUInt32BE(row + 4)
    if (bytes.readUInt16BE(start) === 12) return start
  }
  throw new Error(`The font ${file} has no character map of format 12. Install dejavu-fonts-ttf anew.`)
}
