import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { practice, refusal } from './practice.ts'

const INCIDENTS = 'C0INCIDENTS'
const freshFile = () => join(mkdtempSync(join(tmpdir(), 'practice-slack-')), 'slack.json')

it('a workspace outlives a restart: messages, threads, metadata, people, rooms, and the order of timestamps', async () => {
  const stateFile = freshFile()
  const first = await practice({ stateFile })
  const metadata = { event_type: 'card', event_payload: { task: 'dns' } }
  const { ts: root = '' } = await first.client.chat.postMessage({
    channel: INCIDENTS,
    text: 'root',
    metadata,
  })
  await first.slack.person('U0OPERATOR').say(INCIDENTS, 'a reply', root)
  await first.client.chat.postEphemeral({ channel: INCIDENTS, user: 'U0VIEWER', text: 'only now' })
  await first.client.conversations.create({ name: 'war-room' })
  const guest = first.slack.state.person('U0GUEST')
  if (guest) first.slack.state.putPerson({ ...guest, deactivated: true })
  await first.slack.close()

  const { slack, client } = await practice({ stateFile })
  const { messages } = await client.conversations.replies({
    channel: INCIDENTS,
    ts: root,
    include_all_metadata: true,
  })
  expect(messages).toMatchObject([
    { text: 'root', reply_count: 1, metadata },
    { text: 'a reply', user: 'U0OPERATOR' },
  ])
  expect(slack.person('U0VIEWER').ephemerals(INCIDENTS)).toEqual([])
  expect(slack.state.channels().map(({ name }) => name)).toContain('war-room')
  expect(await slack.person('U0GUEST').say(INCIDENTS, 'hello')).toMatchObject({ ok: false })
  const updated = await client.chat.update({ channel: INCIDENTS, ts: root, text: 'still mine' })
  expect(updated.ok).toBe(true)
  const { ts: next = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'next' })
  expect(messages?.every(({ ts = '' }) => ts < next)).toBe(true)
})

it('a change is on disk within 200 ms, and nothing is written before', async () => {
  const stateFile = freshFile()
  const { slack, clock } = await practice({ stateFile })
  await slack.person('U0OPERATOR').say(INCIDENTS, 'keep this')
  clock.advance(199)
  expect(existsSync(stateFile)).toBe(false)
  clock.advance(1)
  expect(readFileSync(stateFile, 'utf8')).toContain('keep this')
})

it('modals and triggers do not outlive a restart, and old response URLs are unknown', async () => {
  const stateFile = freshFile()
  const first = await practice({ stateFile })
  await first.slack.close()
  const { slack, client } = await practice({ stateFile })
  expect(slack.person('U0OPERATOR').views()).toEqual([])
  const stale = await fetch(`${slack.url}/response/of-the-last-life`, {
    method: 'POST',
    body: '{"text":"x"}',
  })
  expect([stale.status, await stale.text()]).toEqual([404, 'invalid_url'])
  const open = client.apiCall('views.open', {
    trigger_id: '1.1.a',
    view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] },
  })
  expect(await refusal(open)).toMatchObject({ error: 'invalid_trigger_id' })
})

it.each(['not json', '{"channels":[]}'])(
  'a state file that holds %j is named, with the way out',
  async (text) => {
    const stateFile = freshFile()
    writeFileSync(stateFile, text)
    await expect(practice({ stateFile })).rejects.toThrow(`${stateFile} does not hold a practice workspace`)
    await expect(practice({ stateFile })).rejects.toThrow(
      `Delete ${stateFile} to begin with a fresh workspace.`,
    )
  },
)

it('a manifest that cannot be used is refused with what is wrong in it', async () => {
  await expect(practice({ manifest: { display_information: {} } })).rejects.toThrow(
    /display_information\.name/,
  )
})
