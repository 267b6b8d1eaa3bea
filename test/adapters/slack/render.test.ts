import { expect, test } from 'vitest'
import { renderCard, renderForm } from '../../../src/adapters/slack/render.ts'
import type { Block, Button, Card, Rich, TaskClick } from '../../../src/conversation/card.ts'
import { checkBlocks, checkView } from '../../../src/sandbox/slack/blocks/validate.ts'

const click = {
  execution: '01JGZ0000000000000000000AA',
  task: 'dns-cutover',
  attempt: 1,
  asks: 'approve',
  digest: 'd'.repeat(64),
} as const
const button = (asks: TaskClick['asks'], rank: Button['rank'] = 'first'): Button => ({
  label: asks,
  spoken: `${asks} DNS cutover`,
  style: 'primary',
  rank,
  click: { ...click, asks },
})
const card = (...blocks: Block[]): Card => ({ text: 'A card', tone: 'neutral', blocks })
const LONG = 'x'.repeat(10_000)
const RICH: Rich = [
  'Asked by ',
  { kind: 'person', id: 'slack:U0OPERATOR', name: 'Olive' },
  { kind: 'person', id: 'api:ci', name: 'CI <!channel>' },
  { kind: 'group', id: 'slack:S0DRAPPROVERS' },
  { kind: 'time', at: '2026-01-08T12:00:00.000Z', style: 'day-and-clock' },
  { kind: 'strong', text: '*bold*' },
  { kind: 'code', text: '' },
  { kind: 'link', url: 'https://dr.example.com/decide/x', text: 'Sign in' },
  { kind: 'link', url: 'javascript:alert(1)', text: 'no link' },
]

test.each<[string, Block[]]>([
  ['a heading', [{ kind: 'heading', text: LONG }]],
  ['text', [{ kind: 'text', text: RICH }]],
  [
    'facts',
    [
      {
        kind: 'facts',
        rows: [
          ['Plan', RICH],
          ['Mode', ['drill']],
        ],
      },
    ],
  ],
  ['a list', [{ kind: 'list', items: [RICH, ['two']] }]],
  ['a note', [{ kind: 'note', text: RICH }]],
  ['a note of many parts', [{ kind: 'note', text: Array.from({ length: 5 }, () => RICH).flat() }]],
  ['a log', [{ kind: 'log', lines: [LONG] }]],
  ['a divider', [{ kind: 'divider' }]],
  [
    'buttons',
    [{ kind: 'buttons', buttons: [button('approve'), button('approve'), button('skip', 'secondary')] }],
  ],
  [
    'nothing at all',
    [
      { kind: 'text', text: [] },
      { kind: 'note', text: [''] },
      { kind: 'list', items: [] },
    ],
  ],
  ['more than fits', Array.from({ length: 60 }, () => ({ kind: 'divider' as const }))],
  ['more bytes than fit', Array.from({ length: 20 }, () => ({ kind: 'text' as const, text: [LONG] }))],
])('Slack takes %s', (_, blocks) => {
  const rendered = renderCard(card(...blocks))
  expect(checkBlocks(rendered.blocks)).toMatchObject({ kind: 'valid' })
  expect(Buffer.byteLength(JSON.stringify(rendered.blocks))).toBeLessThan(13_200)
})

test('a forged mention stays text', () => {
  const forged = '<!channel> <@U0ADMIN> *bold* <https://example.com|here>'
  const { blocks } = renderCard(card({ kind: 'text', text: [forged] }, { kind: 'note', text: [forged] }))
  expect(blocks).toMatchObject([
    { elements: [{ elements: [{ type: 'text', text: forged }] }] },
    { elements: [{ type: 'plain_text', text: forged }] },
  ])
})

test('people, groups and times of Slack are its own elements, and others are named', () => {
  const [block] = renderCard(card({ kind: 'text', text: RICH })).blocks
  expect(block).toMatchObject({
    elements: [
      {
        elements: [
          { type: 'text', text: 'Asked by ' },
          { type: 'user', user_id: 'U0OPERATOR' },
          { type: 'text', text: 'CI <!channel>', style: { bold: true } },
          { type: 'usergroup', usergroup_id: 'S0DRAPPROVERS' },
          { type: 'date', timestamp: 1_767_873_600, fallback: '2026-01-08 12:00 UTC' },
          { type: 'text', text: '*bold*', style: { bold: true } },
          { type: 'link', url: 'https://dr.example.com/decide/x', text: 'Sign in' },
          { type: 'text', text: 'no link' },
        ],
      },
    ],
  })
})

test('what is cut says how much is missing', () => {
  const { blocks } = renderCard(card({ kind: 'log', lines: [LONG] }))
  expect(JSON.stringify(blocks)).toMatch(/x … \(70\d\d more\)/)
  const many = renderCard(card(...Array.from({ length: 60 }, () => ({ kind: 'divider' as const }))))
  expect(many.blocks).toHaveLength(50)
  expect(JSON.stringify(many.blocks.at(-1))).toContain('11 more parts are not shown')
})

test('every rendering has block ids of its own', () => {
  const ids = () => renderCard(card({ kind: 'divider' })).blocks.map(({ block_id }) => block_id)
  expect(ids()).not.toEqual(ids())
})

test('Slack takes a form', () => {
  const field = { name: 'reason', label: LONG, hint: 'Why', required: true, multiline: true }
  const view = renderForm({
    title: 'Skip the DNS cutover of payments',
    blocks: [{ kind: 'text', text: RICH }],
    fields: [field],
    submit: 'Skip',
    memory: 'm'.repeat(2_900),
  })
  expect(checkView(view)).toMatchObject({ kind: 'valid' })
  expect(view.private_metadata).toHaveLength(2_900)
})
