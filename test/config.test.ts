import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readCliConfig, readConfig, SETTINGS } from '../src/config.ts'

const whole = {
  SLACK_BOT_TOKEN: 'xoxb-sample',
  SLACK_SIGNING_SECRET: 'sample-signing-secret',
  AWS_REGION: 'us-west-2',
  DYNAMODB_TABLE: 'lifeboat',
  REDIS_URL: 'redis://127.0.0.1:6379',
  POLICY_FILE: 'policy.yaml',
}

test('with nothing set, or only a Region, the practice ground is meant', () => {
  expect(readConfig({})).toEqual({ kind: 'none' })
  expect(readConfig({ AWS_REGION: 'us-west-2', HOME: '/home/sample' })).toEqual({ kind: 'none' })
})

test('a half-filled configuration names every missing and malformed setting at once', () => {
  const read = readConfig({ SLACK_BOT_TOKEN: 'wrong-kind', REDIS_URL: 'localhost', PORT: '99999' })
  if (read.kind !== 'invalid') throw new Error('It was taken.')
  const names = read.problems.map((one) => one.split(' ')[0])
  expect(names).toEqual([
    'SLACK_BOT_TOKEN',
    'SLACK_SIGNING_SECRET',
    'AWS_REGION',
    'DYNAMODB_TABLE',
    'REDIS_URL',
    'POLICY_FILE',
    'PORT',
  ])
  expect(read.problems.join('\n')).not.toContain('wrong-kind')
})

test('an empty string counts as missing', () => {
  const read = readConfig({ ...whole, REDIS_URL: ' ' })
  expect(read).toMatchObject({ kind: 'invalid', problems: [expect.stringMatching(/^REDIS_URL is missing/)] })
})

test('a whole configuration is read with its defaults and endpoints', () => {
  const read = readConfig({
    ...whole,
    AWS_ENDPOINT_URL_DRS: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:2',
  })
  expect(read).toMatchObject({
    kind: 'config',
    config: {
      port: 3000,
      pollSeconds: 10,
      slack: { apiUrl: 'https://slack.com/api/' },
      aws: { endpoints: { drs: 'http://127.0.0.1:1', all: 'http://127.0.0.1:2' } },
    },
  })
})

test('the command line has its defaults, and repeats no token that it refuses', () => {
  expect(readCliConfig({})).toEqual({
    kind: 'config',
    config: { url: 'http://127.0.0.1:3000', isColourful: true, isClever: true },
  })
  expect(readCliConfig({ TERM: 'dumb', COLUMNS: '40' })).toMatchObject({
    config: { isColourful: false, isClever: false, columns: 40 },
  })
  expect(readCliConfig({ NO_COLOR: '1' })).toMatchObject({ config: { isColourful: false } })
  const read = readCliConfig({ LIFEBOAT_TOKEN: 'two words', LIFEBOAT_URL: 'http://name:word@127.0.0.1' })
  if (read.kind !== 'invalid') throw new Error('It was taken.')
  expect(read.problems).toHaveLength(2)
  expect(read.problems.join('\n')).not.toMatch(/two words|name:word/)
})

test('.env.example names every setting', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  for (const name of Object.keys(SETTINGS)) expect(example).toContain(`${name}=`)
})

const signIn = {
  PUBLIC_URL: 'https://dr.example.com/',
  OIDC_ISSUER: 'https://id.example.com/realms/ops',
  OIDC_CLIENT_ID: 'lifeboat',
  OIDC_CLIENT_SECRET: 'sample-client-secret',
}

test('where people sign in is set as a whole', () => {
  expect(readConfig({ ...whole, ...signIn })).toMatchObject({
    config: { signIn: { publicUrl: 'https://dr.example.com', issuer: 'https://id.example.com/realms/ops' } },
  })
  const read = readConfig({ ...whole, ...signIn, OIDC_ISSUER: '', PUBLIC_URL: '' })
  expect(read).toMatchObject({ problems: [expect.stringMatching(/^PUBLIC_URL, OIDC_ISSUER: missing/)] })
})

test.each([
  ['PUBLIC_URL', 'https://dr.example.com/lifeboat'],
  ['PUBLIC_URL', 'http://dr.example.com'],
  ['PUBLIC_URL', 'http://127.0.0.1.example.com'],
  ['OIDC_ISSUER', 'http://id.example.com'],
  ['OIDC_ISSUER', 'https://name:word@id.example.com'],
  ['OIDC_CLIENT_SECRET', 'short-secret'],
])('%s may not be %s, and is not repeated', (name, value) => {
  const read = readConfig({ ...whole, ...signIn, [name]: value })
  if (read.kind !== 'invalid') throw new Error('It was taken.')
  expect(read.problems).toEqual([expect.stringMatching(new RegExp(`^${name} is malformed`))])
  expect(read.problems.join()).not.toContain(value)
})
