import { describe, expect, it } from 'vitest'
import { modal, openModal, triggerOf } from './modal-ground.ts'
import { practice, refusal } from './practice.ts'
import { payloadOf, recordingApp } from './recording-app.ts'
import { actions, button } from './samples.ts'

describe('a trigger', () => {
  it('opens one modal, once', async () => {
    const ground = await practice()
    const trigger = await triggerOf(ground)
    const opened = await openModal(ground, trigger)
    expect(opened).toMatchObject({
      ok: true,
      view: {
        type: 'modal',
        callback_id: '',
        private_metadata: '',
        state: { values: { reason: { text: { type: 'plain_text_input', value: null } } } },
        previous_view_id: null,
        team_id: 'T0PRACTICE',
        app_id: 'A0LIFEBOAT',
      },
    })
    expect(ground.slack.person('U0OPERATOR').views()).toMatchObject([
      { depth: 1, view: { title: { text: 'One' } } },
    ])
    expect(ground.slack.person('U0VIEWER').views()).toEqual([])
    expect(await refusal(openModal(ground, trigger))).toMatchObject({ error: 'exchanged_trigger_id' })
    expect(await refusal(openModal(ground, '1.2.abc'))).toMatchObject({ error: 'invalid_trigger_id' })
  })

  it('lives for three seconds', async () => {
    const ground = await practice()
    const [early, late] = [await triggerOf(ground), await triggerOf(ground)]
    ground.clock.advance(3_000)
    await openModal(ground, early)
    ground.clock.advance(1)
    expect(await refusal(openModal(ground, late))).toMatchObject({ error: 'expired_trigger_id' })
  })

  it('outlives a view that Slack refuses', async () => {
    const ground = await practice()
    const trigger = await triggerOf(ground)
    expect(await refusal(openModal(ground, trigger, modal('x'.repeat(25))))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: [
          '[ERROR] failed to match all allowed schemas [json-pointer:/view]',
          '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
        ],
      },
    })
    await openModal(ground, trigger)
  })
})

describe('an open modal', () => {
  it('is changed by its id, or by a name of the app’s own, unless somebody was faster', async () => {
    const ground = await practice()
    const { client, slack } = ground
    const named = { ...modal('One'), external_id: 'mine' }
    const first = Object(await openModal(ground, await triggerOf(ground), named)).view
    const updated = await client.apiCall('views.update', {
      view_id: first.id,
      hash: first.hash,
      view: { ...modal('Two'), external_id: 'mine' },
    })
    expect(Object(updated).view.hash).not.toBe(first.hash)
    const stale = client.apiCall('views.update', {
      view_id: first.id,
      hash: first.hash,
      view: modal('Three'),
    })
    expect(await refusal(stale)).toMatchObject({ error: 'hash_conflict' })
    await client.apiCall('views.update', { external_id: 'mine', view: modal('Four') })
    expect(slack.person('U0OPERATOR').views()).toMatchObject([
      { id: first.id, view: { title: { text: 'Four' } } },
    ])
    const [top] = slack.person('U0OPERATOR').views()
    if (top) await slack.person('U0OPERATOR').close(top)
    const closed = client.apiCall('views.update', { view_id: first.id, view: modal('Five') })
    expect(await refusal(closed)).toMatchObject({ error: 'not_found' })
  })

  it('bears two more, which a click within it may open', async () => {
    const ground = await practice()
    const { client, slack } = ground
    const olive = slack.person('U0OPERATOR')
    const pressable = (title: string) => ({ ...modal(title, actions(button({ action_id: 'deeper' }))) })
    const push = async (title: string) => {
      const app = await recordingApp(slack)
      const top = olive.views().at(-1)
      if (top) await olive.click(top, 'deeper')
      const [delivery] = app.deliveries
      const { trigger_id, container } = delivery ? payloadOf(delivery) : {}
      expect(container).toEqual({ type: 'view', view_id: top?.id })
      return client.apiCall('views.push', { trigger_id, view: pressable(title) })
    }
    await openModal(ground, await triggerOf(ground), pressable('One'))
    await push('Two')
    await push('Three')
    expect(olive.views().map(({ depth, view }) => [depth, 'title' in view && view.title.text])).toEqual([
      [1, 'One'],
      [2, 'Two'],
      [3, 'Three'],
    ])
    expect(await refusal(push('Four'))).toMatchObject({ error: 'push_limit_reached' })
    const elsewhere = client.apiCall('views.push', {
      trigger_id: await triggerOf(ground),
      view: pressable('Five'),
    })
    expect(await refusal(elsewhere)).toMatchObject({ error: 'not_found' })
  })

  it('tells an app that asked when it is closed', async () => {
    const ground = await practice()
    const { slack } = ground
    const olive = slack.person('U0OPERATOR')
    await openModal(ground, await triggerOf(ground), {
      ...modal('One'),
      notify_on_close: true,
      private_metadata: 'task-7',
    })
    const app = await recordingApp(slack)
    const [top] = olive.views()
    if (top) await olive.close(top)
    expect(olive.views()).toEqual([])
    expect(app.deliveries.map(payloadOf)).toMatchObject([
      {
        type: 'view_closed',
        is_cleared: false,
        user: { id: 'U0OPERATOR' },
        view: { private_metadata: 'task-7' },
      },
    ])
    await openModal(ground, await triggerOf(ground))
    const quiet = await recordingApp(slack)
    const [second] = olive.views()
    if (second) await olive.close(second)
    expect(quiet.deliveries).toEqual([])
  })

  it('is its person’s own', async () => {
    const ground = await practice()
    await openModal(ground, await triggerOf(ground))
    const [top] = ground.slack.person('U0OPERATOR').views()
    const other = ground.slack.person('U0VIEWER')
    expect(await other.submit({ id: top?.id ?? '' }, { reason: { text: 'mine now' } })).toMatchObject({
      ok: false,
    })
    expect(ground.slack.person('U0OPERATOR').views()).toHaveLength(1)
  })
})
