import fc from 'fast-check'
import type { Block, Button, Card, Inline, Rich } from '../../../src/conversation/card.ts'

/** What would be a mention, a link, emphasis, a time, a list or a heading, were it read as more than text. */
const FORGERIES = [
  ...[
    '<at>',
    '</at>',
    '<at>Ann</at>',
    '&lt;at&gt;Ann&lt;/at&gt;',
    '&amp;',
    '&',
    '&#42;',
    '<!--',
    '<b>',
    '<',
    '>',
  ],
  ...[
    '[',
    ']',
    '(',
    ')',
    '[x](https://evil.example)',
    '![x](https://evil.example/a.png)',
    '<https://evil.example>',
  ],
  ...[
    'https://evil.example',
    'www.evil.example',
    'ann@evil.example',
    '[a]: https://evil.example',
    'javascript:alert(1)',
  ],
  ...[
    '*',
    '**',
    '_',
    '__',
    '~~',
    '`',
    '```',
    '\\',
    '|',
    '|-|',
    '!',
    '# ',
    '> ',
    '- ',
    '+ ',
    '1. ',
    '1) ',
    '---',
    '===',
  ],
  ...[
    '{',
    '}',
    '{{',
    '}}',
    '{{DATE(2026-01-01T00:00:00Z, SHORT)}}',
    '{{TIME(2026-01-01T00:00:00Z)}}',
    '{{{',
    '{{{{',
  ],
  ...['{DATE(2026-01-01T00:00:00Z)}}', '{TIME(2026-01-01T00:00:00Z)}}', '@everyone', '•  '],
  ...[' ', '    ', '\t', '\n', '\n\n', '\r', '\r\n', '\u0000', '\u202E', '\u200B', '\uD800', '\uFFFD'],
  ...['Ann', 'word', '支付', '👩\u200D👧', '🔴', '"', "'"],
]

export const nasty: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...FORGERIES) },
        fc.string({ unit: 'binary', maxLength: 8 }),
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

export const guid: fc.Arbitrary<string> = fc.uuid()
export const teamsPerson: fc.Arbitrary<Inline> = fc.record({
  kind: fc.constant('person' as const),
  id: guid.map((id) => `teams:${id}`),
  name: nasty,
})

/** People of other platforms, tokens, and ids that only look like one of Teams. */
const otherPerson: fc.Arbitrary<Inline> = fc.record({
  kind: fc.constant('person' as const),
  id: fc.oneof(
    nasty,
    guid.map((id) => `slack:${id}`),
    guid.map((id) => `teams:${id}x`),
    guid.map((id) => `x teams:${id}`),
    fc.constantFrom('teams:', 'teams:ann', 'api:ci', 'slack:U1'),
  ),
  name: nasty,
})

/** Whatever a card may hold in words, but times, links of ours and people of Teams. */
export const words: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 3, arbitrary: nasty },
  nasty.map((text) => ({ kind: 'strong' as const, text })),
  nasty.map((text) => ({ kind: 'code' as const, text })),
  otherPerson,
  nasty.map((id) => ({ kind: 'group' as const, id })),
  nasty.map((name) => ({ kind: 'channel' as const, id: 'C1', platform: 'slack', name })),
  fc
    .tuple(
      fc.oneof(
        nasty,
        fc.constantFrom('javascript:alert(1)', 'data:text/html,x', 'mailto:a@b.example', '//evil.example'),
      ),
      nasty,
    )
    .map(([url, text]) => ({ kind: 'link' as const, url: url.replaceAll(/http/gi, 'ftp'), text })),
  nasty
    .filter((at) => Number.isNaN(Date.parse(at)))
    .map((at) => ({ kind: 'time' as const, at, style: 'clock' as const })),
)

const moments = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
export const time: fc.Arbitrary<Inline> = fc.record({
  kind: fc.constant('time' as const),
  at: moments.map((moment) => moment.toISOString()),
  style: fc.constantFrom('clock' as const, 'day-and-clock' as const),
})
const link: fc.Arbitrary<Inline> = fc.record({
  kind: fc.constant('link' as const),
  url: fc.webUrl({ withQueryParameters: true, withFragments: true }),
  text: nasty,
})

export const wordsOnly: fc.Arbitrary<Rich> = fc.array(words, { maxLength: 5 })
export const anything: fc.Arbitrary<Rich> = fc.array(
  fc.oneof({ weight: 3, arbitrary: words }, time, link, teamsPerson),
  {
    maxLength: 5,
  },
)

export const button: fc.Arbitrary<Button> = fc.record({
  label: nasty,
  spoken: nasty,
  style: fc.constantFrom('primary' as const, 'danger' as const, 'plain' as const),
  rank: fc.constantFrom('first' as const, 'secondary' as const),
  click: fc.oneof(
    nasty.map((command) => ({ command })),
    fc.tuple(nasty, nasty).map(([execution, task]) => ({
      ...{ execution, task, attempt: 1, digest: 'd'.repeat(64) },
      asks: 'retry' as const,
    })),
  ),
})

const stepStates = fc.constantFrom('waiting' as const, 'running' as const, 'done' as const, 'failed' as const)

export const blockOf = (rich: fc.Arbitrary<Rich>): fc.Arbitrary<Block> =>
  fc.oneof(
    nasty.map((text) => ({ kind: 'heading' as const, text })),
    rich.map((text) => ({ kind: 'text' as const, text })),
    rich.map((text) => ({ kind: 'note' as const, text })),
    fc.array(rich, { maxLength: 4 }).map((items) => ({ kind: 'list' as const, items })),
    fc.array(fc.tuple(nasty, rich), { maxLength: 4 }).map((rows) => ({ kind: 'facts' as const, rows })),
    fc.array(nasty, { maxLength: 4 }).map((lines) => ({ kind: 'log' as const, lines })),
    fc.array(fc.record({ id: nasty, title: nasty, state: stepStates }), { maxLength: 3 }).map((steps) => ({
      kind: 'steps' as const,
      title: 'Tasks',
      steps,
    })),
    fc.constant({ kind: 'divider' as const }),
    fc.array(button, { maxLength: 9 }).map((buttons) => ({ kind: 'buttons' as const, buttons })),
  )

export const cardOf = (rich: fc.Arbitrary<Rich>): fc.Arbitrary<Card> =>
  fc.record({
    text: nasty,
    tone: fc.constantFrom('neutral' as const, 'attention' as const, 'bad' as const, 'good' as const),
    blocks: fc.array(blockOf(rich), { maxLength: 6 }),
  })
