import { createHash } from 'node:crypto'
import type { Block, Card, Inline, Rich } from '../../../conversation/card.ts'
import { say } from '../../../conversation/words/index.ts'
import type { Mode } from '../../../domain/execution.ts'
import { STYLE } from './style.ts'

export interface Page {
  readonly card: Card
  /** Painted all over the page, beside the words. */
  readonly mode?: Mode
  /** Its one button, which posts to its own address. */
  readonly button?: string
  /** A way on, below. */
  readonly back?: { readonly path: string; readonly label: string }
}

/** A card as a page of plain HTML: no script, no picture, nothing from elsewhere. */
export function renderPage({ card, mode, button, back }: Page): string {
  const words = say().answers.signInPage
  const heading = card.blocks.find((block) => block.kind === 'heading')?.text ?? card.text
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escaped(heading)} – Lifeboat</title>
<style>${STYLE}</style>
</head>
<body class="${mode ?? 'plain'}">
<main>
${mode ? `<p class="mode">${words.mode[mode]}</p>` : ''}
${card.blocks.map(blockHtml).join('\n')}
${button ? `<form method="post"><button type="submit">${escaped(button)}</button></form>` : ''}
${back ? `<p><a href="${escaped(back.path)}">${escaped(back.label)}</a></p>` : ''}
</main>
</body>
</html>
`
}

/** Its style and nothing else. A form's redirects count as well, so the provider's pages have to be among its targets. */
export function headersOf(issuer: string): { readonly [name: string]: string } {
  const style = createHash('sha256').update(STYLE).digest('base64')
  const forms = issuer.startsWith('https:') ? 'https:' : new URL(issuer).origin
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${style}'`,
    `form-action 'self' ${forms}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'x-robots-tag': 'noindex',
  }
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h1>${escaped(block.text)}</h1>`
    case 'text':
      return `<p>${richHtml(block.text)}</p>`
    case 'note':
      return `<p class="note">${richHtml(block.text)}</p>`
    case 'facts':
      return `<dl>${block.rows.map(([label, value]) => `<dt>${escaped(label)}</dt><dd>${richHtml(value)}</dd>`).join('')}</dl>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${richHtml(item)}</li>`).join('')}</ul>`
    case 'log':
      return `<pre>${escaped(block.lines.join('\n'))}</pre>`
    case 'divider':
      return '<hr>'
    // A run's checklist is no part of a decision.
    case 'steps':
      return ''
    // What is decided here is the one button of the page.
    case 'buttons':
      return ''
  }
}

const richHtml = (rich: Rich): string => rich.map(inlineHtml).join('')

function inlineHtml(inline: Inline): string {
  if (typeof inline === 'string') return escaped(inline)
  switch (inline.kind) {
    case 'strong':
      return `<strong>${escaped(inline.text)}</strong>`
    case 'code':
      return `<code>${escaped(inline.text)}</code>`
    case 'person':
      return `<b>${escaped(inline.name)}</b>`
    case 'group':
      return `<b>${escaped(inline.id)}</b>`
    case 'channel':
      return `<b>#${escaped(inline.name)}</b>`
    case 'link':
      return /^https?:\/\//.test(inline.url)
        ? `<a href="${escaped(inline.url)}">${escaped(inline.text)}</a>`
        : escaped(inline.text)
    case 'time': {
      const [, clock = inline.at] = /T(\d\d:\d\d)/.exec(inline.at) ?? []
      return `<time datetime="${escaped(inline.at)}">${escaped(clock)} UTC</time>`
    }
  }
}

const ENTITIES: { readonly [letter: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '')
