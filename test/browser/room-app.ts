import { readFile } from 'node:fs/promises'
import { App, HTTPReceiver } from '@slack/bolt'
import type { HomeView } from '@slack/types'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { pageFiles } from '../../src/sandbox/slack/page-files.ts'
import { sampleWorkspace } from '../../src/sandbox/slack/sample-workspace.ts'
import { type Slack, startSlack } from '../../src/sandbox/slack/start.ts'
import { declared } from '../sandbox/slack/declared.ts'

export interface Room {
  slack: Slack
  /** The real Bolt app. */
  app: App
  close(): Promise<void>
}

const SECRETS = { signingSecret: 'practice-signing-secret', botToken: 'xoxb-practice' }

/** A local workspace with its page, and an app that has a Home, shortcuts, and ears for everything. */
export async function startRoom(): Promise<Room> {
  const slack = await startSlack({
    ...SECRETS,
    clock: systemClock,
    manifest: declared(),
    workspace: sampleWorkspace,
    pageFiles,
    faults: { rateLimits: 'off' },
  })
  const receiver = new HTTPReceiver({ signingSecret: SECRETS.signingSecret })
  const app = new App({
    receiver,
    token: SECRETS.botToken,
    clientOptions: { slackApiUrl: `${slack.url}/api/` },
  })
  answer(app)
  const server = await receiver.start({ port: 0, host: '127.0.0.1' })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The practice app has no port.')
  slack.setRequestUrl(`http://127.0.0.1:${address.port}/slack/events`)
  return {
    slack,
    app,
    close: async () => {
      await app.stop()
      await slack.close()
    },
  }
}

function answer(app: App): void {
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab === 'home')
      await client.views.publish({ user_id: event.user, view: home('Two runs wait for you') })
  })
  app.action('refresh', async ({ ack, body, client }) => {
    await ack()
    await client.views.publish({ user_id: body.user.id, view: home('Nothing waits for you') })
  })
  app.event('app_mention', async ({ event, client }) => {
    await client.chat.postMessage({ channel: event.channel, text: `All is well, <@${event.user}>.` })
  })
  app.event('reaction_added', async ({ event, client }) => {
    const { channel, ts } = event.item
    await client.chat.postMessage({ channel, thread_ts: ts, text: `I saw your :${event.reaction}:.` })
  })
  app.message(/^hello/, async ({ message, client }) => {
    await client.chat.postMessage({ channel: message.channel, text: 'Hello to you.' })
  })
  app.shortcut({ type: 'shortcut', callback_id: 'drill' }, async ({ ack, shortcut, client }) => {
    await ack()
    const title = { type: 'plain_text' as const, text: 'Start a drill' }
    await client.views.open({ trigger_id: shortcut.trigger_id, view: { type: 'modal', title, blocks: [] } })
  })
  app.shortcut({ type: 'message_action', callback_id: 'note' }, async ({ ack, respond }) => {
    await ack()
    await respond('It stands in the timeline.')
  })
}

function home(text: string): HomeView {
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text } },
      {
        type: 'section',
        block_id: 'run',
        text: { type: 'mrkdwn', text: '*payments* – DNS cutover waits for an approval' },
        accessory: { type: 'button', action_id: 'refresh', text: { type: 'plain_text', text: 'Refresh' } },
      },
    ],
  }
}

/** A war room as the product makes one: everything in it that the page can show. */
export async function furnish({ slack, app: { client } }: Room, name: string): Promise<string> {
  const { channel } = await client.conversations.create({ name })
  const id = String(channel?.id)
  await client.conversations.invite({ channel: id, users: 'U0OPERATOR,U0APPROVER' })
  await client.conversations.setTopic({ channel: id, topic: 'DRILL · payments · started 13:05' })
  const bookmarks = [
    { title: 'The plan', emoji: ':memo:' },
    { title: 'Runbook of the database', emoji: '' },
  ]
  for (const bookmark of bookmarks) {
    const link = 'https://example.com/plan'
    await client.bookmarks.add({ channel_id: id, type: 'link', link, ...bookmark })
  }
  const { ts = '' } = await client.chat.postMessage({
    channel: id,
    text: 'Drill of payments: 2 of 4 done',
    blocks: [
      {
        type: 'plan',
        title: 'Drill of payments',
        tasks: [
          { type: 'task_card', task_id: 'a', title: 'Freeze writes', status: 'complete' },
          { type: 'task_card', task_id: 'b', title: 'Promote the replica', status: 'error' },
          { type: 'task_card', task_id: 'c', title: 'Start the servers in the west', status: 'in_progress' },
          { type: 'task_card', task_id: 'd', title: 'DNS cutover', status: 'pending' },
        ],
      },
    ],
  })
  await client.pins.add({ channel: id, timestamp: ts })
  const file = await readFile(new URL('../../src/sandbox/slack/practice-page.png', import.meta.url))
  const asked = await client.apiCall('files.getUploadURLExternal', {
    filename: 'map.png',
    length: file.length,
    alt_txt: 'The plan as a map',
  })
  const begun = Object(asked)
  await fetch(String(begun.upload_url), { method: 'POST', body: new Uint8Array(file) })
  const map = { id: String(begun.file_id), title: 'Map of the drill' }
  await client.files.completeUploadExternal({ files: [map], channel_id: id, thread_ts: ts })
  await client.filesUploadV2({
    channel_id: id,
    thread_ts: ts,
    initial_comment: 'The report so far',
    file_uploads: [
      { content: '# Report\n', filename: 'report.md' },
      { content: '{"done": 2}', filename: 'timeline.json', title: 'Timeline' },
    ],
  })
  await slack.person('U0APPROVER').react({ channel: id, ts }, 'eyes')
  return id
}
