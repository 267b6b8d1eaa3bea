import { request } from 'node:http'
import { App, SocketModeReceiver } from '@slack/bolt'
import { expect, it, onTestFinished } from 'vitest'
import { sampleWorkspace } from '../../../src/sandbox/slack/sample-workspace.ts'
import type { Slack } from '../../../src/sandbox/slack/start.ts'
import { declared } from './declared.ts'
import { APP_TOKEN, BOT_TOKEN, practice, quiet, webClient } from './practice.ts'

const INCIDENTS = 'C0INCIDENTS'

async function socketApp(slack: Slack, prepare: (app: App) => void): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: APP_TOKEN,
    logger: quiet,
    // The client waits that long before it connects anew.
    clientPingTimeout: 200,
    installerOptions: { clientOptions: { slackApiUrl: `${slack.url}/api/` } },
  })
  const app = new App({
    token: BOT_TOKEN,
    receiver,
    logger: quiet,
    tokenVerificationEnabled: false,
    botId: sampleWorkspace.app.botId,
    botUserId: sampleWorkspace.app.botUserId,
    clientOptions: { slackApiUrl: `${slack.url}/api/` },
  })
  prepare(app)
  await app.start()
  onTestFinished(async () => {
    await app.stop()
  })
  return app
}

it('a Bolt app in Socket Mode hears of commands, clicks and events, and answers them', async () => {
  const { slack } = await practice()
  const heard: string[] = []
  await socketApp(slack, (app) => {
    app.command('/dr', async ({ ack, command }) => ack(`You said ${command.text}`))
    app.event('app_mention', async ({ say }) => void (await say({ text: 'Here', blocks: card })))
    app.action('go', async ({ ack }) => {
      heard.push('go')
      await ack()
    })
  })
  const olive = slack.person('U0OPERATOR')
  expect(slack.sockets.connections()).toBe(1)
  await olive.say(INCIDENTS, '/dr hello')
  expect(olive.ephemerals(INCIDENTS)).toMatchObject([{ text: 'You said hello' }])
  await olive.say(INCIDENTS, '@lifeboat?')
  const answer = await slack.until(() => olive.messages(INCIDENTS).find(({ text }) => text === 'Here'))
  expect(await olive.click(answer, 'go')).toEqual({ ok: true })
  expect(heard).toEqual(['go'])
})

it('a shortcut comes through the socket, too', async () => {
  const { slack } = await practice({ manifest: declared() })
  const heard: unknown[] = []
  await socketApp(slack, (app) => {
    app.shortcut('drill', async ({ ack, shortcut }) => {
      heard.push(shortcut.user.id)
      await ack()
    })
  })
  expect(await slack.person('U0VIEWER').shortcut('drill')).toEqual({ ok: true })
  expect(heard).toEqual(['U0VIEWER'])
})

const card = [
  {
    type: 'actions' as const,
    elements: [
      { type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' } },
    ],
  },
]

it('each delivery goes through one of the connections', async () => {
  const { slack } = await practice()
  const heard: string[] = []
  for (const name of ['first', 'second']) {
    await socketApp(slack, (app) => {
      app.command('/dr', async ({ ack }) => {
        heard.push(name)
        await ack()
      })
    })
  }
  expect(slack.sockets.connections()).toBe(2)
  for (const text of ['a', 'b', 'c', 'd']) await slack.person('U0OPERATOR').say(INCIDENTS, `/dr ${text}`)
  expect(heard.toSorted()).toEqual(['first', 'first', 'second', 'second'])
})

it('an app that is told to disconnect, or is cut off, comes back by itself', async () => {
  const { slack } = await practice()
  await socketApp(slack, (app) => {
    app.command('/dr', async ({ ack }) => ack('Still here'))
  })
  const connections = (count: number) =>
    slack.until(() => (slack.sockets.connections() === count ? true : undefined))
  for (const part of [() => slack.sockets.disconnect('refresh_requested'), () => slack.sockets.cut()]) {
    part()
    await connections(0)
    await connections(1)
  }
  const olive = slack.person('U0OPERATOR')
  await olive.say(INCIDENTS, '/dr')
  expect(olive.ephemerals(INCIDENTS)).toHaveLength(1)
})

it('silence fails a command after three seconds, and sends an event again', async () => {
  const { slack, clock } = await practice()
  const heard: (number | undefined)[] = []
  await socketApp(slack, (app) => {
    app.command('/dr', async () => void heard.push(undefined))
    // Bolt acknowledges events before anybody asks, so the silence must come from below.
    app.use(async ({ context, next }) => {
      if (context.retryNum !== undefined) heard.push(context.retryNum)
      await next()
    })
  })
  const olive = slack.person('U0OPERATOR')
  const saying = olive.say(INCIDENTS, '/dr')
  await expect.poll(() => heard).toEqual([undefined])
  clock.advance(3_000)
  await saying
  expect(olive.troubles()).toEqual(['/dr failed with the error operation_timeout'])

  slack.setFaults({ deliveries: [{ kind: 'drop', of: 'event', times: 1 }] })
  await olive.say(INCIDENTS, '@lifeboat?')
  clock.advance(3_000)
  await expect.poll(() => heard).toContain(1)
})

it('a ticket opens one connection, and none after half a minute', async () => {
  const { slack, clock } = await practice()
  const client = webClient(slack, APP_TOKEN)
  const ticket = async () => String((await client.apps.connections.open({})).url)
  const once = await ticket()
  const late = await ticket()
  expect(await knock(once)).toBe(101)
  expect(await knock(once)).toBe(403)
  clock.advance(30_000)
  expect(await knock(late)).toBe(403)
})

/** The status with which the door opens, or does not. */
function knock(url: string): Promise<number | undefined> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'cHJhY3RpY2UtcHJhY3RpYw==',
  }
  return new Promise((resolve, reject) => {
    const asked = request(url.replace(/^ws/, 'http'), { headers }, ({ statusCode }) => resolve(statusCode))
    asked.once('upgrade', ({ statusCode }, socket) => {
      socket.destroy()
      resolve(statusCode)
    })
    asked.once('error', reject).end()
  })
}
