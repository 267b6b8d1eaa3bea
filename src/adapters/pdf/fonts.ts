import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** DejaVu has Latin, Greek, Cyrillic and the signs we use. What it lacks, such as Chinese or emoji, prints as a box. */
const FILES = {
  plain: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
  mono: 'DejaVuSansMono.ttf',
} as const
export type Font = keyof typeof FILES

const read = new Map<string, Buffer>()

export function registerFonts(pdf: PDFKit.PDFDocument): void {
  for (const [name, file] of Object.entries(FILES)) pdf.registerFont(name, fontFile(file))
}

function fontFile(file: string): Buffer {
  // Found as Node finds packages, so that it is the same from the source and from what is built of it.
  const bytes =
    read.get(file) ?? readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${file}`))
  read.set(file, bytes)
  return bytes
}
