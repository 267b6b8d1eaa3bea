import { readFileSync } from 'node:fs'
import { DescribeJobsCommand, DrsClient } from '@aws-sdk/client-drs'
import { describe, expect, test } from 'vitest'
import { parseScenario } from '../../../src/sandbox/aws/scenario.ts'
import { practise, rule } from './practice.ts'

describe('a scenario file', () => {
  test('is YAML or JSON', () => {
    const rules = [rule({ operation: 'StartRecovery' }, { loseReply: true }, { times: 1 })]
    const yaml = '- when: { operation: StartRecovery }\n  times: 1\n  then: { loseReply: true }\n'
    expect(parseScenario(yaml, 'sample.yaml')).toEqual({ scenario: rules })
    expect(parseScenario(JSON.stringify(rules), 'sample.json')).toEqual({ scenario: rules })
    expect(parseScenario('', 'empty.yaml')).toEqual({ scenario: [] })
  })

  test.each([
    [
      'a misspelt operation',
      '- { when: { operation: StartRecovry }, then: { hang: true } }',
      '[0].when.operation',
    ],
    ['an unknown condition', '- { when: { colour: red }, then: { hang: true } }', 'colour'],
    ['a wrong value', '- { when: {}, then: { throttle: 3 } }', '[0].then.throttle'],
    ['a member of another action', '- { when: {}, then: { hang: true, reason: x } }', 'reason'],
    ['no action', '- { when: {}, then: {} }', 'Expected exactly one of error, throttle'],
    ['two actions', '- { when: {}, then: { hang: true, loseReply: true } }', 'found hang, loseReply'],
    ['times that are no number', '- { when: {}, times: often, then: { hang: true } }', '[0].times'],
    ['broken YAML', '- { when: [', 'is not YAML'],
    ['no list', 'when: {}', 'expected array'],
  ])('with %s is refused by name of file and field', (_what, text, field) => {
    const parsed = parseScenario(text, 'sample.yaml')
    expect(parsed).toMatchObject({ problem: expect.stringContaining('sample.yaml') })
    expect(parsed).toMatchObject({ problem: expect.stringContaining(field) })
  })
})

describe('the README', () => {
  const readme = readFileSync(new URL('../../../src/sandbox/aws/README.md', import.meta.url), 'utf8')

  test('shows a scenario that is one', () => {
    const example = /```yaml\n(.*?)```/s.exec(readme)?.[1] ?? 'none'
    expect(parseScenario(example, 'README.md')).toMatchObject({ scenario: [{}, {}, {}] })
  })

  test('explains every action', () => {
    const parsed = parseScenario('- { when: {}, then: {} }', 'sample.yaml')
    const names = 'problem' in parsed ? /exactly one of (.*);/.exec(parsed.problem)?.[1]?.split(', ') : []
    expect(names?.filter((name) => !readme.includes(`\n| \`${name}: `))).toEqual([])
    expect(names).toContain('listLagSeconds')
  })
})

describe('the rules of a scenario', () => {
  const names = async (count: number, drs: DrsClient) => {
    const seen = []
    for (let call = 0; call < count; call += 1) {
      const outcome = await drs.send(new DescribeJobsCommand({})).then(
        () => 'answered',
        (error: Error) => error.name,
      )
      seen.push(outcome)
    }
    return seen
  }
  const fails = (code: string) => ({ error: { code, status: 400 } })

  test('skip some calls, apply to some, and let the rest through', async () => {
    const { client } = await practise({ scenario: [rule({}, fails('Sample'), { skip: 1, times: 2 })] })
    expect(await names(4, client(DrsClient))).toEqual(['answered', 'Sample', 'Sample', 'answered'])
  })

  test('are read from the top, and one that applies saves those below it', async () => {
    const { client } = await practise({
      scenario: [
        rule({}, fails('First'), { times: 1 }),
        rule({ service: 'drs' }, fails('Second'), { times: 1 }),
      ],
    })
    expect(await names(3, client(DrsClient))).toEqual(['First', 'Second', 'answered'])
  })

  test('are replaced while it runs, and then count from nothing', async () => {
    const { client, setScenario } = await practise()
    const drs = client(DrsClient)
    const once = [rule({}, fails('Sample'), { times: 1 })]
    setScenario(once)
    expect(await names(2, drs)).toEqual(['Sample', 'answered'])
    setScenario(once)
    expect(await names(2, drs)).toEqual(['Sample', 'answered'])
  })
})

describe('the side door', () => {
  test('shows calls, of one operation if so asked', async () => {
    const { client, url, clock } = await practise()
    const drs = client(DrsClient)
    await drs.send(new DescribeJobsCommand({ maxResults: 5 }))
    const shown = async (path: string): Promise<unknown> => (await fetch(url + path)).json()
    expect(await shown('/_sandbox/calls?operation=DescribeJobs')).toMatchObject([
      {
        at: clock.now().toISOString(),
        service: 'drs',
        operation: 'DescribeJobs',
        region: 'us-west-2',
        caller: 'AKIASAMPLE',
        input: { maxResults: 5 },
        outcome: 'answered',
      },
    ])
    expect(await shown('/_sandbox/calls?operation=StartRecovery')).toEqual([])
  })

  test('takes a scenario, and says what is wrong with another', async () => {
    const { url } = await practise()
    const put = (body: string) => fetch(`${url}/_sandbox/scenario`, { method: 'PUT', body })
    expect(await (await put('- { when: {}, then: { hang: true } }')).json()).toEqual({ rules: 1 })
    const refused = await put('- { when: {}, then: { hang: 1 } }')
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('[0].then.hang')
    const kept: unknown = await (await fetch(`${url}/_sandbox/scenario`)).json()
    expect(kept).toEqual([rule({}, { hang: true })])
  })

  test('says what it has when asked for something else', async () => {
    const { url } = await practise()
    const answer = await fetch(`${url}/_sandbox/nothing`)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('GET /_sandbox/calls')
  })
})
