import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const SLACK = '../src/adapters/slack/'
const source = readdirSync(new URL(SLACK, import.meta.url))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => read(SLACK + file))
  .join('\n')

const manifest = z
  .object({
    features: z.object({ slash_commands: z.array(z.object({ command: z.string(), url: z.string() })) }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({ interactivity: z.object({ is_enabled: z.literal(true), request_url: z.string() }) }),
  })
  .parse(JSON.parse(read('../manifests/slack.json')))

/** What Slack asks of a caller of each method. */
const SCOPES: Record<string, string[]> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.open': ['im:write'],
  'files.completeUploadExternal': ['files:write'],
  'usergroups.list': ['usergroups:read'],
  'users.getPresence': ['users:read'],
  'users.info': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.update': [],
}

test('the Slack manifest asks for the scope of every method that is called', () => {
  const called = new Set(
    [...source.matchAll(/client\.((?:[a-z]+\.)+[a-zA-Z]+)\(/g)].map(([, name]) => name ?? ''),
  )
  expect([...called].sort()).toEqual(Object.keys(SCOPES))
  const needed = ['commands', ...[...called].flatMap((name) => SCOPES[name] ?? [])]
  expect(manifest.oauth_config.scopes.bot).toEqual(expect.arrayContaining(needed))
})

test('the Slack manifest declares the commands that are answered, at the address that answers', () => {
  const answered = [...source.matchAll(/app\.command\('([^']+)'/g)].map(([, command]) => command)
  expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(answered)
  const [path] = /\/slack\/events/.exec(source) ?? []
  const urls = manifest.features.slash_commands.map(({ url }) => url)
  for (const url of [...urls, manifest.settings.interactivity.request_url]) {
    expect(new URL(url).pathname).toBe(path)
  }
})
