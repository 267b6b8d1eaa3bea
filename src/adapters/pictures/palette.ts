import type { Mode } from '../../domain/execution.ts'
import type { Status } from '../../domain/transitions.ts'

/** fill: of a box. line: its border, its badge and its small words, legible on the fill. */
export interface Shade {
  readonly fill: string
  readonly line: string
  /** What needs a look has a heavy border, what will not run a dashed one. */
  readonly border: 'plain' | 'heavy' | 'dashed'
}

export const STATE_SHADES = {
  PENDING: { fill: '#ffffff', line: '#5d6773', border: 'plain' },
  IN_PROGRESS: { fill: '#e3effd', line: '#175cb8', border: 'heavy' },
  PENDING_APPROVAL: { fill: '#fff0c9', line: '#8a4b00', border: 'heavy' },
  COMPLETED: { fill: '#e4f4e9', line: '#1b6e3c', border: 'plain' },
  FAILED: { fill: '#fde5e3', line: '#b3211b', border: 'heavy' },
  CANCELLED: { fill: '#eaecef', line: '#474f59', border: 'dashed' },
  PAUSED: { fill: '#f0eafc', line: '#6440b0', border: 'heavy' },
  RETRY: { fill: '#e3effd', line: '#175cb8', border: 'dashed' },
  SKIPPED: { fill: '#e9f1f3', line: '#3b616c', border: 'dashed' },
  ABANDONED: { fill: '#eaecef', line: '#474f59', border: 'dashed' },
} as const satisfies Record<Status, Shade>

/** The banner. A drill has stripes as well: it differs without colours, too. */
export const MODE_SHADES = {
  recovery: { fill: '#b3120f', ink: '#ffffff', stripes: undefined },
  drill: { fill: '#ffd23f', ink: '#1d2026', stripes: '#1d2026' },
} as const satisfies Record<Mode, { fill: string; ink: string; stripes: string | undefined }>

/** The card is opaque and light, with a rim: it reads the same on white and on a dark chat. */
export const CARD = {
  fill: '#f7f8fa',
  rim: '#c5cbd3',
  ink: '#1d2026',
  soft: '#525c68',
  grid: '#dfe3e8',
} as const

export const EDGE = { done: '#1b6e3c', open: '#7b8592' } as const

export const BARS = {
  planned: '#7b8592',
  actual: '#9aa5b1',
  critical: '#3d3a9e',
  criticalRow: '#ecebfa',
  wait: '#ffb31a',
  waitStripe: '#7a4100',
  objective: '#b3120f',
} as const
