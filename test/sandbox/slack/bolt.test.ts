import { describe, expect, it } from 'vitest'
import { boltApp, practice } from './practice.ts'
import { actions, button, plain } from './samples.ts'

const INCIDENTS = 'C0INCIDENTS'

describe('a command to a Bolt app', () => {
  it('is answered in the same breath, to the person alone or to everybody', async () => {
    const { slack } = await practice()
    await boltApp(slack, (app) => {
      app.command('/dr', async ({ ack, command }) => {
        if (command.text === 'loud') await ack({ response_type: 'in_channel', text: 'Everybody!' })
        else await ack(`You said ${command.text}`)
      })
    })
    const olive = slack.person('U0OPERATOR')
    expect(await olive.say(INCIDENTS, '/dr hush')).toEqual({ ok: true })
    await olive.say(INCIDENTS, '/dr loud')
    expect(olive.messages(INCIDENTS)).toMatchObject([
      { text: 'You said hush', ephemeralTo: 'U0OPERATOR', user: 'U0LIFEBOAT' },
      { text: 'Everybody!' },
    ])
    expect(slack.person('U0VIEWER').messages(INCIDENTS)).toMatchObject([{ text: 'Everybody!' }])
    expect(olive.troubles()).toEqual([])
  })

  it('fails in front of the person when the app does not acknowledge', async () => {
    const { slack, clock } = await practice()
    let reached = false
    await boltApp(slack, (app) => {
      app.command('/dr', async () => {
        reached = true
      })
    })
    const saying = slack.person('U0OPERATOR').say(INCIDENTS, '/dr help')
    await expect.poll(() => reached).toBe(true)
    clock.advance(3_000)
    await saying
    expect(slack.person('U0OPERATOR').troubles()).toEqual(['/dr failed with the error operation_timeout'])
  })
})

describe('the response URL', () => {
  it('speaks five times, within half an hour', async () => {
    const { slack, clock } = await practice()
    const outcomes: unknown[] = []
    await boltApp(slack, (app) => {
      app.command('/dr', async ({ ack, respond, command }) => {
        await ack()
        if (command.text === 'late') clock.advance(30 * 60_000 + 1)
        for (let count = 1; count <= 6; count += 1) {
          const answer = await respond(`Answer ${count}`).catch((error) => error)
          outcomes.push(answer instanceof Response ? answer.status : Object(answer).statusCode)
        }
      })
    })
    const olive = slack.person('U0OPERATOR')
    await olive.say(INCIDENTS, '/dr now')
    await expect.poll(() => outcomes).toEqual([200, 200, 200, 200, 200, 404])
    expect(olive.ephemerals(INCIDENTS)).toHaveLength(5)
    await olive.say(INCIDENTS, '/dr late')
    await expect.poll(() => outcomes.slice(6)).toEqual(Array(6).fill(404))
    expect(slack.person('U0VIEWER').messages(INCIDENTS)).toEqual([])
  })

  it('replaces what was clicked on unless told otherwise, and is the only way to change an ephemeral message', async () => {
    const { slack, client } = await practice()
    await boltApp(slack, (app) => {
      app.action('again', async ({ ack, respond }) => {
        await ack()
        await respond({ text: 'and more', replace_original: false, response_type: 'in_channel' })
        await respond({ text: 'changed' })
      })
      app.action('away', async ({ ack, respond }) => {
        await ack()
        await respond({ delete_original: true })
      })
    })
    const blocks = [actions(button({ action_id: 'again' }), button({ action_id: 'away' }))]
    const send = { channel: INCIDENTS, user: 'U0VIEWER', text: 'Choose', blocks }
    await client.apiCall('chat.postEphemeral', send)
    const val = slack.person('U0VIEWER')
    const [card] = val.ephemerals(INCIDENTS)
    if (card) await val.click(card, 'again')
    await slack.until(() => val.ephemerals(INCIDENTS).find(({ text }) => text === 'changed'))
    expect(val.ephemerals(INCIDENTS)).toHaveLength(1)
    expect(val.ephemerals(INCIDENTS)[0]).not.toHaveProperty('blocks')
    expect(slack.person('U0OPERATOR').messages(INCIDENTS)).toMatchObject([{ text: 'and more' }])

    await client.apiCall('chat.postEphemeral', send)
    const second = val.ephemerals(INCIDENTS).at(-1)
    if (second) await val.click(second, 'away')
    await slack.until(() => (val.ephemerals(INCIDENTS).length === 1 ? true : undefined))
  })

  it('does not replace anything for a command, and answers in the thread it is told', async () => {
    const { slack, client } = await practice()
    const { ts: root = '' } = await client.chat.postMessage({ channel: INCIDENTS, text: 'root' })
    await boltApp(slack, (app) => {
      app.command('/dr', async ({ ack, respond }) => {
        await ack('Working…')
        await respond({ text: 'Done', replace_original: true })
        await respond({ text: 'In the thread', thread_ts: root, response_type: 'in_channel' })
      })
    })
    const olive = slack.person('U0OPERATOR')
    await olive.say(INCIDENTS, '/dr go')
    await slack.until(() => olive.messages(INCIDENTS).find(({ threadTs }) => threadTs === root))
    expect(olive.messages(INCIDENTS).map(({ text }) => text)).toEqual([
      'root',
      'Working…',
      'Done',
      'In the thread',
    ])
  })
})

describe('a click in front of a Bolt app', () => {
  it('says what was chosen, of whatever element', async () => {
    const { slack, client } = await practice()
    const heard: unknown[] = []
    await boltApp(slack, (app) => {
      app.action(/.*/, async ({ ack, action }) => {
        heard.push(action)
        await ack()
      })
    })
    const options = ['a', 'b'].map((value) => ({ text: plain(value), value }))
    const elements = [
      { type: 'overflow', action_id: 'more', options },
      { type: 'static_select', action_id: 'one', options },
      { type: 'checkboxes', action_id: 'some', options, initial_options: [options[0]] },
      { type: 'users_select', action_id: 'who' },
      { type: 'datepicker', action_id: 'when' },
    ]
    const block = { ...actions(...elements), block_id: 'b' }
    const post = { channel: INCIDENTS, text: 'x', attachments: [{ color: '#d00000', blocks: [block] }] }
    const posted = await client.apiCall('chat.postMessage', post)
    const on = { channel: INCIDENTS, ts: String(Object(posted).ts) }
    const val = slack.person('U0VIEWER')
    await val.click(on, 'more', { selected: 'b' })
    await val.click(on, 'one', { selected: 'a' })
    await val.click(on, 'some', { selected: 'a,b' })
    await val.click(on, 'who', { selected: 'U0ADMIN' })
    await val.click(on, 'when', { selected: '2026-02-28' })
    expect(heard).toMatchObject([
      { type: 'overflow', selected_option: options[1] },
      { type: 'static_select', selected_option: options[0] },
      { type: 'checkboxes', selected_options: options },
      { type: 'users_select', selected_user: 'U0ADMIN' },
      { type: 'datepicker', selected_date: '2026-02-28' },
    ])
  })
})
