import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { expect, test } from 'vitest'
import { reportMarkdown } from '../../src/conversation/report-text.ts'
import { largeReport, sampleReport, withWords } from '../support/after-action.ts'

const html = (markdown: string): string =>
  // Dangerous HTML is let through, so that it would be seen here.
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })

/** The tags of what is shown; whether a text stands as code is our choice and no forgery. */
const tags = (markdown: string): string =>
  [...html(markdown).matchAll(/<[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/^<\/?code>$/.test(tag))
    .join('')

const sample = sampleReport()

test('a manager reads on top how it went, what was agreed, what failed and what waiting cost', () => {
  const [title, verdict, table, list] = reportMarkdown(sample, 'Europe/Berlin').split('\n\n')
  expect(title).toBe('# After-action report: Payments to us-west-2')
  expect(verdict).toBe('**🟡 DRILL · ❌ Completed after 1 h 00 min, 15 min over the objective of 45 min.**')
  expect(table).toContain('| Recovery time (RTO) | 45 min | 1 h 00 min to the last task | ✗ not met |')
  expect(table).toContain(
    '| Time to health | – | not measured: the plan marks no task as its check of health | – |',
  )
  expect(table).toContain('not known: no task recorded the recovery point it used')
  expect(list).toBe(
    [
      '- 4 of 5 tasks completed, 1 skipped (Warm the caches).',
      '- 2 attempts failed: Warm the caches, Recover the servers.',
      '- People were waited for during 15 min; 10 min lay on the critical path and made the run longer.',
    ].join('\n'),
  )
})

test('times are in the zone of the reader, which is named, with UTC where a run is dated', () => {
  const berlin = reportMarkdown(sample, 'Europe/Berlin')
  expect(berlin).toContain('Thu, 8 Jan 2026, 13:00 Europe/Berlin (12:00 UTC), by Anna `slack:U1`')
  expect(berlin).toContain('Other times below are in Europe/Berlin (UTC+1).')
  expect(berlin).toContain('| 13:20 | Anna `slack:U1` | Warm the caches: skipped |')
  expect(reportMarkdown(sample, 'UTC')).toContain('| 12:20 | Anna `slack:U1` |')
  // In Auckland the same hour is the next day's first: both days are named.
  expect(
    reportMarkdown({ ...sample, run: { ...sample.run, endedAt: '2026-01-09T01:00:00.000Z' } }, 'UTC'),
  ).toContain('| 8 Jan 12:20 |')
})

test('the end says how to verify, with the last hash and the commands', () => {
  const end = reportMarkdown(sample, 'UTC').split('## How to verify')[1]
  expect(end).toContain(`made of ${sample.chain.records} records and nothing else`)
  expect(end).toContain(`\`\`\`\n${sample.chain.lastHash}\n\`\`\``)
  expect(end).toContain('npm start -- audit verify 01SAMPLE\n')
  expect(end).toContain('npm start -- audit verify --report report.json\n')
})

test('a chain that is not intact is shouted', () => {
  const broken = reportMarkdown({ ...sample, chain: { ...sample.chain, intact: false } }, 'UTC')
  expect(broken.match(/NOT INTACT/g)?.length).toBe(2)
})

test('a run of 2,000 tasks fits on some pages, and says where the rest is', () => {
  const markdown = reportMarkdown(largeReport(2_000), 'UTC')
  expect(markdown.length).toBeLessThan(60_000)
  expect(markdown).toContain('1940 more are in the JSON report.')
})

const ATTACKS = [
  '\n# Forged heading\n\n',
  '| forged | row |\n| --- | --- |',
  '[click](https://evil.example.com) <https://evil.example.com> https://evil.example.com www.evil.example.com',
  '![x](https://evil.example.com/x.png)',
  '<!channel> <@U123> @everyone @octocat owner/repo#1 #42 someone@example.com',
  '<script>alert(1)</script> <b> &lt; &amp; &#64;here',
  '`code` ```fence``` ~~gone~~ **bold** __bold__ $x$ :tada: \\| \\\\| \\',
  '- item\n1. item\n> quote\n---\n===\n[^1]: note\n[a]: https://evil.example.com',
]

test('no text of a plan, of AWS or of people makes a heading, a link, a mention, a row or a tag', () => {
  const plain = tags(reportMarkdown(withWords(sample, 'word'), 'UTC'))
  expect(plain).toContain('<h1>')
  const piece = fc.constantFrom(
    ...ATTACKS,
    ...'|`*_[]()<>!#@&\\~-+=:/.$"\n\t '.split(''),
    'www.',
    'http://',
    'a',
    '1.',
  )
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
  )
  const holds = (words: string) => {
    const markdown = reportMarkdown(withWords(sample, words), 'UTC')
    expect(tags(markdown)).toBe(plain)
    const shown = html(markdown).replaceAll(/<code>[^<]*<\/code>/g, '')
    expect(shown).not.toMatch(/@[\w!]|#\w|:\/\/|www\.|href|&lt;[@!#]\w/i)
  }
  for (const attack of ATTACKS) holds(attack)
  fc.assert(
    fc.property(
      text.map((words) => `${words}x`),
      holds,
    ),
    { numRuns: 60 },
  )
}, 60_000)
