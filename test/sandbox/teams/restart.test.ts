import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startBot } from './bot.ts'
import { ask, at, ground, INCIDENTS, tokenOf } from './ground.ts'
import { APPROVE, cardOf, message, rawCard } from './samples.ts'

function stateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'practice-teams-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'teams.json')
}

test('what was said, seen and installed outlives a restart', async () => {
  const file = stateFile()
  const { teams } = await ground({ stateFile: file })
  await startBot(teams, {
    onInvoke: async () => ({
      status: 200,
      body: { type: 'application/vnd.microsoft.card.adaptive', value: cardOf('You approved.') },
    }),
  })
  await ask(teams, 'POST', at(INCIDENTS, 'activities'), rawCard(cardOf('Approve?', [APPROVE])))
  const root = await teams.until(() => teams.messages().at(0))
  await teams.person('avery').press(root, 'Approve')
  await teams.person('val').removes()
  await teams.close()

  const { teams: again } = await ground({ stateFile: file })
  expect(again.messages()).toEqual(teams.messages())
  expect(again.person('avery').sees(root)).toMatchObject({ card: cardOf('You approved.') })
  expect(again.person('olive').sees(root)).toMatchObject({ card: root.card })
  const blocked = await ask(again, 'POST', at('a:1-val', 'activities'), message('hi'))
  expect(blocked.status).toBe(403)
  const updated = await ask(again, 'PUT', at(root.conversationId, `activities/${root.id}`), message('done'))
  expect(updated.status).toBe(200)
})

test('files, places for files and targets outlive a restart', async () => {
  const file = stateFile()
  const { teams } = await ground({ stateFile: file })
  const places: string[] = []
  await startBot(teams, {
    onInvoke: async ({ activity }) => {
      places.push(activity.value.uploadInfo.uploadUrl)
      return { status: 200 }
    },
  })
  const content = { description: 'A report', sizeInBytes: 2 }
  const offer = { contentType: 'application/vnd.microsoft.teams.card.file.consent', name: 'a.md', content }
  await ask(teams, 'POST', at('a:1-olive', 'activities'), { type: 'message', attachments: [offer] })
  const offered = await teams.until(() => teams.messages().at(0))
  for (const _ of [1, 2]) await teams.person('olive').answersFile(offered, 'accept')
  const upload = async (url: string | undefined) => {
    const headers = { 'content-range': 'bytes 0-1/2', connection: 'close' }
    return (await fetch(url ?? '', { method: 'PUT', body: 'ok', headers })).status
  }
  expect(await upload(places[0])).toBe(201)
  const { message: said } = await teams.person('olive').say('psst', { channel: 'Incidents', slash: true })
  const port = Number(new URL(teams.url).port)
  await teams.close()

  const { teams: again } = await ground({ stateFile: file, port })
  expect(again.files()).toMatchObject([{ name: 'a.md', acceptedBy: '29:1-olive', bytes: Buffer.from('ok') }])
  expect(await upload(places[0])).toBe(416)
  expect(await upload(places[1])).toBe(201)
  expect(again.files()).toHaveLength(2)
  expect(again.person('avery').sees(said)).toEqual({ kind: 'nothing' })
})

test('a running bot does not notice that Teams was restarted: keys and tokens stay good', async () => {
  const file = stateFile()
  const { teams } = await ground({ stateFile: file })
  const token = await tokenOf(teams)
  const { endpoint } = await startBot(teams)
  await teams.person('olive').say('one')
  const port = Number(new URL(teams.url).port)
  await teams.close()

  const { teams: again } = await ground({ stateFile: file, port, messagingEndpoint: endpoint })
  expect((await ask(again, 'GET', at(INCIDENTS, 'members'), undefined, token)).status).toBe(200)
  await again.person('olive').say('two')
  expect(again.messages().map(({ text }) => text)).toEqual(['one', 'echo: one', 'two', 'echo: two'])
})

test('ids go on after a restart, even if the clock went back', async () => {
  const file = stateFile()
  const { teams, clock } = await ground({ stateFile: file })
  clock.advance(600_000)
  await teams.person('olive').say('one', { channel: 'Incidents' })
  await teams.close()
  const { teams: again } = await ground({ stateFile: file })
  const { message: second } = await again.person('olive').say('two', { channel: 'Incidents' })
  expect(Number(second.id)).toBe(Number(teams.messages().at(0)?.id) + 1)
})

test('a file that is something else is refused with the way out', async () => {
  const file = stateFile()
  writeFileSync(file, '{"channels":[]}')
  await expect(ground({ stateFile: file })).rejects.toThrow(`Delete ${file}`)
})
