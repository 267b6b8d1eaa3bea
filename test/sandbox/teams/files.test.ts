import { MessageFactory, type TurnContext } from 'botbuilder'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Teams } from '../../../src/sandbox/teams/start.ts'
import { startBot } from './bot.ts'
import { ask, at, ground, INCIDENTS } from './ground.ts'
import { message } from './samples.ts'

const CONSENT = 'application/vnd.microsoft.teams.card.file.consent'
const INFO = 'application/vnd.microsoft.teams.card.file.info'
const REPORT = 'All is well.'

const offer = {
  contentType: CONSENT,
  name: 'run report.md',
  content: {
    description: 'The report of your run',
    sizeInBytes: REPORT.length,
    acceptContext: { run: 'one' },
    declineContext: { run: 'none' },
  },
}
const saying = (...attachments: object[]) => ({ type: 'message', attachments })

const invokeSchema = z.object({
  uploadInfo: z.object({
    contentUrl: z.string(),
    name: z.string(),
    uploadUrl: z.string(),
    uniqueId: z.string(),
    fileType: z.string(),
  }),
})
const uploadIn = (value: unknown) => invokeSchema.parse(value).uploadInfo

function put(uploadUrl: string, body: string, headers: Record<string, string>, method = 'PUT') {
  return fetch(uploadUrl, { method, body, headers: { connection: 'close', ...headers } })
}
const whole = (body: string) => ({ 'content-range': `bytes 0-${body.length - 1}/${body.length}` })

/** Offered to olive, who accepts: where the bot was told to put it. */
async function accepted(teams: Teams) {
  const bot = await startBot(teams, { onInvoke: async () => ({ status: 200 }) })
  await ask(teams, 'POST', at('a:1-olive', 'activities'), saying(offer))
  const offered = await teams.until(() => teams.messages('a:1-olive').at(0))
  await teams.person('olive').answersFile(offered, 'accept')
  return { ...uploadIn(bot.heard.at(0)?.value), offered }
}

/** Puts the file where it was let, and shows it. */
async function deliver(context: TurnContext): Promise<{ status: number }> {
  const { uploadUrl, uniqueId, fileType, name, contentUrl } = uploadIn(context.activity.value)
  await put(uploadUrl, REPORT, whole(REPORT))
  await context.sendActivity(
    MessageFactory.attachment({ contentType: INFO, name, contentUrl, content: { uniqueId, fileType } }),
  )
  await context.deleteActivity(context.activity.replyToId ?? '')
  return { status: 200 }
}

test('a file that somebody accepts is put into their OneDrive, and shown to them', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams, {
    onMessage: (context) => context.sendActivity(MessageFactory.attachment(offer)),
    onInvoke: deliver,
  })
  const olive = teams.person('olive')
  await olive.say('report')
  const offered = await teams.until(() => teams.messages('a:1-olive').at(1))
  expect(await olive.answersFile(offered, 'accept')).toMatchObject({ kind: 'answered', status: 200 })
  expect(bot.heard.at(1)).toMatchObject({
    type: 'invoke',
    name: 'fileConsent/invoke',
    replyToId: offered.id,
    from: { id: '29:1-olive' },
    conversation: { id: 'a:1-olive', conversationType: 'personal' },
    value: {
      type: 'fileUpload',
      action: 'accept',
      context: { run: 'one' },
      uploadInfo: {
        name: 'run report.md',
        fileType: 'md',
        contentUrl: expect.stringMatching(/\/Documents\/Applications\/Lifeboat\/run%20report\.md$/),
      },
    },
  })
  const [file] = teams.files()
  expect(file).toMatchObject({ name: 'run report.md', acceptedBy: '29:1-olive', messageId: offered.id })
  expect(file?.bytes.toString()).toBe(REPORT)
  expect(teams.messages('a:1-olive').at(-1)).toMatchObject({
    attachments: [{ contentType: INFO, name: 'run report.md', content: { uniqueId: file?.uniqueId } }],
  })
  expect(olive.sees(offered)).toEqual({ kind: 'deleted' })
  expect(teams.calls().filter(({ route }) => route === 'upload')).toMatchObject([
    { method: 'PUT', status: 201 },
  ])
})

test('who declines names no place', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams, { onInvoke: async () => ({ status: 200 }) })
  await ask(teams, 'POST', at('a:1-olive', 'activities'), saying(offer))
  const offered = await teams.until(() => teams.messages().at(0))
  await teams.person('olive').answersFile(offered, 'decline')
  expect(bot.heard.map(({ value }) => value)).toEqual([
    { type: 'fileUpload', action: 'decline', context: { run: 'none' } },
  ])
  expect(teams.files()).toEqual([])
})

test('a file is offered in personal chats only', async () => {
  const { teams } = await ground()
  const refused = { status: 400, body: { error: { code: 'BadSyntax' } } }
  expect(await ask(teams, 'POST', at(INCIDENTS, 'activities'), saying(offer))).toMatchObject(refused)
  await ask(teams, 'POST', at(INCIDENTS, 'activities'), message('root'))
  const [root] = teams.messages()
  const path = at(INCIDENTS, `activities/${root?.id}`)
  expect(await ask(teams, 'PUT', path, saying(offer))).toMatchObject(refused)
  expect(teams.messages()).toMatchObject([{ text: 'root', edited: false }])
})

test('cards of files that lack something are refused', async () => {
  const { teams } = await ground({ faults: { rateLimits: 'off' } })
  const shown = {
    contentType: INFO,
    name: 'a.md',
    contentUrl: 'https://example.com/a.md',
    content: { uniqueId: 'A', fileType: 'md' },
  }
  const wrong = [
    { ...offer, name: '' },
    { ...offer, content: undefined },
    { ...offer, content: { ...offer.content, sizeInBytes: '12' } },
    { ...offer, content: { sizeInBytes: 12 } },
    { ...shown, name: undefined },
    { ...shown, contentUrl: 'a.md' },
    { ...shown, content: { fileType: 'md' } },
  ]
  for (const attachment of wrong)
    expect(await ask(teams, 'POST', at('a:1-olive', 'activities'), saying(attachment))).toMatchObject({
      status: 400,
      body: { error: { code: 'BadSyntax' } },
    })
  expect(await ask(teams, 'POST', at('a:1-olive', 'activities'), saying(shown))).toMatchObject({
    status: 201,
  })
})

test('nobody answers what they were not offered', async () => {
  const { teams } = await ground()
  const { offered } = await accepted(teams)
  await expect(teams.person('avery').answersFile(offered, 'accept')).rejects.toThrow(
    'Avery Approver is offered no file there, but sees {"kind":"nothing"}',
  )
  const olive = teams.person('olive')
  await ask(teams, 'PUT', at('a:1-olive', `activities/${offered.id}`), message('taken back'))
  await expect(olive.answersFile(offered, 'accept')).rejects.toThrow('is offered no file there')
  await ask(teams, 'DELETE', at('a:1-olive', `activities/${offered.id}`))
  await expect(olive.answersFile(offered, 'accept')).rejects.toThrow('{"kind":"deleted"}')
})

const uploads = [
  ['without a range', {}, 400],
  ['with a range that cannot be read', { 'content-range': '0-11/12' }, 400],
  ['with a range that is longer than the body', { 'content-range': 'bytes 0-12/13' }, 416],
  ['with a range that is shorter than the body', { 'content-range': 'bytes 0-10/11' }, 416],
  ['with a range that begins later', { 'content-range': 'bytes 1-12/13' }, 416],
  ['of a part', { 'content-range': 'bytes 0-11/24' }, 416],
  ['with a token', { ...whole(REPORT), authorization: 'Bearer guessed' }, 401],
] as const satisfies readonly (readonly [string, Record<string, string>, number])[]

test.each(uploads)('an upload %s is refused, and the next one may be better', async (_, headers, status) => {
  const { teams } = await ground()
  const { uploadUrl } = await accepted(teams)
  const refused = await put(uploadUrl, REPORT, headers)
  expect(refused.status).toBe(status)
  expect(await refused.json()).toMatchObject({ error: { code: expect.any(String) } })
  expect(teams.files()).toEqual([])
  expect((await put(uploadUrl, REPORT, whole(REPORT))).status).toBe(201)
})

test('an address takes one file, by PUT, and there are no others', async () => {
  const { teams } = await ground()
  const { uploadUrl, uniqueId } = await accepted(teams)
  const statusOf = async (url: string, method: string) =>
    (await put(url, REPORT, whole(REPORT), method)).status
  expect(await statusOf(uploadUrl, 'POST')).toBe(404)
  expect(await statusOf(`${teams.url}/upload/${uniqueId}`, 'PUT')).toBe(404)
  const first = await put(uploadUrl, REPORT, whole(REPORT))
  expect(await first.json()).toMatchObject({ id: uniqueId, name: 'run report.md', size: REPORT.length })
  expect(await statusOf(uploadUrl, 'PUT')).toBe(416)
  expect(teams.files()).toHaveLength(1)
})

test('whoever accepts twice gets the file twice, at two addresses', async () => {
  const { teams } = await ground()
  const { uploadUrl, offered } = await accepted(teams)
  const bot = await startBot(teams, { onInvoke: async () => ({ status: 200 }) })
  await teams.person('olive').answersFile(offered, 'accept')
  for (const url of [uploadUrl, uploadIn(bot.heard.at(0)?.value).uploadUrl])
    expect((await put(url, REPORT, whole(REPORT))).status).toBe(201)
  expect(teams.files().map(({ name }) => name)).toEqual(['run report.md', 'run report.md'])
})

test('an upload breaks as calls do', async () => {
  const { teams } = await ground({
    faults: {
      calls: [
        { kind: 'http', route: 'upload', status: 503, retryAfterSeconds: 2, times: 1 },
        { kind: 'reset-after-processing', route: 'upload', times: 1 },
        { kind: 'hang', route: 'upload' },
      ],
    },
  })
  const { uploadUrl } = await accepted(teams)
  const broken = await put(uploadUrl, REPORT, whole(REPORT))
  expect([broken.status, broken.headers.get('retry-after')]).toEqual([503, '2'])
  expect(teams.files()).toEqual([])
  await expect(put(uploadUrl, REPORT, whole(REPORT))).rejects.toThrow()
  expect(teams.files()).toHaveLength(1)
  const hanging = put(uploadUrl, REPORT, whole(REPORT)).catch(() => 'cut')
  const statuses = () => teams.calls().flatMap(({ route, status }) => (route === 'upload' ? [status] : []))
  await teams.until(() => (statuses().length === 3 ? true : undefined))
  expect(statuses()).toEqual([503, 0, 0])
  await teams.close()
  expect(await hanging).toBe('cut')
})
