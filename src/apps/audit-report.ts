import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { findExecution } from '../adapters/dynamodb/audit.ts'
import { dynamoPlans } from '../adapters/dynamodb/plans.ts'
import { reportBody } from '../adapters/http/report-shape.ts'
import { afterAction, FORMAT } from '../domain/after-action.ts'
import { verify } from '../domain/audit.ts'
import { executionId } from '../domain/execution.ts'
import { replay } from '../domain/replay.ts'
import { planReader } from './audit-plan.ts'

/** More differences than these are one lie, told at length. */
const NAMED = 20
const LONGEST_VALUE = 80

export interface AuditedReport {
  readonly execution: string
  /** That the report was made of. */
  readonly records: number
  /** That were written since. */
  readonly later: number
  /** A sentence each: what is wrong with the records, or with what the report says of them. */
  readonly findings: readonly string[]
  /** Why it could not be checked; that is no finding. */
  readonly unchecked?: string
}

const reportShape = z.looseObject({
  format: z.literal(FORMAT),
  drawn_up_at: z.iso.datetime(),
  run: z.looseObject({ id: executionId }),
  chain: z.looseObject({ records: z.int().positive() }),
})

/** Makes the report anew, of the records that the table holds, and compares the two field by field. Only reads. */
export async function auditReport(
  client: DynamoDBClient,
  table: string,
  given: unknown,
): Promise<AuditedReport> {
  const report = reportShape.safeParse(given)
  if (!report.success)
    throw new Error(`This is no report of the format ${FORMAT}: ${z.prettifyError(report.error)}`)
  const { run, chain, drawn_up_at } = report.data
  const documents = DynamoDBDocumentClient.from(client)
  const found = await findExecution(documents, table, run.id)
  const nothing = { execution: run.id, records: chain.records, later: 0, findings: [] }
  if (!found) return { ...nothing, findings: [`Nothing is stored of execution ${run.id}.`] }
  const { plan, finding, unchecked } = await planReader(dynamoPlans(documents, table))(found)
  const wrong = [...verify(found, plan), ...(finding ? [finding] : [])]
  if (wrong.length > 0) return { ...nothing, findings: wrong.map(({ message }) => message) }
  if (!plan || !found.head) return { ...nothing, unchecked: unchecked ?? 'Its plan cannot be told.' }
  const all = [...found.records.values()].flatMap((record) => record ?? [])
  const records = all.toSorted((a, b) => a.version - b.version).slice(0, chain.records)
  if (records.length < chain.records) {
    const findings = [
      `The report was made of ${chain.records} records; ${records.length} are stored: the last ones were cut off, or the report was changed.`,
    ]
    return { ...nothing, findings }
  }
  const replayed = replay(plan, found.head, records)
  if (replayed.kind === 'illegal') return { ...nothing, findings: [replayed.why] }
  const made = reportBody(afterAction(replayed.execution, records, new Date(drawn_up_at)))
  return { ...nothing, later: all.length - records.length, findings: named([...differences(given, made)]) }
}

function named(all: readonly string[]): string[] {
  const left = all.length - NAMED
  return left > 0 ? [...all.slice(0, NAMED), `${left} more fields differ.`] : [...all]
}

/** Where the two differ, the innermost field of each difference. */
function* differences(given: unknown, made: unknown, path = ''): Generator<string> {
  if (isBranch(given) && isBranch(made) && Array.isArray(given) === Array.isArray(made)) {
    const [has, should] = [new Map(Object.entries(given)), new Map(Object.entries(made))]
    for (const name of new Set([...has.keys(), ...should.keys()])) {
      const step = Array.isArray(given) ? `[${name}]` : `${path === '' ? '' : '.'}${name}`
      yield* differences(has.get(name), should.get(name), `${path}${step}`)
    }
  } else if (given !== made)
    yield `${path || 'The report'}: the report says ${shown(given)}, the records say ${shown(made)}.`
}

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}
