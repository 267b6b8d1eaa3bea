import { buttonsOf, renderCard, renderLine } from '../adapters/terminal/render.ts'
import type { Card, Click, Told } from '../conversation/card.ts'
import type { Asking } from './asking.ts'
import type { Paper } from './paper.ts'

export interface Showing {
  show(told: Told): void
  /** Takes the headline away to make room, and so many lines below it. */
  clear(below: number): void
  /** By the numbers that stand before them, those of older cards included: they say what they saw, and are refused by that. */
  readonly buttons: ReadonlyMap<string, Click>
}

/**
 * Shows a thread as it grows: news and cards once each. On a live paper the headline stays below them and is painted anew, with
 * the prompt under it; elsewhere it is said once.
 */
export function showing(paper: Paper, asking: Asking | undefined, isLive = paper.isLive): Showing {
  const buttons = new Map<string, Click>()
  const shown = new Set<string>()
  let isBegun = false
  let standing = 0

  function clear(below: number): void {
    if (standing + below > 0 && isLive) paper.write(`\r\u001B[${standing + below}A\u001B[0J`)
    standing = 0
  }

  function fresh(cards: readonly Card[]): string[] {
    return cards
      .filter((card) => !shown.has(JSON.stringify(card)))
      .map((card) => {
        shown.add(JSON.stringify(card))
        const first = buttons.size + 1
        buttonsOf(card).forEach(({ click }, at) => void buttons.set(String(first + at), click))
        return renderCard(card, paper.screen, first)
      })
  }

  return {
    buttons,
    clear,
    show({ lines, cards, headline, outcome }) {
      clear(0)
      const news = lines.map((line) => renderLine(line, paper.screen)).join('\n')
      const top = outcome ? '' : renderCard(headline, paper.screen)
      const parts = [news, ...(isLive || isBegun ? [] : [top]), ...fresh(cards)].filter((part) => part !== '')
      for (const part of parts) paper.write(`${part}\n\n`)
      isBegun = true
      if (!isLive || top === '') return
      paper.write(`${top}\n\n`)
      standing = top.split('\n').length + 1
      asking?.prompt()
    },
  }
}
