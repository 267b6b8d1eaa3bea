import { say } from '../../conversation/words/index.ts'
import type { Mode } from '../../domain/execution.ts'
import { drawLines, linesOf } from './lines.ts'
import { BANNERS, COLOURS, MARGIN, SIZES } from './style.ts'

export interface Banner {
  readonly mode: Mode
  readonly title: string
  readonly id: string
}

const HIGH = 46
const LOW = 22

/** The banner and the title; what follows stands below. */
export function firstPage(pdf: PDFKit.PDFDocument, { mode, title }: Banner): void {
  const { ground, ink, word } = BANNERS[mode]
  const { width } = pdf.page
  pdf.rect(0, 0, width, HIGH).fill(ground)
  pdf.font('bold').fontSize(17).fillColor(ink)
  pdf.text(word, MARGIN.left, 13, { lineBreak: false })
  const after = MARGIN.left + pdf.widthOfString(word) + 10
  pdf.font('plain').fontSize(SIZES.body).text(say().report.pages.means[mode], after, 20, { lineBreak: false })
  const { kind } = say().report
  pdf.text(kind, width - MARGIN.right - pdf.widthOfString(kind), 20, { lineBreak: false })
  const lines = linesOf(
    pdf,
    [{ kind: 'strong', text: title }],
    width - MARGIN.left - MARGIN.right,
    SIZES.title,
  )
  pdf.y = HIGH + 22
  const at = { x: MARGIN.left, y: pdf.y, size: SIZES.title, colour: COLOURS.ink }
  pdf.y += drawLines(pdf, lines, at) + 10
}

/** Every page says what it belongs to, and which of how many it is: a page on a desk has no neighbours. */
export function numberPages(pdf: PDFKit.PDFDocument, { mode, title, id }: Banner): void {
  const { ground, ink, word } = BANNERS[mode]
  const { kind, pages: words } = say().report
  const { start, count } = pdf.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page)
    const { width, height } = pdf.page
    // Below the margin, where a text would open a new page.
    pdf.page.margins.bottom = 0
    if (page > start) {
      pdf.rect(0, 0, width, LOW).fill(ground)
      const [line] = linesOf(pdf, [{ kind: 'strong', text: word }, `  ${title}`], width - 200, SIZES.small)
      drawLines(pdf, line ? [line] : [], { x: MARGIN.left, y: 6, size: SIZES.small, colour: ink })
      pdf.font('plain').fontSize(SIZES.small).fillColor(ink)
      pdf.text(kind, width - MARGIN.right - pdf.widthOfString(kind), 7, { lineBreak: false })
    }
    const foot = height - MARGIN.bottom + 20
    pdf.font('plain').fontSize(SIZES.small).fillColor(COLOURS.quiet)
    pdf.text(words.run(id), MARGIN.left, foot, { lineBreak: false })
    const number = words.page(page - start + 1, count)
    pdf.text(number, width - MARGIN.right - pdf.widthOfString(number), foot, { lineBreak: false })
  }
}
