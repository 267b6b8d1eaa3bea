import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { readConfig, SETTINGS, type Settings } from '../config.ts'
import { anchorLine, readAnchors } from './audit-anchors.ts'
import { type AuditedReport, auditReport } from './audit-report.ts'
import { type AuditedExecution, auditTable } from './audit-table.ts'

const HELP = `Checks that nobody changed what Lifeboat has recorded.

  npm start -- audit verify [ids]   all executions, or only these

  --report <file>           whether an after-action report (JSON) says what the records say, field by field
  --json                    the result as JSON
  --anchors <file>          compare with hashes kept earlier: tells whether history was cut off or rewritten
  --write-anchors <file>    keep the hashes that stand now, where all is intact
                            (give the file to somebody who cannot write to the table)
  --folder <folder>         the practice ground to look at where DYNAMODB_TABLE is not set (default .lifeboat)

AWS_REGION and DYNAMODB_TABLE name the table; the right to read it is enough.
Exit code: 0 intact, 1 something was changed, 2 it could not be checked.`

export interface OpenTable {
  readonly client: DynamoDBClient
  readonly table: string
  close(): Promise<void>
}

export interface AuditWorld {
  readonly settings: Settings
  openPractice(folder: string): Promise<OpenTable>
  say(line: string): void
  /** What is not the result: progress, and why something could not be checked. */
  note(line: string): void
}

/** The command "audit" with its words; answers the exit code. */
export async function audit(words: readonly string[], world: AuditWorld): Promise<0 | 1 | 2> {
  try {
    return await command(words, world)
  } catch (error) {
    world.note(`Could not check: ${error instanceof Error ? error.message : String(error)}`)
    return 2
  }
}

async function command(
  words: readonly string[],
  { settings, openPractice, say, note }: AuditWorld,
): Promise<0 | 1 | 2> {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: {
      help: { type: 'boolean', short: 'h' },
      json: { type: 'boolean' },
      report: { type: 'string' },
      anchors: { type: 'string' },
      'write-anchors': { type: 'string' },
      folder: { type: 'string' },
    },
    allowPositionals: true,
  })
  const [what, ...ids] = positionals
  if (values.help) {
    say(HELP)
    return 0
  }
  if (what !== 'verify') throw new Error(`"audit ${what ?? ''}" is no command. Say "audit verify".`)
  if (ids.length > 0 && values['write-anchors'] !== undefined)
    throw new Error('Anchors are kept of all executions. Leave out the ids, or --write-anchors.')
  const others = ids.length > 0 || values.anchors !== undefined || values['write-anchors'] !== undefined
  if (values.report !== undefined && others)
    throw new Error('A report is checked by itself. Leave out the ids and the anchors, or --report.')
  const report: unknown = values.report === undefined ? undefined : readJson(values.report)
  const anchors =
    values.anchors === undefined ? [] : readAnchors(readFileSync(values.anchors, 'utf8'), values.anchors)
  const isPractice = values.folder !== undefined || readConfig(settings).kind === 'none'
  const { client, table, close } = isPractice
    ? await openPractice(values.folder ?? '.lifeboat')
    : realTable(settings)
  const audited: AuditedExecution[] = []
  try {
    if (report !== undefined) {
      const audited = await auditReport(client, table, report)
      for (const line of values.json ? [JSON.stringify(audited, null, 2)] : reportLines(audited)) say(line)
      return audited.findings.length > 0 ? 1 : audited.unchecked === undefined ? 0 : 2
    }
    for await (const one of auditTable(client, table, { ids, anchors, note })) {
      audited.push(one)
      if (!values.json) for (const line of linesOf(one)) say(line)
    }
  } finally {
    await close()
  }
  const code = codeOf(audited)
  const summary = summaryOf(audited)
  say(values.json ? JSON.stringify({ intact: code === 0, summary, executions: audited }, null, 2) : summary)
  if (values['write-anchors'] !== undefined) {
    if (code === 0) writeFileSync(values['write-anchors'], audited.map(anchorLine).join(''))
    else note(`${values['write-anchors']} was not written: only what is intact is worth keeping.`)
  }
  return code
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`${file} is no JSON: ${error.message}`)
    throw error
  }
}

function reportLines({ execution, records, later, findings, unchecked }: AuditedReport): string[] {
  if (unchecked !== undefined) return [`${execution}  NOT CHECKED  ${unchecked}`]
  if (findings.length > 0) return findings.map((finding) => `${execution}  DIFFERS  ${finding}`)
  const since = later > 0 ? `; ${counted(later, 'record')} came later` : ''
  return [`${execution}  intact  the report says what its ${counted(records, 'record')} say${since}`]
}

/** What an auditor needs is the table: no word of Slack or Redis. The endpoint and the credentials are found by the SDK itself. */
function realTable(settings: Settings): OpenTable {
  const { AWS_REGION, DYNAMODB_TABLE } = SETTINGS
  const region = AWS_REGION.schema.safeParse(settings.AWS_REGION)
  const table = DYNAMODB_TABLE.schema.safeParse(settings.DYNAMODB_TABLE)
  if (!region.success || !table.success)
    throw new Error(`${region.success ? 'DYNAMODB_TABLE' : 'AWS_REGION'} is missing or malformed.`)
  const client = new DynamoDBClient({ region: region.data })
  return { client, table: table.data, close: async () => client.destroy() }
}

const codeOf = (audited: readonly AuditedExecution[]) => {
  if (audited.some(({ findings }) => findings.length > 0)) return 1
  return audited.some(({ unchecked }) => unchecked !== undefined) ? 2 : 0
}

function linesOf({ execution, version, hash, findings, unchecked }: AuditedExecution): string[] {
  const wrong = findings.map(({ kind, message }) => `${execution}  ${kind.toUpperCase()}  ${message}`)
  if (unchecked !== undefined) return [...wrong, `${execution}  NOT CHECKED  ${unchecked}`]
  return wrong.length > 0 ? wrong : [`${execution}  intact  version ${version}  ${hash}`]
}

function summaryOf(audited: readonly AuditedExecution[]): string {
  const records = audited.reduce((sum, one) => sum + one.records, 0)
  const findings = audited.reduce((sum, one) => sum + one.findings.length, 0)
  const found = audited.filter((one) => one.findings.length > 0).length
  const unchecked = audited.filter((one) => one.unchecked !== undefined).length
  const verdicts = [
    ...(found > 0 ? [`${counted(findings, 'finding')} in ${counted(found, 'execution')}`] : []),
    ...(unchecked > 0 ? [`${counted(unchecked, 'execution')} not checked`] : []),
  ]
  return `${counted(audited.length, 'execution')}, ${counted(records, 'record')}: ${verdicts.join('; ') || 'intact'}`
}

const counted = (count: number, what: string) =>
  `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`
