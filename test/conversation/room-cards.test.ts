import { expect, test } from 'vitest'
import { asText } from '../../src/conversation/as-text.ts'
import { briefCard } from '../../src/conversation/brief-card.ts'
import { parseClick, writeClick } from '../../src/conversation/click.ts'
import { parseCommand } from '../../src/conversation/commands.ts'
import { roomName } from '../../src/conversation/room-name.ts'
import { roomPhase, roomTopic } from '../../src/conversation/room-topic.ts'
import {
  dutiesCard,
  roomNoticeCard,
  type StandingRoom,
  warRoomCard,
} from '../../src/conversation/war-room-card.ts'
import { type Execution, executionId, INCIDENT_ROLES } from '../../src/domain/execution.ts'
import { ANN, after, atGate, begun, failedDns } from './payments.ts'

const NOW = new Date('2026-11-23T14:10:00.000Z')
const channel = { platform: 'slack', id: 'C1', name: 'dr-real-20261123-payments-1run' }
const STANDING: StandingRoom = { channel, isArchived: false, troubles: [] }
const ended = (): Execution =>
  after(failedDns(), ['dns', 'skip', 12, {}], ['mail', 'start', 12], ['mail', 'complete', 40])

test('the panel says who leads and who writes, and offers to take it; nobody closes a room that works', () => {
  expect(asText(warRoomCard({ ...atGate(), roles: { commander: ANN } }, STANDING))).toMatchInlineSnapshot(`
    "# 🔴 REAL · War room of Payments
    Incident commander: Ann
    Scribe: nobody yet
    [Take over command] [Give back command] [Take scribe]
    (Mark a message with 📌 or 📝 and it is a note of the run.)"
  `)
})

test('the panel of a run that has ended offers to close the room, and that of a closed room offers nothing', () => {
  expect(asText(warRoomCard(ended(), STANDING))).toContain('[Close room]')
  const asked = { by: ANN, at: NOW.toISOString() }
  const closed = warRoomCard({ ...ended(), room: { opened: asked, closed: asked } }, STANDING)
  expect(asText(closed)).toContain('Closed by Ann.')
  expect(closed.blocks.map(({ kind }) => kind)).not.toContain('buttons')
})

test('every button of the panel carries a click that comes back as it was written', () => {
  const card = warRoomCard({ ...ended(), roles: { scribe: ANN } }, STANDING)
  const buttons = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
  expect(buttons.map(({ label }) => label)).toEqual([
    ...['Take command', 'Take over scribe', 'Give back scribe', 'Close room'],
  ])
  for (const { click } of buttons) {
    expect(parseClick(writeClick(click))).toEqual(click)
    expect('command' in click && parseCommand(click.command)).toMatchObject({ kind: 'talk', run: '01RUN' })
  }
})

test('the thread leads to the room, and says what is wrong with it and when it is gone', () => {
  const troubles = ['The headline is not pinned in the war room: Slack refused it.']
  expect(asText(roomNoticeCard(STANDING))).toBe(`🚪 War room: #${channel.name}`)
  expect(asText(roomNoticeCard({ ...STANDING, troubles }))).toContain(
    'refused it. The run goes on all the same.',
  )
  expect(asText(roomNoticeCard({ ...STANDING, isArchived: true }))).toContain('is closed and archived.')
  expect(asText(roomNoticeCard({ isArchived: false, troubles }))).toContain('is not there yet')
})

test('whoever comes late reads what there is to know', () => {
  expect(asText(briefCard({ ...failedDns(), roles: { commander: ANN } }))).toMatchInlineSnapshot(`
    "# 🔴 REAL · Payments: what you must know
    Mode: this moves production for real
    Started: 14:00 UTC by Ann
    Now: stopped by a failure, a decision is needed, 2 of 4 tasks done
    Waits for people: DNS cutover (failed)
    Incident commander: Ann
    Scribe: nobody yet
    (The pinned headline is always current; its thread has every step. /dr help has the commands.)"
  `)
  expect(asText(briefCard(begun('drill')))).toContain('a rehearsal, production stays')
  expect(asText(briefCard(ended()))).toContain('Now: ✅ Completed after 40 min')
})

test.each(INCIDENT_ROLES)('what a %s does is said in five lines', (role) => {
  const [, list] = dutiesCard(atGate(), role).blocks
  expect(list?.kind === 'list' ? list.items : []).toHaveLength(5)
})

test('a room’s name tells mode, day, plan and run, the same each time, in what every chat takes', () => {
  expect(roomName({ ...begun(), id: executionId.parse('01KABC41C9') })).toBe('dr-real-20261123-payments-41c9')
  const { plan } = begun('drill')
  const long = roomName({ ...begun('drill'), plan: { ...plan, id: `Card.Pay_ments${'x'.repeat(64)}` } })
  expect(long).toMatch(/^dr-drill-20261123-card-pay-mentsx+-1run$/)
  expect(long).toHaveLength(80)
})

test('the topic says mode, approvals, objective and forecast; the phase changes with what people must know', () => {
  expect(roomTopic(atGate(), NOW)).toBe(
    '🔴 REAL · Payments · approvals 0/1 · RTO 15:00 UTC · forecast 14:20 UTC',
  )
  expect(roomTopic(begun('drill'), NOW)).toContain('🟡 DRILL · Payments')
  expect(roomTopic(ended(), NOW)).toBe(
    '🔴 REAL · Payments · ✅ Completed after 40 min, with one task skipped.',
  )
  const paused = { ...atGate(), paused: { by: ANN, at: NOW.toISOString() } }
  expect(roomTopic(paused, NOW)).toContain(' · paused · ')
  const phases = [begun(), atGate(), paused, failedDns(), ended()].map(roomPhase)
  expect(new Set(phases).size).toBe(phases.length)
})
