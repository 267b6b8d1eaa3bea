import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { speak } from '../../src/apps/language.ts'
import { type Practice, startPractice } from '../../src/sandbox/start.ts'

const CHANNEL = 'C0PAYMENTS'
let folder: string
let practice: Practice

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-language-'))
  practice = await startPractice({
    ...{ folder, port: 0, say: () => {}, speed: 3000, logLevel: 'error', language: 'de', teams: 'connector' },
  })
  const blake = practice.slack.state.person('U0APPROVER2')
  if (blake) practice.slack.state.putPerson({ ...blake, locale: 'de-DE' })
})
afterAll(async () => {
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
  speak('en')
})

const shown = (part: string) =>
  practice.slack.until(() =>
    practice.slack
      .person('U0VIEWER')
      .messages(CHANNEL)
      .findLast((message) => JSON.stringify(message).includes(part)),
  )
const told = (person: string, at: number) =>
  practice.slack.until(() => practice.slack.person(person).ephemerals(CHANNEL)[at])

test('a channel is told in its language, whoever does something; what one person reads alone is in theirs', async () => {
  const [olive, blake] = [practice.slack.person('U0OPERATOR'), practice.slack.person('U0APPROVER2')]
  await blake.say(CHANNEL, '/dr help')
  expect(JSON.stringify(await told('U0APPROVER2', 0))).toContain('Befehle:')

  await olive.say(CHANNEL, '/dr drill payments')
  const form = await practice.slack.until(() =>
    olive.views().find(({ view }) => view.type === 'modal' && JSON.stringify(view).includes('A rehearsal')),
  )
  await olive.submit(form, {})
  const headline = await shown('Fortschritt')
  expect(JSON.stringify(headline)).not.toMatch(/Progress|Running/)

  const failure = await shown('decide:retry')
  const card = JSON.stringify(failure)
  expect(card).toContain('Wiederholen')
  expect(card).toContain('in AWS fehlgeschlagen')
  expect(card).not.toMatch(/Retry|Skip task/)
  await olive.click(failure, 'decide:retry')

  const gate = await shown('decide:approve')
  expect(JSON.stringify(gate)).toContain('Freigeben')
  await olive.click(gate, 'decide:approve')
  expect((await told('U0OPERATOR', 0)).text).toContain('You may not approve')
  await practice.slack.person('U0VIEWER').click(await shown('decide:approve'), 'decide:approve')
  expect((await told('U0VIEWER', 0)).text).toContain('You may not approve')

  await practice.slack.person('U0APPROVER').click(await shown('decide:approve'), 'decide:approve')
  const end = JSON.stringify(await shown('Payments ist beendet'))
  expect(end).toContain('Abgeschlossen')
  const thread = await practice.slack.until(() => {
    const all = JSON.stringify(
      practice.slack.state.messages(CHANNEL).filter(({ ephemeralTo }) => ephemeralTo === undefined),
    )
    return all.includes('Server gestartet (Job drsjob-') ? all : undefined
  })
  expect(card).toContain('endete mit Failed: Schritt loadKeys')
  for (const said of ['der Job ist zu Ende', 'Kein Eintrag wurde geändert']) expect(thread).toContain(said)
  // Only what AWS itself has said, names and what is typed are English.
  expect(thread).not.toMatch(/aunched|converting|succeeded|the job has|ended with|was changed|checked only/)
}, 60_000)

test('an answer that stands in a channel is in the channel’s language', async () => {
  const { teams } = practice
  if (!teams) throw new Error('There is no Teams.')
  const { message } = await teams.person('olive').say('help', { channel: 'Incidents' })
  const answer = await teams.until(() => teams.messages(message.conversationId)[1])
  expect(JSON.stringify(answer.card)).toContain('Befehle')
})

test('in Teams the reader’s language comes with what they say', async () => {
  const { teams } = practice
  if (!teams) throw new Error('There is no Teams.')
  const { message } = await teams.person('olive').say('help')
  const answer = await teams.until(() => teams.messages(message.conversationId).at(-1))
  expect(JSON.stringify(answer.card)).toContain('Shows')
  const thread = teams.messages().find(({ card }) => JSON.stringify(card ?? '').includes('Fortschritt'))
  expect(thread?.conversationId).toContain('19:practice-incidents')
})
