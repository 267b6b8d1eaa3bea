import { Resvg } from '@resvg/resvg-js'
import { expect, test } from 'vitest'
import { pdfDocuments } from '../../../src/adapters/pdf/documents.ts'
import type { AfterAction } from '../../../src/domain/after-action.ts'
import { largeReport, sampleReport, withWords } from '../../support/after-action.ts'

const sample = sampleReport()

async function pdfOf(report: AfterAction, zone = 'Europe/Berlin', picture?: Uint8Array) {
  const bytes = Buffer.from(await pdfDocuments.pdf(report, zone, picture))
  const text = bytes.toString('latin1')
  // Shown where a test fails: what is not printable would fill the screen.
  const lines = text.split('\n').filter((line) => /^[ -~]+$/.test(line))
  return { bytes, lines, pages: text.match(/\/Type \/Page\b/g)?.length ?? 0 }
}

test('the report is a PDF of A4 pages with its fonts inside, dated at the end of the run', async () => {
  const { lines, pages } = await pdfOf(sample)
  expect([lines[0], lines.at(-1)]).toEqual(['%PDF-1.3', '%%EOF'])
  expect(pages).toBe(3)
  expect(lines.filter((line) => line === '/MediaBox [0 0 595.28 841.89]')).toHaveLength(3)
  expect(lines).toContain('(D:20260108130000Z)')
  for (const font of ['DejaVuSansCondensed', 'DejaVuSansCondensed-Bold', 'DejaVuSansMono'])
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^/FontName /[A-Z]+\\+${font}$`)))
})

test('it bears its title, and its sections are bookmarks', async () => {
  const { lines } = await pdfOf(sample)
  expect(lines).toContain('(After-action report: Payments to us-west-2)')
  const bookmarks = lines.flatMap((line) => /^\/Title \((.*)\)$/.exec(line)?.[1] ?? [])
  expect(bookmarks).toEqual([
    ...['The run', 'Decisions', 'Failures', 'Deviations from the plan', 'Waiting for people'],
    ...['Tasks', 'What happened', 'How to verify'],
  ])
})

test('a drill and a real recovery do not look the same', async () => {
  const real = await pdfOf({ ...sample, run: { ...sample.run, mode: 'recovery' } })
  expect(real.bytes.equals((await pdfOf(sample)).bytes)).toBe(false)
})

test('the same report gives the same bytes, whenever it is printed', async () => {
  const [first, second] = [await pdfOf(sample), await pdfOf(sampleReport())]
  expect(first.bytes.equals(second.bytes)).toBe(true)
  const other = await pdfOf(sample, 'UTC')
  expect(other.bytes.equals(first.bytes)).toBe(false)
})

test('a run of 2,000 tasks has a bounded number of pages and a bounded size', async () => {
  const { bytes, pages } = await pdfOf(largeReport(2_000))
  expect(pages).toBeLessThan(16)
  expect(bytes.length).toBeLessThan(200_000)
})

test('words without a space, in any alphabet, stay inside their cells and on pages that end', async () => {
  const { pages } = await pdfOf(withWords(sample, `${'x'.repeat(3_000)}\u202Eliam 復旧 🛟`))
  expect(pages).toBeGreaterThan(3)
  expect(pages).toBeLessThan(12)
})

test('a picture stands on the first page', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="400"><rect width="9" height="9"/></svg>'
  const { lines, pages } = await pdfOf(sample, 'UTC', new Uint8Array(new Resvg(svg).render().asPng()))
  expect(lines).toContain('/Subtype /Image')
  expect(pages).toBe(4)
})
