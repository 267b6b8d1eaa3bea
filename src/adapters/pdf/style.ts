import type { Mode } from '../../domain/execution.ts'

/** In points, 72 to the inch. Above and below stand the banner and the page's number. */
export const MARGIN = { top: 56, right: 44, bottom: 52, left: 44 } as const

export const SIZES = { title: 21, verdict: 13, heading: 13, body: 9.5, table: 8.2, small: 7.5 } as const

export const COLOURS = {
  ink: '#1c2330',
  quiet: '#5d6675',
  rule: '#d9dee6',
  ground: '#f3f5f8',
  bad: '#a3211a',
  good: '#17663a',
} as const

export const TONES = {
  good: { ink: '#17663a', ground: '#e8f5ed' },
  bad: { ink: '#a3211a', ground: '#fdecea' },
  neutral: { ink: '#1c2330', ground: '#f3f5f8' },
} as const

/** Word and colour, for neither alone tells REAL from DRILL: not in print, and not to everybody's eyes. */
export const BANNERS = {
  drill: { word: 'DRILL', ground: '#f6b81a', ink: '#2b2100' },
  recovery: { word: 'REAL', ground: '#a3211a', ink: '#ffffff' },
} as const satisfies Record<Mode, { word: string; ground: string; ink: string }>
