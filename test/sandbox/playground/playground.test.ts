import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { preload } from '../../../src/sandbox/playground/preload.ts'
import { type Playground, startPlayground } from '../../../src/sandbox/playground/start.ts'
import { openPlayground } from '../../browser/playground.ts'
import { launchChromium } from '../../support/chromium.ts'
import { isGone, isRunning, testFolder } from '../embedded/workbench.ts'
import { type PracticeBot, startPracticeBot } from './practice-bot.ts'

const OUTPUT = resolve(import.meta.dirname, '../../output/playground')
const run = promisify(execFile)

let bot: PracticeBot
let browser: Browser
beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true })
  bot = await startPracticeBot()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await bot?.close()
})

async function start(): Promise<Playground> {
  const playground = await startPlayground({ folder: await testFolder(), messagingEndpoint: bot.endpoint })
  if (!playground)
    throw new Error('The Playground is a devDependency, and is not installed: run npm install.')
  onTestFinished(() => playground.close())
  return playground
}

/** A playground of its own, and Olive in front of it. */
async function olive() {
  const playground = await start()
  const page = await openPlayground(browser, playground.url)
  onTestFinished(() => page.page.close())
  return { playground, page }
}

const invokes = () => bot.received.filter(({ type }) => type === 'invoke')
const shot = (name: string) => join(OUTPUT, `${name}.png`)

test('a mention is answered with a card in its thread, and the answer to a press is shown', async () => {
  const { playground, page } = await olive()
  await page.inChannel('Incidents')
  await page.mention('something else')
  await page.mention('gate')
  const card = await page.cardWith('DNS cutover waits')
  expect(bot.received.at(-1)).toMatchObject({
    type: 'message',
    from: { name: 'Olive Operator', aadObjectId: playground.people[0]?.aadObjectId },
    conversation: { id: expect.stringContaining(`${playground.channels.Incidents};messageid=`) },
    serviceUrl: playground.serviceUrl,
  })
  await page.screenshot(shot('1-gate'))

  await page.press('May I?')
  await page.notice('Olive Operator, ask Avery.')
  expect(await card.innerText()).toContain('DNS cutover waits')
  await page.screenshot(shot('2-message'))

  await page.fill('Why now?', 'Frankfurt is down')
  await page.tick('I have told the customers')
  await page.choose('How', 'all at once')
  await page.press('Approve')
  await page.cardWith('Approved by Olive Operator: Frankfurt is down')
  expect(await card.count()).toBe(0)
  expect(invokes().at(-1)).toMatchObject({
    name: 'adaptiveCard/action',
    value: {
      action: {
        type: 'Action.Execute',
        verb: 'approve',
        data: { task: 'dns', why: 'Frankfurt is down', told: 'true', how: 'once' },
      },
    },
  })
  await page.screenshot(shot('3-card'))

  await bot.repaint('Approved by Olive and Avery')
  await page.cardWith('Approved by Olive and Avery')
  await page.replyInThread('thanks', { within: 'Approved by Olive and Avery' })
  await page.words('I heard "thanks".')
  expect(bot.received.at(-1)?.conversation).toEqual(invokes().at(-1)?.conversation)
  await page.screenshot(shot('4-repainted'))
})

test('in the personal chat no mention is needed', async () => {
  const { playground, page } = await olive()
  await page.inPersonalChat()
  await page.say('hello')
  await page.words('I heard "hello".')
  expect(bot.received.at(-1)?.conversation).toMatchObject({ id: playground.personalChat })
  await page.say('gate')
  await page.press('May I?', { within: 'DNS' })
  await page.notice(/ask Avery/)
  await page.screenshot(shot('5-personal'))
})

test('somebody else presses in the thread, and the page shows what the bot then paints', async () => {
  const { playground, page } = await olive()
  await page.inChannel('Incidents')
  await page.mention('gate')
  await page.cardWith('DNS cutover waits')
  const conversation = bot.received.at(-1)?.conversation?.id ?? ''
  await playground.asPerson({
    from: 'Avery Approver',
    type: 'invoke',
    name: 'adaptiveCard/action',
    conversation,
    value: { action: { type: 'Action.Execute', verb: 'approve', data: { task: 'dns', why: 'I agree' } } },
  })
  await expect.poll(() => invokes().at(-1)?.from?.name).toBe('Avery Approver')
  expect(invokes().at(-1)).toMatchObject({
    from: playground.people.find(({ name }) => name === 'Avery Approver'),
    conversation: { id: conversation, tenantId: playground.tenantId },
    channelData: {
      tenant: { id: playground.tenantId },
      channel: { id: playground.channels.Incidents },
      team: { id: playground.team.id },
    },
  })
  await bot.repaint('Approved by Avery')
  await page.cardWith('Approved by Avery')
})

test('somebody else mentions the bot in the channel, and its answer begins a thread', async () => {
  const { playground, page } = await olive()
  await page.inChannel('Incidents')
  const text = '<at>Lifeboat</at> who is there?'
  const entities = [{ type: 'mention', text: '<at>Lifeboat</at>', mentioned: { id: '28:lifeboat' } }]
  const conversation = playground.channels.Incidents
  await playground.asPerson({ from: 'Val Viewer', type: 'message', conversation, text, entities })
  await page.words('I heard "who is there?".')
  await expect(playground.asPerson({ from: 'Nobody', type: 'message', conversation })).rejects.toThrow(
    'Nobody at Example Corp is called "Nobody". There are Olive Operator, Avery Approver,',
  )
})

test('only this machine reaches it, and when closed it is gone', async () => {
  const playground = await start()
  const port = Number(new URL(playground.url).port)
  expect((await fetch(playground.url)).status).toBe(200)
  const others = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
  const elsewhere = [
    '127.0.0.2',
    '::1',
    ...others.filter(({ internal }) => !internal).map(({ address }) => address),
  ]
  for (const address of elsewhere) expect(await connects(address, port), address).toBe(false)

  expect(await isRunning(playground.pid)).toBe(true)
  await playground.close()
  expect(await isGone(playground.pid)).toBe(true)
  expect(await connects('127.0.0.1', port)).toBe(false)
})

test('it talks to nobody outside of this machine', async () => {
  const file = join(await testFolder(), 'preload.cjs')
  writeFileSync(file, preload)
  const ask = (url: string) =>
    run(process.execPath, [
      '--require',
      file,
      '-e',
      `fetch('${url}').catch((e) => console.log(e.cause.message))`,
    ])
  const ours = new URL(bot.endpoint)
  expect((await ask(ours.origin)).stdout).toBe('')
  ours.hostname = '192.0.2.1'
  expect((await ask(ours.origin)).stdout).toContain('talks to nobody outside of this machine')
  ours.protocol = 'https'
  expect((await ask(ours.origin)).stdout).toContain('and so not to 192.0.2.1.')
})

test('a preferred port that is taken is not exchanged for another, and the words of the tool say why', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void taken.close())
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' ? address?.port : undefined
  await expect(
    startPlayground({ folder: await testFolder(), messagingEndpoint: bot.endpoint, port }),
  ).rejects.toThrow(/^playground did not start on port \d+: it ended before it answered.*already in use/s)
})

test('where the tool is not installed there is no playground', async () => {
  const options = { folder: await testFolder(), messagingEndpoint: bot.endpoint }
  expect(await startPlayground({ ...options, find: () => undefined })).toBeUndefined()
})

async function connects(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port })
  try {
    await once(socket, 'connect')
    return true
  } catch {
    // Refused, or no such address on this machine.
    return false
  } finally {
    socket.destroy()
  }
}
