import { buffer } from 'node:stream/consumers'
import PdfDocument from 'pdfkit'
import { type Block, reportDocument, type Section } from '../../conversation/report-document.ts'
import { say } from '../../conversation/words/index.ts'
import type { AfterAction } from '../../domain/after-action.ts'
import type { Documents } from '../../ports/documents.ts'
import { registerFonts } from './fonts.ts'
import { drawLines, heightOfLines, linesOf } from './lines.ts'
import { type Banner, firstPage, numberPages } from './pages.ts'
import { COLOURS, MARGIN, SIZES, TONES } from './style.ts'
import { drawTable, heightOfTable } from './table.ts'

/** Reports as PDF. */
export const pdfDocuments: Documents = {
  async pdf(report, zone, picture) {
    const document = reportDocument(report, zone)
    const pdf = new PdfDocument({
      size: 'A4',
      margins: MARGIN,
      bufferPages: true,
      lang: say().report.language,
      displayTitle: true,
      // Two documents of one report are equal, byte for byte: no clock is read.
      info: {
        Title: say().report.title(document.title),
        Creator: 'Lifeboat',
        CreationDate: madeAt(report),
      },
    })
    // Read while it is written: a stream that nobody reads does not end.
    const bytes = buffer(pdf)
    registerFonts(pdf)
    const banner: Banner = { mode: document.mode, title: document.title, id: document.id }
    firstPage(pdf, banner)
    verdict(pdf, document.verdict)
    const [summary, ...sections] = document.sections
    if (summary) section(pdf, summary)
    if (picture) drawPicture(pdf, picture)
    for (const one of sections) section(pdf, one)
    numberPages(pdf, banner)
    pdf.end()
    return new Uint8Array(await bytes)
  },
}

const madeAt = ({ run, drawnUpAt }: AfterAction): Date => new Date(run.endedAt ?? drawnUpAt)

function verdict(pdf: PDFKit.PDFDocument, { tone, text }: { tone: keyof typeof TONES; text: string }): void {
  const { ink, ground } = TONES[tone]
  const [inner, width] = [12, contentWidth(pdf)]
  const lines = linesOf(pdf, [{ kind: 'strong', text }], width - 2 * inner - 4, SIZES.verdict)
  const height = heightOfLines(lines, SIZES.verdict) + 2 * inner
  pdf.rect(MARGIN.left, pdf.y, width, height).fill(ground)
  pdf.rect(MARGIN.left, pdf.y, 4, height).fill(ink)
  drawLines(pdf, lines, { x: MARGIN.left + 4 + inner, y: pdf.y + inner, size: SIZES.verdict, colour: ink })
  pdf.y += height + 14
}

/** A table of this height, a third of a page, is not broken. */
const SHORT = 250

function section(pdf: PDFKit.PDFDocument, { heading, blocks }: Section): void {
  if (heading !== undefined) {
    // A heading stays with what it heads: with a short table as a whole, else with its first lines.
    const [first] = blocks
    const table = first?.kind === 'table' ? heightOfTable(pdf, first, contentWidth(pdf)) : 0
    roomFor(pdf, 34 + (table > 0 && table < SHORT ? table : 56))
    pdf.y += 10
    pdf.outline.addItem(heading)
    const lines = linesOf(pdf, [{ kind: 'strong', text: heading }], contentWidth(pdf), SIZES.heading)
    const at = { x: MARGIN.left, y: pdf.y, size: SIZES.heading, colour: COLOURS.ink }
    pdf.y += drawLines(pdf, lines, at) + 4
  }
  for (const block of blocks) drawBlock(pdf, block)
}

function drawBlock(pdf: PDFKit.PDFDocument, block: Block): void {
  switch (block.kind) {
    case 'table':
      drawTable(pdf, block, MARGIN.left, contentWidth(pdf))
      break
    case 'text':
      paragraph(pdf, block.text, 0)
      pdf.y += 4
      break
    case 'list':
      for (const item of block.items) {
        roomFor(pdf, 20)
        pdf.circle(MARGIN.left + 4, pdf.y + 5.5, 1.6).fill(COLOURS.quiet)
        paragraph(pdf, item, 14)
        pdf.y += 3
      }
      break
    case 'command': {
      const lines = linesOf(pdf, [{ kind: 'code', text: block.text }], contentWidth(pdf) - 20, SIZES.body)
      const height = heightOfLines(lines, SIZES.body) + 12
      roomFor(pdf, height + 8)
      pdf.roundedRect(MARGIN.left, pdf.y, contentWidth(pdf), height, 3).fill(COLOURS.ground)
      const at = { x: MARGIN.left + 10, y: pdf.y + 6, size: SIZES.body, colour: COLOURS.ink }
      drawLines(pdf, lines, at)
      pdf.y += height + 8
    }
  }
}

function paragraph(pdf: PDFKit.PDFDocument, text: Parameters<typeof linesOf>[1], indent: number): void {
  for (const line of linesOf(pdf, text, contentWidth(pdf) - indent, SIZES.body)) {
    roomFor(pdf, heightOfLines([line], SIZES.body))
    const at = { x: MARGIN.left + indent, y: pdf.y, size: SIZES.body, colour: COLOURS.ink }
    pdf.y += drawLines(pdf, [line], at)
  }
}

/** The height of the picture at most, so that what the run was stands on the first page as well. */
const PICTURE_HEIGHT = 230

function drawPicture(pdf: PDFKit.PDFDocument, png: Uint8Array): void {
  const width = contentWidth(pdf)
  // A PNG begins with its signature and its header: width and height stand at 16 and 20.
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const height = Math.min(PICTURE_HEIGHT, (header.getUint32(20) / header.getUint32(16)) * width)
  roomFor(pdf, height + 16)
  pdf.image(Buffer.from(png), MARGIN.left, pdf.y + 8, { fit: [width, height], align: 'center' })
  pdf.y += height + 16
}

const contentWidth = ({ page }: PDFKit.PDFDocument): number => page.width - MARGIN.left - MARGIN.right

function roomFor(pdf: PDFKit.PDFDocument, height: number): void {
  if (pdf.y + height > pdf.page.height - MARGIN.bottom) pdf.addPage()
}
