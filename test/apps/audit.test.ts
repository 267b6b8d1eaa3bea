import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { dynamoExecutions } from '../../src/adapters/dynamodb/executions.ts'
import { changeKey, headKey, type Key, listedKey, planVersionKey } from '../../src/adapters/dynamodb/keys.ts'
import { dynamoPlans } from '../../src/adapters/dynamodb/plans.ts'
import { createTable } from '../../src/adapters/dynamodb/table.ts'
import { reportBody } from '../../src/adapters/http/report-shape.ts'
import { audit as command } from '../../src/apps/audit.ts'
import { afterAction } from '../../src/domain/after-action.ts'
import { evolve } from '../../src/domain/evolve.ts'
import { executionId } from '../../src/domain/execution.ts'
import { readPlan } from '../../src/domain/read-plan.ts'
import { TASK_TYPES } from '../../src/engine/task-types/index.ts'
import { startDynamoDb } from '../../src/sandbox/embedded/dynamodb.ts'
import { historyOf } from '../support/histories.ts'
import { freshDynamoDb } from '../support/servers.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'lifeboat-audit-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const { url } = await freshDynamoDb()
const keys = { AWS_ACCESS_KEY_ID: 'practice', AWS_SECRET_ACCESS_KEY: 'practice', AWS_REGION: 'us-west-2' }
const clientOf = (endpoint: string) => {
  const credentials = { accessKeyId: 'practice', secretAccessKey: 'practice' }
  return new DynamoDBClient({ endpoint, region: keys.AWS_REGION, credentials })
}
const plainClient = clientOf(url)
const client = DynamoDBDocumentClient.from(plainClient)
let tables = 0
let table: string

const document = (id: string) => ({
  recovery_plan_id: id,
  tasks: [
    { task_id: 'gate', task_type: 'approval', task_successors: ['rest'] },
    { task_id: 'rest', task_type: 'wait', inputs: { minutes: 5 } },
  ],
})

function planOf(id: string) {
  const read = readPlan(document(`plan-${id}`), TASK_TYPES)
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems))
  return read.plan
}

/** A table with three executions, each of a plan of its own. */
async function fill(plain: DynamoDBClient, name: string): Promise<void> {
  await createTable(plain, name)
  const into = DynamoDBDocumentClient.from(plain)
  for (const id of ['01A', '01B', '01C']) {
    const plan = planOf(id)
    const given = { id: plan.id, hash: plan.hash, document: document(plan.id) }
    await dynamoPlans(into, name).put({ ...given, savedAt: 'now', savedBy: 'test' })
    const begun = historyOf(plan, [], id)
    const store = dynamoExecutions(into, name)
    let [execution] = [begun.execution]
    const [first, ...records] = historyOf(plan, [1, 2, 5, 4, 6, 7], id).records
    if (first) await store.create(execution, first)
    for (const record of records) {
      const after = evolve(execution, record)
      await store.save(execution, record, after)
      execution = after
    }
  }
}

beforeEach(async () => {
  tables += 1
  table = `audited-${tables}`
  await fill(plainClient, table)
})

/** The command as an auditor runs it: a process of its own, which knows the table and nothing of Slack or Redis. */
async function auditProcess(words: readonly string[], settings: { [name: string]: string } = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'audit', ...words], {
    cwd: ROOT,
    env: { PATH: '/usr/bin:/bin', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { out, errors, code }
}
const onTable = () => ({ ...keys, DYNAMODB_TABLE: table, AWS_ENDPOINT_URL_DYNAMODB: url })

/** The same within this process, which takes a second less. */
async function audit(words: readonly string[], settings: { [name: string]: string } = {}) {
  const said: string[] = []
  const noted: string[] = []
  const code = await command(words, {
    settings,
    openPractice: async () => ({ client: plainClient, table, close: async () => {} }),
    say: (line) => void said.push(`${line}\n`),
    note: (line) => void noted.push(`${line}\n`),
  })
  return { out: said.join(''), errors: noted.join(''), code }
}

/** Somebody with the right to write edits the JSON of an item. */
async function tamper(key: Key, from: string, to: string): Promise<void> {
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: key }))
  const before: unknown = Item?.json
  if (typeof before !== 'string' || !before.includes(from)) throw new Error(`"${from}" is not in ${key.sk}.`)
  await client.send(
    new UpdateCommand({
      TableName: table,
      Key: key,
      UpdateExpression: 'SET json = :json',
      ExpressionAttributeValues: { ':json': before.replace(from, to) },
    }),
  )
}
const remove = (Key: Key) => client.send(new DeleteCommand({ TableName: table, Key }))

test('an untouched table is intact; a tampered record is named, the others stay intact, and the exit code is 1', async () => {
  const intact = await auditProcess(['verify'], onTable())
  expect(intact.errors).toBe('')
  const lines = intact.out.trim().split('\n')
  for (const [place, id] of ['01C', '01B', '01A'].entries())
    expect(lines[place]).toMatch(new RegExp(`^${id}  intact  version \\d  [0-9a-f]{64}$`))
  expect(lines[3]).toMatch(/^3 executions, \d+ records: intact$/)
  expect(intact.code).toBe(0)

  await tamper(changeKey('01B', 2), '"version":2', '"version":2,"note":"nothing happened"')
  const { out, code } = await auditProcess(['verify'], onTable())
  expect(out).toContain(
    '01B  CHANGED  In the place of record 2 of execution 01B stands a record that does not match',
  )
  expect(out).toContain('01A  intact')
  expect(out).toMatch(/3 executions, \d+ records: 1 finding in 1 execution\n$/)
  expect(code).toBe(1)
})

test('whatever else is done to the table is found', async () => {
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: changeKey('01A', 2) }))
  await client.send(new PutCommand({ TableName: table, Item: { ...Item, sk: 'CHANGE#2' } }))
  await tamper(headKey('01B'), '"mode":"drill"', '"mode":"recovery"')
  await client.send(
    new UpdateCommand({
      TableName: table,
      Key: changeKey('01C', 1),
      UpdateExpression: 'SET expires_at = :soon',
      ExpressionAttributeValues: { ':soon': 1 },
    }),
  )
  const { out, code } = await audit(['verify', '--json'])
  const { intact, executions } = JSON.parse(out)
  expect(intact).toBe(false)
  const found = executions.map((one: { execution: string; findings: { kind: string }[] }) => [
    one.execution,
    [...new Set(one.findings.map(({ kind }) => kind))],
  ])
  expect(found).toEqual([
    ['01C', ['changed']],
    ['01B', ['state-differs']],
    ['01A', ['added']],
  ])
  expect(code).toBe(1)
})

test('a plan that was changed or deleted after the run began is found', async () => {
  await remove(planVersionKey('plan-01A', 1))
  const change = {
    UpdateExpression: 'SET #hash = :other',
    ExpressionAttributeNames: { '#hash': 'hash' },
    ExpressionAttributeValues: { ':other': 'other' },
  }
  await client.send(new UpdateCommand({ TableName: table, Key: planVersionKey('plan-01B', 1), ...change }))
  const { out, code } = await audit(['verify', '01A', '01B'])
  expect(out).toContain('01A  MISSING  Version 1 of the plan "plan-01A" is not stored')
  expect(out).toContain('01B  CHANGED  Version 1 of the plan "plan-01B" does not match its own hash')
  expect(out).not.toContain('01C')
  expect(code).toBe(1)
})

test('an execution that is gone with all its traces is found by the anchors kept before', async () => {
  const file = join(folder, 'anchors.txt')
  expect((await audit(['verify', '--write-anchors', file])).code).toBe(0)
  expect(readFileSync(file, 'utf8')).toMatch(/^(01[ABC] \d [0-9a-f]{64}\n){3}$/)
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: headKey('01B') }))
  for (let version = 1; version <= Number(Item?.version); version += 1)
    await remove(changeKey('01B', version))
  await remove(headKey('01B'))
  await remove(listedKey('01B'))
  await remove({ pk: 'ACTIVE', sk: 'plan-01B' })

  expect(await audit(['verify'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('2 executions'),
  })
  const other = join(folder, 'later.txt')
  const { out, code, errors } = await audit(['verify', '--anchors', file, '--write-anchors', other])
  expect(out).toContain('01B  ROLLED-BACK  Execution 01B had record')
  expect(errors).toContain('later.txt was not written')
  expect(code).toBe(1)
})

test('a report is compared with the records it was made of, and each field that differs is named', async () => {
  const file = join(folder, 'report.json')
  const store = dynamoExecutions(client, table)
  const execution = await store.load(executionId.parse('01B'))
  if (!execution) throw new Error('01B is not stored')
  const records = await store.changesSince(execution.id, 0)
  const report = reportBody(afterAction(execution, records, new Date('2026-02-08T12:00:00.000Z')))
  const given = async (changed: object) => {
    writeFileSync(file, JSON.stringify({ ...report, ...changed }))
    return audit(['verify', '--report', file])
  }
  expect(await given({})).toEqual({
    out: `01B  intact  the report says what its ${records.length} records say\n`,
    errors: '',
    code: 0,
  })
  const [first, ...decisions] = report.decisions
  const forged = await given({ decisions: [{ ...first, reason: 'agreed' }, ...decisions], note: 'all well' })
  expect(forged.out).toContain(
    '01B  DIFFERS  decisions[0].reason: the report says "agreed", the records say "rehearsal".',
  )
  expect(forged.out).toContain('DIFFERS  note: the report says "all well", the records say nothing.')
  expect(forged.code).toBe(1)
  const longer = await given({ chain: { ...report.chain, records: records.length + 1 } })
  expect(longer.out).toContain('the last ones were cut off, or the report was changed')

  // Drawn up one record earlier: it still holds, and what came later is said.
  const before = records.slice(0, -1)
  const earlier = before.slice(1).reduce(evolve, historyOf(planOf('01B'), [], '01B').execution)
  writeFileSync(
    file,
    JSON.stringify(reportBody(afterAction(earlier, before, new Date('2026-01-08T13:00:00.000Z')))),
  )
  expect((await audit(['verify', '--report', file])).out).toContain('records say; 1 record came later')

  await tamper(changeKey('01B', 2), '"version":2', '"version":2,"note":"nothing happened"')
  const tampered = await given({})
  expect(tampered.out).toContain('01B  DIFFERS  In the place of record 2 of execution 01B')
  expect(tampered.code).toBe(1)
})

test('what cannot be checked is said in words, with exit code 2', async () => {
  const refused = async (words: readonly string[], settings = {}) => {
    const { out, errors, code } = await audit(words, settings)
    expect([out, code]).toEqual(['', 2])
    return errors
  }
  expect(await refused(['check'])).toContain('Say "audit verify"')
  expect(await refused(['verify'], { ...onTable(), AWS_REGION: '' })).toContain('AWS_REGION is missing')
  expect(await refused(['verify', '01A', '--write-anchors', join(folder, 'some.txt')])).toContain(
    'Leave out the ids',
  )
  writeFileSync(join(folder, 'torn.txt'), '01A 3 12ab')
  expect(await refused(['verify', '--report', join(folder, 'torn.txt')])).toContain('torn.txt is no JSON')
  writeFileSync(join(folder, 'other.json'), '{"format":"another"}')
  expect(await refused(['verify', '--report', join(folder, 'other.json')])).toContain('This is no report')
  expect(await refused(['verify', '01A', '--report', join(folder, 'other.json')])).toContain('by itself')
  expect(await refused(['verify', '--anchors', join(folder, 'torn.txt')])).toContain(
    'torn.txt, line 1, is no anchor',
  )
  table = 'nowhere'
  expect(await refused(['verify'])).toContain('DynamoDB could not read EXECUTIONS')
})

test('without settings the practice ground is checked, unless it is running', async () => {
  const home = join(folder, 'practice')
  const none = await auditProcess(['verify', '--folder', home])
  expect([none.errors, none.code]).toEqual([expect.stringContaining('There is no practice ground in'), 2])
  const running = await startDynamoDb({ folder: join(home, 'dynamodb') })
  await fill(clientOf(running.url), 'lifeboat-practice')
  const busy = await auditProcess(['verify', '--folder', home])
  expect(busy.errors).toMatch(/process \d+ already runs one there/)
  expect(busy.errors).toContain('must be stopped first')
  expect(busy.code).toBe(2)
  await running.close()
  expect(await auditProcess(['verify', '--folder', home])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/3 executions, \d+ records: intact/),
  })
})
