import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { SHORTCUTS } from '../src/adapters/slack/platform.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const SLACK = '../src/adapters/slack/'
const source = readdirSync(new URL(SLACK, import.meta.url))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => read(SLACK + file))
  .join('\n')

const manifest = z
  .object({
    features: z.object({
      app_home: z.object({
        home_tab_enabled: z.literal(true),
        messages_tab_read_only_enabled: z.literal(false),
      }),
      shortcuts: z.array(z.object({ callback_id: z.string(), type: z.literal('global') })),
      slash_commands: z.array(z.object({ command: z.string(), url: z.string() })),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({
      event_subscriptions: z.object({ request_url: z.string(), bot_events: z.array(z.string()) }),
      interactivity: z.object({ is_enabled: z.literal(true), request_url: z.string() }),
    }),
  })
  .parse(JSON.parse(read('../manifests/slack.json')))

/** What Slack asks of a caller of each method. */
const SCOPES: Record<string, string[]> = {
  'auth.test': [],
  'bookmarks.add': ['bookmarks:write'],
  'bookmarks.list': ['bookmarks:read'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.archive': ['channels:manage'],
  'conversations.create': ['channels:manage'],
  'conversations.invite': ['channels:manage'],
  'conversations.list': ['channels:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'conversations.setPurpose': ['channels:manage'],
  'conversations.setTopic': ['channels:manage'],
  'files.completeUploadExternal': ['files:write'],
  'pins.add': ['pins:write'],
  'reactions.add': ['reactions:write'],
  'usergroups.list': ['usergroups:read'],
  'users.getPresence': ['users:read'],
  'users.info': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
}

const EVENT_SCOPES: Record<string, string[]> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  'message.im': ['im:history'],
  reaction_added: ['reactions:read'],
}

test('the Slack manifest asks for the scope of every method that is called and every event that is heard', () => {
  const called = new Set(
    [...source.matchAll(/client\.((?:[a-z]+\.)+[a-zA-Z]+)\(/g)].map(([, name]) => name ?? ''),
  )
  expect([...called].sort()).toEqual(Object.keys(SCOPES))
  const { bot_events } = manifest.settings.event_subscriptions
  const heard = bot_events.flatMap((name) => EVENT_SCOPES[name] ?? expect.fail(name))
  const needed = ['commands', ...heard, ...[...called].flatMap((name) => SCOPES[name] ?? [])]
  expect(manifest.oauth_config.scopes.bot).toEqual(expect.arrayContaining(needed))
})

test('the Slack manifest declares the shortcuts that are answered', () => {
  const shortcuts = manifest.features.shortcuts.map(({ callback_id }) => callback_id)
  expect(shortcuts).toEqual(Object.keys(SHORTCUTS))
})

test('the Slack manifest declares the commands that are answered and the events that are heard, at the address that answers', () => {
  const answered = [...source.matchAll(/app\.command\('([^']+)'/g)].map(([, command]) => command)
  expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(answered)
  const heard = [...source.matchAll(/app\.event\('([^']+)'/g)].map(([, event]) =>
    event === 'message' ? 'message.im' : (event ?? ''),
  )
  expect(manifest.settings.event_subscriptions.bot_events).toEqual(heard.sort())
  const [path] = /\/slack\/events/.exec(source) ?? []
  const urls = manifest.features.slash_commands.map(({ url }) => url)
  const { interactivity, event_subscriptions } = manifest.settings
  for (const url of [...urls, interactivity.request_url, event_subscriptions.request_url]) {
    expect(new URL(url).pathname).toBe(path)
  }
})
