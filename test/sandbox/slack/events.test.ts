import { describe, expect, it } from 'vitest'
import { practice } from './practice.ts'
import { recordingApp } from './recording-app.ts'

const INCIDENTS = 'C0INCIDENTS'

describe('an event', () => {
  const mention = (slack: Awaited<ReturnType<typeof practice>>['slack']) =>
    slack.person('U0OPERATOR').say(INCIDENTS, '@lifeboat are you there?')

  it('arrives as signed JSON', async () => {
    const { slack } = await practice()
    const app = await recordingApp(slack)
    await mention(slack)
    await app.heard(1)
    const [delivery] = app.deliveries
    expect(delivery?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-slack-signature': expect.any(String),
    })
    expect(JSON.parse(delivery?.body ?? '')).toMatchObject({
      type: 'event_callback',
      team_id: 'T0PRACTICE',
      api_app_id: 'A0LIFEBOAT',
      event_id: expect.stringMatching(/^Ev/),
      authorizations: [{ team_id: 'T0PRACTICE', user_id: 'U0LIFEBOAT', is_bot: true }],
      event: {
        type: 'app_mention',
        user: 'U0OPERATOR',
        text: '<@U0LIFEBOAT> are you there?',
        channel: INCIDENTS,
      },
    })
  })

  it('is sent again at once, after a minute and after five more, and then no more', async () => {
    const { slack, clock } = await practice()
    const app = await recordingApp(slack)
    app.answerWith(() => ({ status: 500 }))
    await mention(slack)
    await clock.awaited(60_000)
    clock.advance(59_999)
    expect(app.deliveries).toHaveLength(2)
    clock.advance(1)
    await clock.awaited(5 * 60_000)
    clock.advance(5 * 60_000)
    await app.heard(4)
    clock.advance(60 * 60_000)
    const tries = app.deliveries.map(({ headers }) => [
      headers['x-slack-retry-num'],
      headers['x-slack-retry-reason'],
    ])
    expect(tries).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ])
    expect(new Set(app.deliveries.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1)
  })

  it('is sent again after three seconds of silence', async () => {
    const { slack, clock } = await practice()
    const app = await recordingApp(slack)
    app.answerWith(() => 'never')
    await mention(slack)
    await app.heard(1)
    clock.advance(3_000)
    await app.heard(2)
    expect(app.deliveries[1]?.headers).toMatchObject({
      'x-slack-retry-num': '1',
      'x-slack-retry-reason': 'http_timeout',
    })
  })

  it('is not sent again to an app that asks not to', async () => {
    const { slack, clock } = await practice()
    const app = await recordingApp(slack)
    app.answerWith(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }))
    await mention(slack)
    await app.heard(1)
    // By the time that two commands have come back, an immediate second try would have been made.
    for (const text of ['/dr one', '/dr two']) await slack.person('U0VIEWER').say(INCIDENTS, text)
    clock.advance(60 * 60_000)
    const types = app.deliveries.map(({ headers }) => headers['content-type'])
    expect(types.filter((type) => type === 'application/json')).toHaveLength(1)
  })

  it('comes of a private word and of a look at the app’s home, if the app subscribed', async () => {
    const { slack } = await practice()
    const app = await recordingApp(slack)
    await slack.person('U0VIEWER').say('D0VIEWER', 'psst')
    slack.person('U0VIEWER').openHome('messages')
    await app.heard(2)
    expect(app.deliveries.map(({ body }) => JSON.parse(body).event)).toMatchObject([
      { type: 'message', channel_type: 'im', text: 'psst', channel: 'D0VIEWER' },
      { type: 'app_home_opened', tab: 'messages', user: 'U0VIEWER', channel: 'D0VIEWER' },
    ])
  })
})
