import type { AfterAction } from '../domain/after-action.ts'
import type { Section } from './report-document.ts'
import type { Times } from './report-words.ts'

/** How an auditor finds out that nobody has changed anything since. */
export function verifying({ run, chain, drawnUpAt }: AfterAction, time: Times): Section {
  const state = chain.intact
    ? 'every record fitted its own hash and named the hash of the one before'
    : 'the chain was NOT INTACT: a record was missing, changed, or did not follow on the one before'
  return {
    heading: 'How to verify',
    blocks: [
      {
        kind: 'text',
        text: [
          `This report was made of ${chain.records} records and nothing else, ${time.full(drawnUpAt)}. When it was made, ${state}. The hash of the last record is`,
        ],
      },
      { kind: 'command', text: chain.lastHash },
      { kind: 'text', text: ['Whether all that is recorded of this run is as it was written:'] },
      { kind: 'command', text: `npm start -- audit verify ${run.id}` },
      { kind: 'text', text: ['Whether the JSON report says what the records say, field by field:'] },
      { kind: 'command', text: 'npm start -- audit verify --report report.json' },
    ],
  }
}
