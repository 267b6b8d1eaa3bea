import { Resvg } from '@resvg/resvg-js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FONT_FILES, widthOf } from '../../../src/adapters/pictures/font.ts'
import { drawGraph } from '../../../src/adapters/pictures/graph.ts'
import { CARD, STATE_SHADES } from '../../../src/adapters/pictures/palette.ts'
import { wrapped } from '../../../src/adapters/pictures/svg.ts'
import { drawTimeline } from '../../../src/adapters/pictures/timeline.ts'
import { planPicture } from '../../../src/conversation/plan-picture.ts'
import { timelinePicture } from '../../../src/conversation/timeline-picture.ts'
import { asTimeline, minute, withTasks } from '../../conversation/estates.ts'
import { failedDns } from '../../conversation/payments.ts'

const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(
    '</text><script/>',
    ']]>',
    '&#0;',
    '<!--',
    '\uD800',
    '\u202Eabc',
    '\uFFFE',
    '__proto__',
    'مرحبا',
    '数据库',
    '🔥',
  ),
)

/** Throws where it is no well-formed XML. */
const shape = (svg: string) => {
  const { width, height } = new Resvg(svg, { font: { loadSystemFonts: false } })
  const elements = [...svg.matchAll(/<([a-zA-Z]+)/g)].map(([, name]) => name)
  return { width, height, elements: new Set(elements) }
}
const KNOWN = ['svg', 'clipPath', 'g', 'rect', 'text', 'circle', 'path', 'pattern']

test('any name gives a well-formed picture of the usual parts, and no larger one', () => {
  fc.assert(
    fc.property(anyName, anyName, (name, what) => {
      const run = failedDns(name)
      const named = { ...run, plan: { ...run.plan, name } }
      const wait = { from: minute(2), to: minute(4), what }
      for (const { svg } of [
        drawGraph(planPicture(named, new Date(minute(12)))),
        drawTimeline(timelinePicture(asTimeline(named, wait))),
      ]) {
        const { width, height, elements } = shape(svg)
        expect(width).toBeLessThan(900)
        expect(height).toBeLessThan(1_600)
        expect([...elements].filter((element) => !KNOWN.includes(element ?? ''))).toEqual([])
      }
    }),
    { numRuns: 50 },
  )
})

test('a name is written as it is, whatever it means elsewhere', () => {
  const run = withTasks(failedDns(), () => ({ name: '<b>&"\'' }))
  const { svg } = drawGraph(planPicture(run, new Date(minute(12))))
  expect(svg).toContain('>&lt;b&gt;&amp;&quot;&apos;</text>')
})

test('lines fit their room, and only the end of a text is left out', () => {
  const style = { size: 24, weight: 'bold' } as const
  fc.assert(
    fc.property(
      anyName,
      fc.integer({ min: 60, max: 500 }),
      fc.integer({ min: 1, max: 4 }),
      (text, width, most) => {
        const lines = wrapped(text, width, style, most)
        expect(lines.length).toBeLessThanOrEqual(most)
        for (const line of lines) expect(widthOf(line, style.size, style.weight)).toBeLessThanOrEqual(width)
      },
    ),
    { numRuns: 500 },
  )
  expect(wrapped('Send customers to us-west-2', 200, style, 3)).toEqual(['Send customers', 'to us-west-2'])
  expect(wrapped('shop-web-00.eu.example.com', 200, style, 2)).toEqual(['shop-web-00.', 'eu.example.com'])
  expect(wrapped('one two three four', 100, style, 2)).toEqual(['one two', 'three…'])
})

test('what is measured is what is drawn', () => {
  for (const [weight, number] of [
    ['regular', 400],
    ['bold', 700],
  ] as const) {
    const text = 'HMove the database to us-west-2H'
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="60" font-family="DejaVu Sans"><text x="0" y="40" font-size="24" font-weight="${number}">${text}</text></svg>`
    const font = { loadSystemFonts: false, fontFiles: [...FONT_FILES] }
    const drawn = new Resvg(svg, { font }).getBBox()?.width ?? 0
    expect(Math.abs(drawn - widthOf(text, 24, weight))).toBeLessThan(8)
  }
})

test('small words stand out from the box of every state, and from the card', () => {
  for (const { fill, line } of Object.values(STATE_SHADES)) {
    expect(contrast(line, fill)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(line, CARD.fill)).toBeGreaterThanOrEqual(4.5)
  }
  expect(contrast(CARD.soft, CARD.fill)).toBeGreaterThanOrEqual(4.5)
})

/** As WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
