import { expect, test } from 'vitest'
import { ALT_LIMIT } from '../../src/conversation/picture.ts'
import { planPicture } from '../../src/conversation/plan-picture.ts'
import { estate, minute, sampleRun, withTasks } from './estates.ts'
import { atGate, failedDns } from './payments.ts'

const at = (number: number) => new Date(minute(number))

test('every task of a small plan is a box with its state as symbol and words', () => {
  const { nodes, edges } = planPicture(failedDns(), at(12))
  expect(nodes.map(({ label, symbol, notes }) => [label, symbol, ...notes])).toEqual([
    ['Recover servers', '✓', 'completed', '5 min'],
    ['Go for DNS', '✓', 'completed', '2 min'],
    ['DNS cutover', '✕', 'failed', 'in AWS', 'needs a decision'],
    ['Tell customers', '○', 'not started'],
  ])
  expect(edges).toEqual([
    ['servers', 'gate'],
    ['gate', 'dns'],
    ['dns', 'mail'],
  ])
})

test('its words say what the picture says: states, who is waited for, what is next', () => {
  expect(planPicture(atGate('drill'), at(12)).alt).toBe(
    'DRILL, rehearsal: the plan Payments as a graph. Waiting for approval · 1 of 4 tasks done · 12 min, objective 1 h 00 min. ' +
      '1 completed, 1 waiting for approval, 2 not started. Waits for people: Go for DNS. Next: DNS cutover (after Go for DNS).',
  )
  const failed = planPicture(failedDns(), at(75))
  expect(failed.alt).toContain('Failed: DNS cutover. Waits for people: DNS cutover.')
  expect(failed.alt).toMatch(/^REAL, live recovery/)
  expect(failed.subtitle).toContain('1 h 15 min, objective 1 h 00 min exceeded')
})

test('edges that follow from others are left out', () => {
  const before = failedDns()
  const servers = [...before.tasks.keys()].slice(0, 1)
  const run = withTasks(before, ({ id, predecessors }) =>
    id === 'mail' ? { predecessors: [...predecessors, ...servers] } : {},
  )
  expect(planPicture(run, at(12)).edges).toEqual(planPicture(before, at(12)).edges)
})

test('a plan of 60 tasks is shown task by task', () => {
  const picture = planPicture(estate(15, 4), at(1))
  expect(picture.nodes).toHaveLength(60)
  expect(picture.remark).toBeUndefined()
  expect(planPicture(sampleRun('storefront'), at(1)).nodes).toHaveLength(27)
})

test('in a wide layer tasks of one state share a box, but what failed or waits for people has its name', () => {
  const run = estate(3, 40, (layer, place) => {
    if (layer === 0) return { status: 'COMPLETED' }
    if (layer > 1) return {}
    if (place < 10) return { status: 'FAILED', failure: { kind: 'aws', message: 'x' } }
    return place === 20 ? { status: 'PENDING_APPROVAL' } : { status: 'IN_PROGRESS' }
  })
  const { nodes, edges, remark } = planPicture(run, at(1))
  expect(nodes.map(({ label, state }) => `${label}: ${state}`)).toEqual([
    '40 × Recover server: COMPLETED',
    '10 × Recover server: FAILED',
    '29 × Recover server: IN_PROGRESS',
    'Recover server 1-20: PENDING_APPROVAL',
    '40 × Recover server: PENDING',
  ])
  expect(nodes[1]?.names).toEqual(Array.from({ length: 10 }, (_, place) => `1-${place}`))
  expect(nodes[2]?.names).toEqual(['1-10', '1-11', '1-12', 'and 26 more'])
  expect(edges).toHaveLength(6)
  expect(remark).toContain('120 tasks in 5 boxes')
})

test.each([
  [10, 50],
  [50, 40],
  [2_000, 1],
  [1, 2_000],
])(
  'a plan of %i × %i tasks becomes a few boxes, none of its tasks lost, without a loop',
  (layers, beside) => {
    const run = estate(layers, beside, (layer, place) =>
      layer < layers / 2
        ? { status: 'COMPLETED' }
        : { status: (layer + place) % 7 === 0 ? 'FAILED' : (layer + place) % 3 === 0 ? 'RETRY' : 'PENDING' },
    )
    const { nodes, edges, tally, alt } = planPicture(run, at(9))
    expect(nodes.length).toBeLessThanOrEqual(64)
    const numbers = nodes.map(({ label, names }) => (names.length > 0 ? Number.parseInt(label, 10) : 1))
    expect(numbers.reduce((sum, number) => sum + number)).toBe(layers * beside)
    expect(tally.reduce((sum, { count }) => sum + count, 0)).toBe(layers * beside)
    expect(alt.length).toBeLessThanOrEqual(ALT_LIMIT)
    const place = new Map(nodes.map(({ id }, index) => [id, index]))
    const seen = new Set<string>()
    const open = nodes.filter(({ id }) => !edges.some(([, to]) => to === id)).map(({ id }) => id)
    for (const id of open) {
      seen.add(id)
      for (const [from, to] of edges) {
        if (from === id && edges.every(([before, after]) => after !== to || seen.has(before))) open.push(to)
      }
    }
    expect(seen.size).toBe(place.size)
  },
)

test('names in it cannot turn the text around, nor hide', () => {
  const { nodes, alt } = planPicture(failedDns('a\u202Eb\u200B\u0000\u{E0041}\uD800c'), at(1))
  expect(nodes.map(({ label }) => label)).toEqual(Array(4).fill('ab c'))
  expect(alt).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
  expect(planPicture(failedDns(' \u202E '), at(1)).nodes[0]?.label).toBe('servers')
})
