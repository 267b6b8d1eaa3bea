import { describe, expect, it } from 'vitest'
import { declared } from './declared.ts'
import { boltApp, practice, refusal } from './practice.ts'
import { actions, button, input, plain } from './samples.ts'

const home = (...blocks: object[]) => ({ type: 'home', blocks })
const section = (text: string) => ({ type: 'section', text: plain(text) })
const ground = (own = {}) => practice({ manifest: declared(own) })

describe('an app’s home', () => {
  it('is published for one person when they look at it, and hears of their clicks', async () => {
    const { slack } = await ground()
    const heard: unknown[] = []
    await boltApp(slack, (app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        heard.push({ tab: event.tab, hadView: event.view !== undefined })
        await client.apiCall('views.publish', {
          user_id: event.user,
          view: home(
            section('Two runs wait'),
            input({ type: 'plain_text_input', action_id: 'name' }, { block_id: 'who' }),
            actions(button({ action_id: 'show', value: 'all' })),
          ),
        })
      })
      app.action('show', async ({ ack, body, client }) => {
        await ack()
        if (body.type !== 'block_actions') return
        heard.push({
          container: body.container,
          name: body.view?.state.values.who?.name?.value,
          message: body.message,
        })
        const view = {
          type: 'modal' as const,
          title: { type: 'plain_text' as const, text: 'All' },
          blocks: [],
        }
        await client.views.open({ trigger_id: body.trigger_id, view })
      })
    })
    const val = slack.person('U0VIEWER')
    expect(await val.openHome()).toEqual({ ok: true })
    const shown = await slack.until(() => val.home())
    expect(slack.person('U0ADMIN').home()).toBeUndefined()
    await val.click(shown, 'show', { values: { who: { name: 'payments' } } })
    await slack.until(() => val.views()[0])
    await val.openHome()
    await slack.until(() => (heard.length === 3 ? true : undefined))
    expect(heard).toMatchObject([
      { tab: 'home', hadView: false },
      { container: { type: 'view', view_id: shown.id }, name: 'payments', message: undefined },
      { tab: 'home', hadView: true },
    ])
  })

  it('is replaced as a whole, under the same id, and only by who saw the last one', async () => {
    const { slack, client } = await ground()
    const publish = (text: string, more = {}) =>
      client.apiCall('views.publish', { user_id: 'U0VIEWER', view: home(section(text)), ...more })
    const first = Object(await publish('one')).view
    expect(first).toMatchObject({
      type: 'home',
      submit: null,
      previous_view_id: null,
      root_view_id: first.id,
    })
    const second = Object(await publish('two', { hash: first.hash })).view
    expect(second.id).toBe(first.id)
    expect(await refusal(publish('three', { hash: first.hash }))).toMatchObject({ error: 'hash_conflict' })
    expect(slack.person('U0VIEWER').home()).toMatchObject({ view: { blocks: [{ text: { text: 'two' } }] } })
  })

  it.each([
    ['not_enabled', {}, { home: { messages_tab_enabled: true } }],
    ['invalid_arguments', { user_id: 'U0NOBODY' }, {}],
    ['invalid_arguments', { view: { type: 'modal', title: plain('x'), blocks: [] } }, {}],
    ['invalid_arguments', { view: { ...home(), title: plain('x') } }, {}],
    ['invalid_arguments', { view: home(...Array.from({ length: 101 }, () => section('x'))) }, {}],
  ])('is refused with %s for %j', async (error, args, own) => {
    const { client } = await ground(own)
    const view = home(...Array.from({ length: 100 }, () => section('x')))
    expect(
      await refusal(client.apiCall('views.publish', { user_id: 'U0VIEWER', view, ...args })),
    ).toMatchObject({ error })
  })

  it('has no Home to open where the app declares none', async () => {
    const { slack } = await ground({ home: { messages_tab_enabled: true } })
    expect(await slack.person('U0VIEWER').openHome('home')).toEqual({
      ok: false,
      error: 'Rehearser has no Home.',
    })
  })

  it('takes no messages where the app switched them off', async () => {
    const { slack, client } = await ground({
      home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
    })
    const { channel } = await client.conversations.open({ users: 'U0VIEWER' })
    await client.chat.postMessage({ channel: String(channel?.id), text: 'for you' })
    expect(slack.person('U0VIEWER').messages('D0VIEWER')).toMatchObject([{ text: 'for you' }])
    expect(await slack.person('U0VIEWER').say('D0VIEWER', 'thanks')).toEqual({
      ok: false,
      error: 'Sending messages to this app has been turned off.',
    })
  })
})
