import { renderCard, renderForm } from '../../../src/adapters/terminal/render.ts'
import type { Card, Form } from '../../../src/conversation/card.ts'
import type { Clock } from '../../../src/ports/clock.ts'

const SCREEN = { width: 96, isColoured: false, timeZone: 'UTC', program: '' }

/** What is said, who sees it and when, as it would be read in a terminal. */
export interface Paper {
  write(head: string, body?: string): void
  card(head: string, card: Card): void
  form(head: string, form: Form): void
  text(): string
}

export const drawn = (card: Card): string => renderCard(card, SCREEN)

export function paper(clock: Clock): Paper {
  const entries: string[] = []
  const write = (head: string, body = '') => {
    const time = clock.now().toISOString().slice(11, 19)
    const lines = body === '' ? [] : body.split('\n').map((line) => (line === '' ? '' : `    ${line}`))
    entries.push([`${time}  ${head}`, ...lines].join('\n'))
  }
  return {
    write,
    card: (head, card) => write(head, drawn(card)),
    form: (head, form) => write(head, `${form.title}\n\n${renderForm(form, SCREEN)}\n\n[${form.submit}]`),
    text: () => `${entries.map(unmade).join('\n\n')}\n`,
  }
}

/** Without what is made anew each time: ids of runs, and the receipts that are made of them. */
const unmade = (entry: string): string =>
  entry
    .replaceAll(/\b01[0-9A-HJKMNP-TV-Z]{24}\b/g, 'RUN')
    .replaceAll(/(dr-(?:real|drill)-\d{8}-[a-z]+)-[0-9a-z]{4}\b/g, '$1-xxxx')
    .replaceAll(/(receipt `?)[0-9a-f]{8}\b/g, '$1········')
