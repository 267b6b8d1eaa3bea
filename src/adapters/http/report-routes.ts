import { z } from 'zod'
import { reportMarkdown } from '../../conversation/report-text.ts'
import { type AfterAction, afterAction } from '../../domain/after-action.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Documents } from '../../ports/documents.ts'
import type { Door } from '../../ports/door.ts'
import { refusalProblem } from './problem.ts'
import { reportBody, reportShape } from './report-shape.ts'
import type { Answer, Call, Route } from './routes.ts'

export interface ReportParts {
  readonly documents: Documents
  readonly clock: Clock
}

/** A zone is one that this process knows by its IANA name: "Europe/Berlin". */
const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}
const zoneQuery = z.strictObject({
  zone: z
    .string()
    .max(64)
    .refine(isZone, 'expected the IANA name of a time zone such as Europe/Berlin')
    .default('UTC')
    .describe('The IANA name of the zone in which times are written, such as Europe/Berlin.'),
})

/** The after-action report of a run, in each of its forms; whoever may see the run may read it. */
export function reportRoutes(door: Door, { documents, clock }: ReportParts): readonly Route[] {
  const told = async (
    { parameters, asker }: Call,
    as: (report: AfterAction) => Answer | Promise<Answer>,
  ): Promise<Answer> => {
    const found = await door.history(parameters.id ?? '', asker)
    if (found.kind === 'refused') return refusalProblem(found.refusal)
    return as(afterAction(found.execution, found.records, clock.now()))
  }
  const nameOf = ({ run }: AfterAction, ending: string) =>
    `after-action-${run.id.replaceAll(/[^\w-]/g, '_')}.${ending}`

  return [
    {
      method: 'get',
      path: '/executions/{id}/report',
      summary: 'The after-action report: all of it, as data',
      gives: reportShape,
      success: 200,
      run: (call) => told(call, (report) => ({ status: 200, body: reportBody(report) })),
    },
    {
      method: 'get',
      path: '/executions/{id}/report.md',
      summary: 'The after-action report as Markdown',
      query: zoneQuery,
      gives: z.string(),
      type: 'text/markdown',
      success: 200,
      run: (call) =>
        told(call, (report) => {
          const { zone } = zoneQuery.parse(call.query)
          return { status: 200, content: reportMarkdown(report, zone), name: nameOf(report, 'md') }
        }),
    },
    {
      method: 'get',
      path: '/executions/{id}/report.pdf',
      summary: 'The after-action report as PDF',
      query: zoneQuery,
      gives: z.string(),
      type: 'application/pdf',
      success: 200,
      run: (call) =>
        told(call, async (report) => {
          const { zone } = zoneQuery.parse(call.query)
          return { status: 200, content: await documents.pdf(report, zone), name: nameOf(report, 'pdf') }
        }),
    },
  ]
}
