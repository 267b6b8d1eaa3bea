import type { View } from '@slack/types'
import { describe, expect, it } from 'vitest'
import { modal, openModal, triggerOf } from './modal-ground.ts'
import { boltApp, practice } from './practice.ts'
import { payloadOf, recordingApp } from './recording-app.ts'
import { actions, input, plain } from './samples.ts'

const INCIDENTS = 'C0INCIDENTS'

describe('a modal sent to a Bolt app', () => {
  it('is checked first as Slack’s client does, and then closes, stays, changes, stacks or clears as the app says', async () => {
    const { slack } = await practice()
    const submitted: unknown[] = []
    await boltApp(slack, (app) => {
      app.command('/dr', async ({ ack, client, body }) => {
        await ack()
        const opened = await client.apiCall('views.open', { trigger_id: body.trigger_id, view: modal('One') })
        expect(opened.ok).toBe(true)
      })
      app.view(/.*/, async ({ ack, view }) => {
        const said = view.state.values.reason?.text?.value
        submitted.push(said)
        const shown = modal(`After ${said}`) as unknown as View
        if (said === 'errors') await ack({ response_action: 'errors', errors: { reason: 'Say it better' } })
        else if (said === 'update') await ack({ response_action: 'update', view: shown })
        else if (said === 'push') await ack({ response_action: 'push', view: shown })
        else if (said === 'clear') await ack({ response_action: 'clear' })
        else if (said === 'astray') await ack({ response_action: 'errors', errors: { nothing: 'x' } })
        else await ack()
      })
    })
    const olive = slack.person('U0OPERATOR')
    const titles = () => olive.views().map(({ view }) => 'title' in view && view.title.text)
    const send = (text: unknown) => olive.submit({ id: olive.views().at(-1)?.id ?? '' }, { reason: { text } })
    await olive.say(INCIDENTS, '/dr')
    await slack.until(() => olive.views()[0])

    expect(await send('')).toMatchObject({
      ok: false,
      errors: { reason: 'Please complete this required field.' },
    })
    expect(await send('no')).toMatchObject({ errors: { reason: 'Please enter at least 3 characters.' } })
    expect(await send('x'.repeat(10))).toMatchObject({
      errors: { reason: 'Please enter at most 9 characters.' },
    })
    expect(submitted).toEqual([])
    expect(await send('errors')).toMatchObject({ ok: false, errors: { reason: 'Say it better' } })
    expect(await send('astray')).toEqual({ ok: false, error: 'We had some trouble connecting. Try again?' })
    expect(await send('update')).toEqual({ ok: true })
    expect(titles()).toEqual(['After update'])
    await send({ type: 'plain_text_input', value: 'push' })
    expect(titles()).toEqual(['After update', 'After push'])
    await send('done')
    expect(titles()).toEqual(['After update'])
    await send('push')
    await send('clear')
    expect(titles()).toEqual([])
    expect(submitted).toEqual(['errors', 'astray', 'update', 'push', 'done', 'push', 'clear'])
  })

  it('stays open when the app is silent', async () => {
    const ground = await practice()
    const { slack, clock } = ground
    await openModal(ground, await triggerOf(ground))
    const app = await recordingApp(slack)
    app.answerWith(() => 'never')
    const olive = slack.person('U0OPERATOR')
    const sending = olive.submit({ id: olive.views()[0]?.id ?? '' }, { reason: { text: 'because' } })
    await app.heard(1)
    clock.advance(3_000)
    expect(await sending).toMatchObject({ ok: false, error: expect.stringContaining('Try again') })
    expect(olive.views()).toHaveLength(1)
  })

  it('says what stands in every element, whoever entered it', async () => {
    const ground = await practice()
    const options = ['retry', 'skip'].map((value) => ({ text: plain(value), value }))
    await openModal(
      ground,
      await triggerOf(ground),
      modal(
        'Decide',
        {
          ...actions({ type: 'radio_buttons', action_id: 'pick', options, initial_option: options[0] }),
          block_id: 'how',
        },
        input(
          { type: 'number_input', action_id: 'n', is_decimal_allowed: false, max_value: '3' },
          { block_id: 'tries' },
        ),
        input(
          { type: 'multi_users_select', action_id: 'who', initial_users: ['U0ADMIN'] },
          { block_id: 'tell', optional: true },
        ),
        input({ type: 'static_select', action_id: 'one', options }, { block_id: 'next' }),
      ),
    )
    const app = await recordingApp(ground.slack)
    const olive = ground.slack.person('U0OPERATOR')
    const view = { id: olive.views()[0]?.id ?? '' }
    await olive.click(view, 'pick', { selected: 'skip', values: { tries: { n: '2' } } })
    expect(app.deliveries.map(payloadOf)).toMatchObject([
      {
        actions: [{ type: 'radio_buttons', selected_option: options[1] }],
        view: {
          state: { values: { how: { pick: { selected_option: options[1] } }, tries: { n: { value: '2' } } } },
        },
      },
    ])
    expect(await olive.submit(view, { tries: { n: '7' }, next: { one: 'unknown' } })).toMatchObject({
      errors: { tries: 'Please enter 3 or less.', next: 'Please complete this required field.' },
    })
    await olive.submit(view, { tries: { n: '3' }, next: { one: 'retry' } })
    expect(payloadOf(app.deliveries[1] ?? { headers: {}, body: '' }).view.state.values).toEqual({
      how: { pick: { type: 'radio_buttons', selected_option: options[1] } },
      tries: { n: { type: 'number_input', value: '3' } },
      tell: { who: { type: 'multi_users_select', selected_users: ['U0ADMIN'] } },
      next: { one: { type: 'static_select', selected_option: options[0] } },
    })
  })

  it('keeps what was chosen before beside what is chosen now, in the same block', async () => {
    const ground = await practice()
    const options = ['a', 'b'].map((value) => ({ text: plain(value), value }))
    const one = { type: 'static_select', action_id: 'one', options }
    const other = { type: 'static_select', action_id: 'other', options }
    await openModal(ground, await triggerOf(ground), modal('Both', { ...actions(one, other), block_id: 'b' }))
    const app = await recordingApp(ground.slack)
    const olive = ground.slack.person('U0OPERATOR')
    const view = { id: olive.views()[0]?.id ?? '' }
    await olive.click(view, 'one', { selected: 'a' })
    await olive.click(view, 'other', { selected: 'b' })
    expect(app.deliveries.map(payloadOf).at(-1).view.state.values.b).toMatchObject({
      one: { selected_option: options[0] },
      other: { selected_option: options[1] },
    })
  })
})
