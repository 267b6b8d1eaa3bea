import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readPlanFile } from '../../../src/adapters/files/plan-file.ts'
import { readPlan } from '../../../src/domain/read-plan.ts'
import { TASK_TYPES } from '../../../src/engine/task-types/index.ts'
import { sampleEstate } from '../../../src/sandbox/aws/sample-estate.ts'
import { parseScenario } from '../../../src/sandbox/aws/scenario.ts'

const at = (path: string) => new URL(`../../../src/sandbox/${path}`, import.meta.url)
const names = readdirSync(at('plans/'))
const scenario = readFileSync(at('scenario.yaml'), 'utf8')

describe.each(names)('the sample plan %s', (name) => {
  const text = readFileSync(at(`plans/${name}`), 'utf8')

  test('is a whole plan that names only what the sample estate has', () => {
    const file = readPlanFile(text, name)
    expect(readPlan(file.kind === 'document' ? file.document : file, TASK_TYPES)).toMatchObject({
      kind: 'plan',
      plan: { id: name.replace('.yaml', ''), missing: [], warnings: [] },
    })
    const known = new Set([
      ...sampleEstate.applications.flatMap(({ servers, zone }) => [...servers.map(({ id }) => id), zone.id]),
      ...sampleEstate.documents.map((document) => document.name),
      ...sampleEstate.roles.flatMap(({ arn, externalIdSecret }) => [arn, externalIdSecret]),
      ...sampleEstate.applications.flatMap(({ account, database }) =>
        database.members.map(({ id, region }) => `arn:aws:rds:${region}:${account}:cluster:${id}`),
      ),
    ])
    const named =
      text.match(/\bs-0[0-9a-f]{16}\b|\bZ0[A-Z]+\b|\bLifeboat-\w+|\barn:\S+|\blifeboat\/\S+/g) ?? []
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((one) => !known.has(one))).toEqual([])
  })

  test('names no address outside example.com', () => {
    const addresses = text.match(/\b[\w-]+(\.[\w-]+)*\.(com|net|org|io)\b/g) ?? []
    expect(addresses.length).toBeGreaterThan(0)
    expect(addresses.filter((address) => !address.endsWith('example.com'))).toEqual([])
  })
})

test('the sample scenario is one, and names servers and documents that exist', () => {
  const parsed = parseScenario(scenario, 'scenario.yaml')
  const rules = 'scenario' in parsed ? parsed.scenario : []
  expect(rules).toHaveLength(3)
  for (const { when } of rules) {
    const servers = sampleEstate.applications.flatMap((application) =>
      application.servers.map(({ id }) => id),
    )
    const known = [...servers, ...sampleEstate.documents.map((document) => document.name)]
    expect(known).toContain(when.server ?? when.document)
  }
})
