import type { Mode } from '../domain/execution.ts'
import type { Status } from '../domain/transitions.ts'
import { clip } from './in-words.ts'
import { say } from './words/index.ts'

/** What a picture says: everything a painter needs, and nothing about pixels. All text is plain and clean (`visible`). */
export type Picture = GraphPicture | TimelinePicture

interface Told {
  readonly mode: Mode
  /** What the mode means: said beside it. */
  readonly means?: string
  readonly title: string
  readonly subtitle: string
  /** The same in words, for screen readers and for whoever does not get the picture. At most ALT_LIMIT characters. */
  readonly alt: string
  /** What the picture leaves out, or draws together. */
  readonly remark?: string
}

/** The tasks of a run and what waits for what. */
export interface GraphPicture extends Told {
  readonly kind: 'graph'
  readonly tally: readonly Tally[]
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly Edge[]
}

/** How many tasks are in a state. */
export interface Tally {
  readonly state: Status
  readonly symbol: string
  readonly words: string
  readonly count: number
}

/** One task, or several of one state that are drawn as one. */
export interface PictureNode {
  readonly id: string
  readonly label: string
  readonly state: Status
  readonly symbol: string
  /** The state as words, and what else is to be known of it; each fits into a line. */
  readonly notes: readonly string[]
  /** Tasks that are drawn as one, by name; the last line may count the rest. */
  readonly names: readonly string[]
}

export type Edge = readonly [from: string, to: string]

/** A run over time: planned against actual. Times are ISO; those to be read are words already, in the reader's zone. */
export interface TimelinePicture extends Told {
  readonly kind: 'timeline'
  readonly span: Span
  readonly ticks: readonly Tick[]
  /** The zone of all times that are read: its IANA name. */
  readonly zone: string
  readonly legend: Legend
  /** The recovery time objective; it may lie beyond the span. */
  readonly objective?: Tick
  readonly rows: readonly TimelineRow[]
}

/** What the bars and marks mean. */
export interface Legend {
  readonly planned: string
  readonly actual: string
  readonly critical: string
  readonly waiting: string
  /** In which zone times are read. */
  readonly zone: string
}

export interface TimelineRow {
  readonly id: string
  readonly label: string
  /** Absent where people held up the run as a whole. */
  readonly state?: Status
  readonly symbol: string
  readonly note: string
  readonly critical: boolean
  readonly planned?: Span
  readonly actual?: Span
  readonly waits: readonly Span[]
}

export interface Span {
  readonly from: string
  readonly to: string
}

export interface Tick {
  readonly at: string
  readonly label: string
}

export const ALT_LIMIT = 2_000

/** The mode without emoji, which no font of ours has in colour: still word, symbol and colour. */
export const MODE_SIGNS = {
  drill: { word: 'DRILL', symbol: '◇' },
  recovery: { word: 'REAL', symbol: '▲' },
} as const satisfies Record<Mode, { word: string; symbol: string }>

export const STATUS_SYMBOLS = {
  PENDING: '○',
  IN_PROGRESS: '▶',
  PENDING_APPROVAL: '?',
  COMPLETED: '✓',
  FAILED: '✕',
  CANCELLED: '–',
  PAUSED: '‖',
  RETRY: '↻',
  SKIPPED: '»',
  ABANDONED: '⊘',
} as const satisfies Record<Status, string>

/** The text as a person sees it: no controls, no direction overrides, nothing invisible, no towers of accents. */
export const visible = (text: string): string =>
  text
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(/\p{C}/gu, '')
    .normalize('NFC')
    .replaceAll(/(\p{M}{2})\p{M}+/gu, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** The name of a plan or task as pictures show it. */
export const nameOf = ({ id, name }: { readonly id: string; readonly name: string }): string =>
  clip(visible(name) || visible(id), 120) || say().pictures.unnamed
