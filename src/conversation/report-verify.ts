import type { AfterAction } from '../domain/after-action.ts'
import type { Section } from './report-document.ts'
import type { Times } from './report-words.ts'
import { say } from './words/index.ts'

/** How an auditor finds out that nobody has changed anything since. */
export function verifying({ run, chain, drawnUpAt }: AfterAction, time: Times): Section {
  const words = say().report.verify
  const madeOf = chain.intact ? words.intact : words.notIntact
  return {
    heading: words.heading,
    blocks: [
      { kind: 'text', text: [madeOf(chain.records, time.full(drawnUpAt))] },
      { kind: 'command', text: chain.lastHash },
      { kind: 'text', text: [words.run] },
      { kind: 'command', text: `npm start -- audit verify ${run.id}` },
      { kind: 'text', text: [words.json] },
      { kind: 'command', text: 'npm start -- audit verify --report report.json' },
    ],
  }
}
