import type { AfterAction } from '../domain/after-action.ts'
import type { Entry } from '../domain/after-action-timeline.ts'
import type { Rung } from '../domain/escalation.ts'
import type { Rich } from './card.ts'
import { clip, code, FAILURE_WORDS, INCIDENT_ROLE_WORDS } from './in-words.ts'
import type { Section } from './report-document.ts'
import { bounded, namesOf, plainLine, type Times } from './report-words.ts'

const ENTRIES = 120
const SAID = 200

/** What each kind of entry is called, and how much it says to a reader; undefined for what only the machinery cares about. */
const KIND_WORDS = {
  begun: ['the run was declared', 'loud'],
  paused: ['the run was paused', 'loud'],
  resumed: ['the run was resumed', 'loud'],
  cancelled: ['the run was cancelled', 'loud'],
  approve: ['approved', 'loud'],
  reject: ['rejected', 'loud'],
  adopt: ['taken over where it already ran', 'loud'],
  retry: ['to be tried again', 'loud'],
  skip: ['skipped', 'loud'],
  abandon: ['abandoned', 'loud'],
  hold: ['put on hold', 'loud'],
  release: ['released', 'loud'],
  fail: ['failed', 'loud'],
  expire: ['expired', 'loud'],
  cancel: ['cancelled', 'quiet'],
  cascade: ['abandoned with a task before it', 'quiet'],
  revive: ['taken up again', 'quiet'],
  start: ['started', 'quiet'],
  complete: ['completed', 'quiet'],
  askApproval: ['asked for approval', 'quiet'],
  withdrawn: ['could not start yet', 'quiet'],
  queued: ['waits in line', 'quiet'],
  running: ['runs', 'quiet'],
  voted: ['voted', 'loud'],
  escalated: ['asked for again', 'loud'],
  noted: ['noted', 'loud'],
  assigned: ['took a role', 'loud'],
  'room-opened': ['a war room was opened', 'quiet'],
  'room-closed': ['the war room was closed', 'quiet'],
  decline: ['declined, since nobody decided in time', 'loud'],
  intended: undefined,
  progressed: undefined,
} as const satisfies Record<Entry['kind'], readonly [string, 'loud' | 'quiet'] | undefined>

/** What happened, moment by moment. */
export function timeline(report: AfterAction, time: Times): Section {
  const name = namesOf(report)
  const told = report.timeline.filter(({ kind }) => KIND_WORDS[kind])
  const loud = told.filter(({ kind }) => KIND_WORDS[kind]?.[1] === 'loud').slice(0, ENTRIES)
  const quiet = told.filter(({ kind }) => KIND_WORDS[kind]?.[1] === 'quiet').slice(0, ENTRIES - loud.length)
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
  const columns = [
    { title: 'Time', weight: 12 },
    { title: 'Record', weight: 9, align: 'right' as const },
    { title: 'Task', weight: 24 },
    { title: 'What happened', weight: 40 },
    { title: 'By', weight: 15 },
  ]
  return { heading: 'What happened', blocks: [bounded(columns, rows, ENTRIES, told.length)] }
}

function said(entry: Entry): Rich {
  const { kind, attempt = 1, text, reason, references } = entry
  const words = wordsFor(entry)
  const which = attempt > 1 && kind !== 'complete' ? ` (attempt ${attempt})` : ''
  const why = reason ? ` – “${plainLine(reason, SAID)}”` : ''
  const [first, ...others] = references ?? []
  return [
    `${words}${which}${text ? `: ${plainLine(text, SAID)}` : ''}${why}`,
    ...(first === undefined ? [] : [': ', code(clip(plainLine(first, SAID), 80))]),
    ...(others.length > 0 ? [` + ${others.length} more`] : []),
  ]
}

function wordsFor({ kind, failure, vote, breakGlass, rung, role, person }: Entry): string {
  if (vote) return `${breakGlass ? 'BREAK GLASS: ' : ''}voted to ${vote}`
  if (rung) return `nobody had decided: ${RUNG_WORDS[rung]}`
  if (role)
    return person
      ? `${plainLine(person.name, 60)} became ${INCIDENT_ROLE_WORDS[role]}`
      : `nobody is ${INCIDENT_ROLE_WORDS[role]} any more`
  return failure ? FAILURE_WORDS[failure] : (KIND_WORDS[kind]?.[0] ?? kind)
}

const RUNG_WORDS = {
  'on-call': 'those on call were asked',
  others: 'everybody who may decide was asked',
  everybody: 'the whole channel was told',
} as const satisfies Record<Rung, string>
