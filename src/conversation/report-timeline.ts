import type { AfterAction } from '../domain/after-action.ts'
import type { Entry } from '../domain/after-action-timeline.ts'
import type { Rich } from './card.ts'
import { emergency } from './gate-in-words.ts'
import { clip, code, failureText } from './in-words.ts'
import type { Section } from './report-document.ts'
import { bounded, namesOf, plainLine, type Times } from './report-words.ts'
import { say } from './words/index.ts'

const ENTRIES = 120
const SAID = 200

/** How much each kind of entry says to a reader; undefined for what only the machinery cares about. */
const LOUDNESS = {
  begun: 'loud',
  paused: 'loud',
  resumed: 'loud',
  cancelled: 'loud',
  approve: 'loud',
  reject: 'loud',
  adopt: 'loud',
  retry: 'loud',
  skip: 'loud',
  abandon: 'loud',
  hold: 'loud',
  release: 'loud',
  fail: 'loud',
  expire: 'loud',
  cancel: 'quiet',
  cascade: 'quiet',
  revive: 'quiet',
  start: 'quiet',
  complete: 'quiet',
  askApproval: 'quiet',
  withdrawn: 'quiet',
  queued: 'quiet',
  running: 'quiet',
  voted: 'loud',
  escalated: 'loud',
  noted: 'loud',
  assigned: 'loud',
  'room-opened': 'quiet',
  'room-closed': 'quiet',
  decline: 'loud',
  intended: undefined,
  progressed: undefined,
} as const satisfies Record<Entry['kind'], 'loud' | 'quiet' | undefined>

/** What happened, moment by moment. */
export function timeline(report: AfterAction, time: Times): Section {
  const name = namesOf(report)
  const told = report.timeline.filter(({ kind }) => LOUDNESS[kind] !== undefined)
  const loud = told.filter(({ kind }) => LOUDNESS[kind] === 'loud').slice(0, ENTRIES)
  const quiet = told.filter(({ kind }) => LOUDNESS[kind] === 'quiet').slice(0, ENTRIES - loud.length)
  const shown = new Set([...loud, ...quiet])
  const rows = told
    .filter((entry) => shown.has(entry))
    .map((entry) => ({
      cells: [
        [time.exact(entry.at)],
        [String(entry.record)],
        [entry.task === undefined ? '–' : name(entry.task)],
        said(entry),
        [plainLine(entry.by.name, 60)],
      ],
      ...(entry.failure ? { tone: 'bad' as const } : {}),
    }))
  const { heading, columns: titles } = say().report.timeline
  const columns = [
    { title: titles.time, weight: 12 },
    { title: titles.record, weight: 9, align: 'right' as const },
    { title: titles.task, weight: 24 },
    { title: titles.what, weight: 40 },
    { title: titles.by, weight: 15 },
  ]
  return { heading, blocks: [bounded(columns, rows, ENTRIES, told.length)] }
}

function said(entry: Entry): Rich {
  const { kind, attempt = 1, reason, references, failure, text: recorded, minutes, left } = entry
  const text = failure ? failureText({ kind: failure, message: recorded ?? '', minutes, left }) : recorded
  const words = say().report
  const which = attempt > 1 && kind !== 'complete' ? words.attempt(attempt) : ''
  const why = reason ? words.timeline.because(plainLine(reason, SAID)) : ''
  const [first, ...others] = references ?? []
  return [
    `${wordsFor(entry)}${which}${text ? `: ${plainLine(text, SAID)}` : ''}${why}`,
    ...(first === undefined ? [] : [': ', code(clip(plainLine(first, SAID), 80))]),
    ...(others.length > 0 ? [words.timeline.moreReferences(others.length)] : []),
  ]
}

function wordsFor({ kind, failure, vote, breakGlass, rung, role, person }: Entry): string {
  const words = say().report
  if (vote) return `${breakGlass ? `${emergency(breakGlass, words)}: ` : ''}${words.votedTo[vote]}`
  const { escalated, became, vacant, what } = words.timeline
  if (rung) return escalated[rung]
  if (role) return person ? became[role](plainLine(person.name, 60)) : vacant[role]
  const happened: { readonly [kind: string]: string | undefined } = what
  return failure ? say().core.failure[failure] : (happened[kind] ?? kind)
}
