import fc from 'fast-check'
import { expect, test } from 'vitest'
import { headersOf, renderPage } from '../../../src/adapters/http/step-up/page.ts'
import type { Rich } from '../../../src/conversation/card.ts'

const page = (...text: Rich) =>
  renderPage({ card: { text: 'A card', tone: 'neutral', blocks: [{ kind: 'text', text }] } })

test('links lead to the web and nowhere else', () => {
  expect(page({ kind: 'link', url: 'https://dr.example.com/decide/x?a=1&b="', text: 'Sign <in>' })).toContain(
    '<a href="https://dr.example.com/decide/x?a=1&amp;b=&quot;">Sign &lt;in&gt;</a>',
  )
  expect(page({ kind: 'link', url: 'javascript:alert(1)', text: 'Sign in' })).not.toContain('<a ')
})

test('whatever a card holds, the page has the same tags', () => {
  const nasty = fc
    .array(fc.oneof(fc.string(), fc.constantFrom('<', '>', '"', "'", '&', '</p>', '<script>', '<!--')))
    .map((parts) => parts.join(''))
  const tagsOf = (html: string) => html.replaceAll(/[^<>]+/g, ' ')
  const made = (text: string) =>
    renderPage({
      card: {
        text,
        tone: 'neutral',
        blocks: [
          { kind: 'heading', text },
          { kind: 'facts', rows: [[text, [text, { kind: 'code', text }]]] },
          {
            kind: 'list',
            items: [
              [
                { kind: 'person', id: text, name: text },
                { kind: 'group', id: text },
              ],
            ],
          },
          { kind: 'log', lines: [text] },
          { kind: 'note', text: [{ kind: 'time', at: text, style: 'clock' }] },
        ],
      },
      mode: 'drill',
      button: text,
      back: { path: text, label: text },
    })
  const expected = tagsOf(made('x'))
  fc.assert(
    fc.property(nasty, (text) => {
      expect(tagsOf(made(text || 'x'))).toBe(expected)
    }),
  )
})

test('REAL and DRILL differ in words and in colour', () => {
  const card = { text: 'A card', tone: 'neutral' as const, blocks: [] }
  expect(renderPage({ card, mode: 'recovery' })).toMatch(
    /class="recovery"[\s\S]*🔴 REAL: this moves production/,
  )
  expect(renderPage({ card, mode: 'drill' })).toMatch(/class="drill"[\s\S]*🟡 DRILL: a rehearsal/)
})

test('a form may lead to pages of the web, or to the one provider on this machine', () => {
  const policyOf = (issuer: string) => headersOf(issuer)['content-security-policy']
  expect(policyOf('https://id.example.com/x')).toContain("form-action 'self' https:;")
  expect(policyOf('http://127.0.0.1:4000')).toContain("form-action 'self' http://127.0.0.1:4000;")
})
