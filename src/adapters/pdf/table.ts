import type { Row, Table } from '../../conversation/report-document.ts'
import { drawLines, heightOfLines, type Line, linesOf } from './lines.ts'
import { COLOURS, MARGIN, SIZES } from './style.ts'

const SIZE = SIZES.table
const PADDING = { x: 6, y: 4 } as const

/** A table from here downwards. A row is never broken; a page begins with the titles of the columns. */
export function drawTable(pdf: PDFKit.PDFDocument, table: Table, left: number, width: number): void {
  const { titles, rows, widths } = laidOut(pdf, table, width)
  const drawTitles = () => {
    if (titles) drawRow(pdf, titles, { ground: COLOURS.ground, colour: COLOURS.quiet })
  }
  breakIfLonger(heightOf(titles) + heightOf(rows[0]))
  drawTitles()
  for (const [place, lines] of rows.entries()) {
    if (breakIfLonger(heightOf(lines))) drawTitles()
    drawRow(pdf, lines, { colour: COLOURS[table.rows[place]?.tone ?? 'ink'] })
  }
  pdf.y += 4
  if (table.rest !== undefined) {
    const rest = linesOf(pdf, [table.rest], width, SIZE)
    breakIfLonger(heightOfLines(rest, SIZE))
    pdf.y += drawLines(pdf, rest, { x: left, y: pdf.y, size: SIZE, colour: COLOURS.quiet })
  }
  pdf.y += 8

  function breakIfLonger(height: number): boolean {
    if (pdf.y + height <= pdf.page.height - MARGIN.bottom) return false
    pdf.addPage()
    return true
  }

  function drawRow(
    { y }: PDFKit.PDFDocument,
    cells: Cells,
    { ground, colour }: { ground?: string; colour: string },
  ): void {
    const height = heightOf(cells)
    if (ground) pdf.rect(left, y, width, height).fill(ground)
    let x = left
    for (const [place, lines] of cells.entries()) {
      const [wide = 0, column] = [widths[place], table.columns[place]]
      const inner = wide - 2 * PADDING.x
      drawLines(pdf, lines, {
        ...{ x: x + PADDING.x, y: y + PADDING.y, size: SIZE, colour },
        ...(column?.align === 'right' ? { rightOf: inner } : {}),
      })
      x += wide
    }
    pdf.y = y + height
    pdf
      .moveTo(left, pdf.y)
      .lineTo(left + width, pdf.y)
      .lineWidth(0.5)
      .stroke(COLOURS.rule)
  }
}

/** How high the table is, on one page. */
export function heightOfTable(pdf: PDFKit.PDFDocument, table: Table, width: number): number {
  const { titles, rows } = laidOut(pdf, table, width)
  return rows.reduce((sum, row) => sum + heightOf(row), heightOf(titles))
}

type Cells = readonly Line[][]

function laidOut(pdf: PDFKit.PDFDocument, { columns, rows }: Table, width: number) {
  const total = columns.reduce((sum, { weight }) => sum + weight, 0)
  const widths = columns.map(({ weight }) => (weight / total) * width)
  const hasTitles = columns.some(({ title }) => title !== '')
  // Without titles the first column has the labels.
  const cellsOf = (cells: Row['cells'], isTitle: boolean): Cells =>
    cells.map((cell, place) => {
      const isBold = isTitle || (!hasTitles && place === 0)
      return linesOf(pdf, cell, (widths[place] ?? 0) - 2 * PADDING.x, SIZE, isBold)
    })
  return {
    widths,
    titles: hasTitles
      ? cellsOf(
          columns.map(({ title }) => [title]),
          true,
        )
      : undefined,
    rows: rows.map(({ cells }) => cellsOf(cells, false)),
  }
}

function heightOf(cells: Cells | undefined): number {
  if (!cells) return 0
  const most = Math.max(...cells.map((lines) => heightOfLines(lines, SIZE)))
  return most + 2 * PADDING.y
}
