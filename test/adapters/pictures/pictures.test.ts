import { afterAll, expect, test } from 'vitest'
import { MODE_SHADES } from '../../../src/adapters/pictures/palette.ts'
import { pictures } from '../../../src/adapters/pictures/pictures.ts'
import type { Picture } from '../../../src/conversation/picture.ts'
import { planPicture } from '../../../src/conversation/plan-picture.ts'
import { timelinePicture } from '../../../src/conversation/timeline-picture.ts'
import { asTimeline, estate, minute, sampleRun } from '../../conversation/estates.ts'
import { failedDns } from '../../conversation/payments.ts'
import { pixelsOf, sizeOf } from './pixels.ts'

const painter = pictures()
afterAll(() => painter.close())
const now = new Date(minute(12))

const wait = { from: minute(3), to: minute(9), what: 'approval' }
const SAMPLES: readonly (readonly [string, Picture])[] = [
  ['the graph of four tasks', planPicture(failedDns(), now)],
  ['the graph of storefront', planPicture(sampleRun('storefront', 'drill'), now)],
  ['the graph of 60 tasks', planPicture(estate(15, 4), now)],
  [
    'the graph of 2,000 tasks',
    planPicture(
      estate(40, 50, (layer) => ({ status: layer < 9 ? 'COMPLETED' : 'FAILED' })),
      now,
    ),
  ],
  ['the timeline of payments', timelinePicture(asTimeline(sampleRun('payments', 'drill'), wait))],
  ['the timeline of 59 tasks', timelinePicture(asTimeline(estate(59, 1)))],
  ['the timeline of 2,000 tasks', timelinePicture(asTimeline(estate(40, 50), wait))],
]

test.each(SAMPLES)('%s is a PNG within the limits', async (_, picture) => {
  const png = await painter.draw(picture)
  expect(png.length).toBeLessThan(1_000_000)
  const { width, height } = sizeOf(png)
  expect(Math.max(width, height)).toBeLessThanOrEqual(4_000)
  expect(Math.min(width, height)).toBeGreaterThan(500)
})

const FEW = SAMPLES.filter(([name]) => name.includes('four') || name.includes('payments'))

test.each(FEW)(
  '%s is on a card with round corners and the banner of its mode, and not blank',
  async (_, picture) => {
    const { width, height, at } = pixelsOf(await painter.draw(picture))
    expect([at(0, 0)[3], at(width - 1, height - 1)[3]]).toEqual([0, 0])
    expect(hex(at(width >> 1, 10))).toBe(MODE_SHADES[picture.mode].fill)
    const below = new Set(Array.from({ length: height - 200 }, (_, y) => hex(at(width >> 1, y + 190))))
    expect(below.size).toBeGreaterThan(5)
  },
)

test('the same picture is the same bytes when it is drawn again, by another painter too', async () => {
  const other = pictures()
  for (const [, picture] of FEW) {
    const drawn = await Promise.all(
      [painter, painter, other].map((each) => each.draw(structuredClone(picture))),
    )
    expect(new Set(drawn.map((png) => Buffer.from(png).toString('base64'))).size).toBe(1)
  }
  await other.close()
})

const hex = (pixel: readonly number[]): string =>
  `#${pixel
    .slice(0, 3)
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`

test('a picture without tasks is still a picture', async () => {
  const empty = {
    kind: 'graph',
    mode: 'drill',
    title: '',
    subtitle: '',
    alt: '',
    tally: [],
    nodes: [],
    edges: [],
  } as const
  expect(sizeOf(await painter.draw(empty)).width).toBe(1_280)
})

test('what is being drawn when the painter is closed fails for good, and the next picture gets another painter', async () => {
  const closed = pictures()
  const picture = planPicture(failedDns(), now)
  const drawing = expect(closed.draw(picture)).rejects.toThrow('The graph of "Payments" could not be drawn')
  await closed.close()
  await drawing
  expect((await closed.draw(picture)).length).toBeGreaterThan(1_000)
  await closed.close()
})

test('a picture that cannot be drawn fails alone', async () => {
  const broken: Picture = JSON.parse(
    JSON.stringify(planPicture(failedDns(), now)).replaceAll('FAILED', 'LOST'),
  )
  const [bad, good] = await Promise.allSettled([
    painter.draw(broken),
    painter.draw(planPicture(failedDns(), now)),
  ])
  expect(bad).toMatchObject({ status: 'rejected', reason: { name: 'FinalFailure' } })
  expect(good.status).toBe('fulfilled')
})
