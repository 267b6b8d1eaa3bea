import { expect, test } from 'vitest'
import { reportBody } from '../../src/adapters/http/report-shape.ts'
import { manualClock } from '../../src/adapters/memory/clock.ts'
import { parseCommand } from '../../src/conversation/commands.ts'
import { answering } from '../../src/engine/answering.ts'
import { sendReport } from '../../src/engine/reporting.ts'
import type { Attachment, Chat } from '../../src/ports/chat.ts'
import { FinalFailure } from '../../src/ports/failure.ts'
import { planFrom, run } from '../domain/run.ts'
import { as, explaining } from './explaining.ts'

const made = run(planFrom({ gate: [] }))
made.settle()

/** What somebody is answered who asks, and the files that they get directly. */
async function asked(text: string, { who = 'slack:olive', refuses = false } = {}) {
  const sent: { to: string; files: readonly Attachment[] }[] = []
  const chat: Chat = {
    platform: 'slack',
    post: async () => expect.fail('The report is nobody else’s.'),
    update: async () => {},
    async direct(person) {
      if (refuses) throw new FinalFailure('cannot_dm_bot')
      return { platform: 'slack', channel: `D-${person}`, message: '1' }
    },
    attach: async ({ channel }, files) => void sent.push({ to: channel, files }),
  }
  const drawing = {
    pictures: { draw: async () => new Uint8Array([1]) },
    documents: { pdf: async () => new TextEncoder().encode('%PDF') },
    history: async () => made.records,
    json: (report: Parameters<typeof reportBody>[0]) => JSON.stringify(reportBody(report)),
    zone: 'UTC',
  }
  const command = parseCommand(text)
  if (command.kind !== 'report') throw new Error(`That is understood as ${command.kind}.`)
  const reporting = { drawing, chats: new Map([['slack', chat]]), clock: manualClock() }
  const desk = answering({
    explaining: explaining(),
    sendReport: (execution, asker, form) => sendReport(execution, asker, reporting, form),
  })
  const { actor, source } = as(who)
  const asker = { source, actor: who.startsWith('token:') ? { ...actor, kind: 'token' as const } : actor }
  const reply = await desk.about(made.execution(), command, asker)
  if (reply.kind !== 'whisper') throw new Error(`A report is answered privately, not by ${reply.kind}.`)
  return { sent, says: reply.card.text }
}

const formsOf = ({ files }: { files: readonly Attachment[] }) =>
  files.map(({ name }) => name.split('.').at(-1))

test('who asks for the report gets it directly, in every form; nobody else sees it', async () => {
  const { sent, says } = await asked('report')
  expect(sent.map(({ to }) => to)).toEqual(['D-slack:olive'])
  expect(sent.map(formsOf)).toEqual([['pdf', 'md', 'json']])
  expect(says).toMatch(/in your direct messages, as PDF, Markdown and JSON\. Over the API: GET/)
})

test.each([
  ['export', 'json', 'JSON'],
  ['export json', 'json', 'JSON'],
  ['export MD', 'md', 'Markdown'],
  ['export pdf', 'pdf', 'PDF'],
])('%s gives the record in that form alone', async (text, form, name) => {
  const { sent, says } = await asked(text)
  expect(sent.map(formsOf)).toEqual([[form]])
  expect(says).toContain(`in your direct messages, as ${name}.`)
})

test('what is exported as JSON can be verified: it names the records it was made of', async () => {
  const [{ files: [file] = [] } = { files: [] }] = (await asked('export')).sent
  const { chain } = JSON.parse(new TextDecoder().decode(file?.bytes))
  expect(chain).toMatchObject({ records: made.records.length, intact: true })
})

test('who has no chat, or cannot be written to, is told where it is', async () => {
  const token = await asked('export', { who: 'token:ci' })
  expect([token.sent, token.says]).toEqual([[], expect.stringContaining('/report, report.md, report.pdf')])
  const closed = await asked('report', { refuses: true })
  expect([closed.sent, closed.says]).toEqual([[], expect.stringContaining('could not be sent to you')])
})
