import type { Screen } from '../adapters/terminal/render.ts'
import type { CliConfig } from '../config.ts'

/** A stream that is written on, and what can be seen on it. */
export interface Paper {
  readonly screen: Screen
  /** It is a terminal whose cursor can be moved back. */
  readonly isLive: boolean
  write(text: string): void
}

export interface Papers {
  /** Results. */
  readonly out: Paper
  /** What is said to somebody who sits there. */
  readonly errors: Paper
  /** Takes every answer of the bot as it came; nothing is rendered on `out` then. */
  readonly json?: (answer: object) => void
}

export interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const USUAL_WIDTH = 80
/** Longer lines are hard to read, however wide the window is. */
const WIDEST = 100

export function papersOf(output: Stream, errors: Stream, config: CliConfig, isJson: boolean): Papers {
  const out = paper(output, config)
  const both = { out, errors: paper(errors, config) }
  if (!isJson) return both
  const json = (answer: object) => out.write(`${JSON.stringify(answer)}\n`)
  return { ...both, out: { screen: out.screen, isLive: false, write: () => {} }, json }
}

/** Its width is asked anew each time, as windows change. */
function paper(stream: Stream, { isColourful, isClever, columns }: CliConfig): Paper {
  const known = new Intl.DateTimeFormat().resolvedOptions().timeZone
  // What a TZ that no machine knows comes out as.
  const timeZone = known && known !== 'Etc/Unknown' ? known : 'UTC'
  return {
    get screen() {
      const width = Math.min((stream.isTTY && stream.columns) || columns || USUAL_WIDTH, WIDEST)
      return { width, isColoured: isColourful && stream.isTTY === true, timeZone, program: 'lifeboat ' }
    },
    isLive: isClever && stream.isTTY === true,
    write: (text) => void stream.write(text),
  }
}
