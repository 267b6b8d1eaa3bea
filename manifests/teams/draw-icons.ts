import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'

/** What Teams asks for: each icon, its drawing, and its width and height. */
export const ICONS = [
  { file: 'color.png', drawing: 'icon.svg', pixels: 192 },
  { file: 'outline.png', drawing: 'outline.svg', pixels: 32 },
] as const

const here = (file: string): string => join(import.meta.dirname, file)

export function drawIcon({ drawing, pixels }: (typeof ICONS)[number]): Uint8Array {
  const svg = readFileSync(here(drawing), 'utf8')
  const fitTo = { mode: 'width', value: pixels } as const
  return new Resvg(svg, { font: { loadSystemFonts: false }, fitTo }).render().asPng()
}

// Run by hand after a change to a drawing: node --import tsx manifests/teams/draw-icons.ts
if (process.argv[1] === import.meta.filename) {
  for (const icon of ICONS) writeFileSync(here(icon.file), drawIcon(icon))
}
