import type { AfterAction } from '../domain/after-action.ts'
import type { Mode } from '../domain/execution.ts'
import type { Rich } from './card.ts'
import { summarySections } from './report-summary.ts'
import { tableSections } from './report-tables.ts'
import { timeline } from './report-timeline.ts'
import { outcomeOf, type Verdict } from './report-verdict.ts'
import { verifying } from './report-verify.ts'
import { plainLine, zoned } from './report-words.ts'

/** A report for people, before any format. Every text in it is plain text: whoever renders it escapes all of it. */
export interface ReportDocument {
  readonly title: string
  readonly mode: Mode
  readonly id: string
  readonly verdict: Verdict
  readonly sections: readonly Section[]
}

export interface Section {
  /** None: it belongs to the title. */
  readonly heading?: string
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'text'; readonly text: Rich }
  | { readonly kind: 'list'; readonly items: readonly Rich[] }
  | { readonly kind: 'command'; readonly text: string }
  | Table

export interface Table {
  readonly kind: 'table'
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** How much is left out, and where it is. */
  readonly rest?: string
}

export interface Column {
  readonly title: string
  /** Of the width, beside the others. */
  readonly weight: number
  readonly align?: 'right'
}

export interface Row {
  readonly cells: readonly Rich[]
  readonly tone?: 'good' | 'bad' | 'quiet'
}

/** The report as a person reads it: what matters on top, times in that IANA zone, no more than a reader can take in. */
export function reportDocument(report: AfterAction, zone: string): ReportDocument {
  const time = zoned(zone, report)
  const { run } = report
  return {
    title: plainLine(run.plan.name, 150),
    mode: run.mode,
    id: run.id,
    verdict: outcomeOf(report),
    sections: [
      ...summarySections(report, time),
      ...tableSections(report, time),
      timeline(report, time),
      verifying(report, time),
    ],
  }
}
