import { expect, test } from 'vitest'
import { z } from 'zod'
import { reportShape } from '../../../src/adapters/http/report-shape.ts'
import { sampleRun } from '../../support/after-action.ts'
import { served } from './served.ts'

const TOKEN = 'sample-token-of-a-test'

/** The API over HTTP, before a door that knows one run and lets only the token "auditor" see it. */
async function ground() {
  const made = sampleRun()
  const callers = ['auditor', 'stranger'].map((name) => ({
    name,
    token: `${TOKEN}-${name}`,
    roles: ['viewer'],
  }))
  const url = await served(
    {
      async history(id, { actor }) {
        if (id !== '01SAMPLE')
          return { kind: 'refused', refusal: { why: 'no-such-execution', execution: id } }
        if (actor.name !== 'auditor')
          return { kind: 'refused', refusal: { why: 'directory-unavailable', asked: 'see' } }
        return { kind: 'history', execution: made.execution(), records: made.records }
      },
    },
    callers,
  )
  return (path: string, who = 'auditor') =>
    fetch(`${url}${path}`, { headers: { authorization: `Bearer ${TOKEN}-${who}` } })
}

test('the report as JSON has every field that the schema names, and none besides', async () => {
  const get = await ground()
  const response = await get('/executions/01SAMPLE/report')
  expect(response.status).toBe(200)
  const report = reportShape.parse(await response.json())
  expect(report.objectives.rto).toMatchObject({ objective_minutes: 45, actual_minutes: 60, met: false })
  expect(report.waiting.waits).toHaveLength(3)
  expect(report.chain).toMatchObject({ intact: true, records: report.timeline.at(-1)?.record })
})

test('the report as Markdown and as PDF comes in its own type, in the zone that was asked for', async () => {
  const get = await ground()
  const markdown = await get('/executions/01SAMPLE/report.md?zone=Europe/Berlin')
  expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
  expect(markdown.headers.get('content-disposition')).toBe('inline; filename="after-action-01SAMPLE.md"')
  expect(await markdown.text()).toContain('13:00 Europe/Berlin (12:00 UTC)')
  const pdf = await get('/executions/01SAMPLE/report.pdf')
  expect(pdf.headers.get('content-type')).toBe('application/pdf')
  expect(Buffer.from(await pdf.arrayBuffer()).toString('latin1', 0, 5)).toBe('%PDF-')
})

test('a zone that does not exist, a run that does not exist, and somebody who may not see it are refused', async () => {
  const get = await ground()
  const zone = await get('/executions/01SAMPLE/report.pdf?zone=Mars/Olympus')
  expect([zone.status, await zone.text()]).toEqual([400, expect.stringContaining('Europe/Berlin')])
  expect((await get('/executions/01OTHER/report.md')).status).toBe(404)
  for (const form of ['report', 'report.md', 'report.pdf']) {
    const refused = await get(`/executions/01SAMPLE/${form}`, 'stranger')
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
    expect(refused.status).toBe(503)
  }
})

test('the OpenAPI document names the three forms with their types', async () => {
  const get = await ground()
  const { paths } = z
    .object({ paths: z.record(z.string(), z.any()) })
    .parse(await (await get('/openapi.json')).json())
  const types = ['report', 'report.md', 'report.pdf'].map((form) =>
    Object.keys(paths[`/api/v1/executions/{id}/${form}`].get.responses[200].content),
  )
  expect(types).toEqual([['application/json'], ['text/markdown'], ['application/pdf']])
})

test('every reference in the OpenAPI document leads somewhere in it', async () => {
  const get = await ground()
  const document: unknown = await (await get('/openapi.json')).json()
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, at = '']) => at)
  const step = z.record(z.string(), z.unknown())
  const lost = [...new Set(references)].filter((at) => {
    const [root, ...names] = at.split('/')
    const found = names.reduce<unknown>((place, name) => step.safeParse(place).data?.[name], document)
    return root !== '#' || found === undefined
  })
  expect(lost).toEqual([])
  expect(references).toEqual(
    expect.arrayContaining(['#/components/schemas/Task', '#/components/schemas/RecoveryPlan']),
  )
})
