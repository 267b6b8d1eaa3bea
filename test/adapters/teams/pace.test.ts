import { expect, test } from 'vitest'
import { LANES } from '../../../src/ports/chat.ts'
import { hall, INCIDENTS, said } from './hall.ts'

const PLACE = { platform: 'teams', channel: INCIDENTS }
test('as much as the outbox lets through, Teams takes: cards, replies and edits of a thread together', async () => {
  const { platform, teams, clock } = await hall({})
  const root = await platform.chat.post(PLACE, said('Begun'))
  const ended: unknown[] = []
  // Calls that are under way come to their end while another one goes there and back.
  const settle = async () => {
    for (let turn = 0; turn < 3; turn += 1) await (await fetch(teams.openIdMetadataUrl)).text()
  }
  for (let at = 0; at < 60; at += 1) {
    const lane = LANES[at % LANES.length] ?? 'prompt'
    const call =
      at % 3 === 0
        ? platform.chat.update(root, said(`Edit ${at}`), { lane })
        : platform.chat.post(PLACE, said(`Reply ${at}`), { lane, under: root })
    void call.then(
      () => ended.push('said'),
      (error: unknown) => ended.push(error),
    )
    clock.advance(200)
    await settle()
  }
  for (let second = 0; second < 60 && ended.length < 60; second += 1) {
    clock.advance(1_000)
    await settle()
  }
  expect(ended).toHaveLength(60)
  expect(teams.calls().filter(({ status }) => status === 429)).toEqual([])
  expect(ended.filter((one) => one === 'said').length).toBeGreaterThan(15)
}, 60_000)

test('a busy thread keeps no other one waiting', async () => {
  const { platform, teams } = await hall({})
  const root = await platform.chat.post(PLACE, said('Begun'))
  teams.setFaults({ calls: [{ kind: 'http', route: 'send', status: 429, retryAfterSeconds: 60, times: 1 }] })
  await expect(platform.chat.post(PLACE, said('x'), { under: root })).rejects.toThrow('60 s')
  await expect(platform.chat.post(PLACE, said('x'), { under: root })).rejects.toThrow('takes no more')
  const other = await platform.chat.post(
    { platform: 'teams', channel: '19:practice-payments@thread.tacv2' },
    said('y'),
  )
  expect(other.message).toMatch(/^\d+$/)
})
