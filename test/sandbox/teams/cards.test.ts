import type { TurnContext } from 'botbuilder'
import { expect, test } from 'vitest'
import type { Card } from '../../../src/sandbox/teams/message.ts'
import { startBot } from './bot.ts'
import { APP_ID, ask, at, ground, INCIDENTS } from './ground.ts'
import { APPROVE, cardMessage, cardOf, rawCard } from './samples.ts'

const shown = (value: Card) => async () => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value },
})

const posted = async (teams: Awaited<ReturnType<typeof ground>>['teams'], card: Card) => {
  await ask(teams, 'POST', at(INCIDENTS, 'activities'), rawCard(card))
  return teams.until(() => teams.messages().at(-1))
}

test('what an Action.Execute is answered with, only who pressed it sees', async () => {
  const { teams } = await ground()
  const mine = cardOf('You approved.')
  const bot = await startBot(teams, { onInvoke: shown(mine) })
  const message = await posted(teams, cardOf('Approve?', [APPROVE]))
  const pressed = await teams.person('avery').press(message, 'Approve')
  expect(pressed).toMatchObject({ kind: 'answered', status: 200, body: { statusCode: 200 } })
  expect(teams.person('avery').sees(message)).toMatchObject({ kind: 'card', card: mine })
  expect(teams.person('olive').sees(message)).toMatchObject({ card: message.card })
  expect(bot.heard).toMatchObject([
    {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: message.id,
      from: { id: '29:1-avery' },
      conversation: { id: message.conversationId },
      value: {
        trigger: 'manual',
        action: { type: 'Action.Execute', verb: 'approve', data: { plan: 'payments' } },
      },
    },
  ])
})

test('an update is seen by everybody, in place of what only one of them saw', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams, { onInvoke: shown(cardOf('You approved.')) })
  const message = await posted(teams, cardOf('Approve?', [APPROVE]))
  await teams.person('avery').press(message, 'Approve')
  const approved = cardOf('Avery approved.')
  const [reference] = bot.references
  await bot.adapter.continueConversationAsync(APP_ID, reference ?? {}, async (context) => {
    await context.updateActivity({ ...cardMessage(approved), id: message.id })
  })
  for (const name of ['avery', 'olive'])
    expect(teams.person(name).sees(message)).toMatchObject({ card: approved })
  expect(teams.message(message.id)).toMatchObject({ edited: true, views: {} })
})

test('a private word is remembered for whom it was told', async () => {
  const { teams } = await ground()
  await startBot(teams, {
    onInvoke: async () => ({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'You may not.' },
    }),
  })
  const message = await posted(teams, cardOf('Approve?', [APPROVE]))
  await teams.person('val').press(message, 'Approve')
  expect(teams.person('val').told()).toMatchObject([{ messageId: message.id, text: 'You may not.' }])
  expect(teams.person('olive').told()).toEqual([])
})

test('inputs go along with the action, over its data, also from a card shown by a card', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams, { onInvoke: async () => ({ status: 200 }) })
  const reason = { type: 'Input.Text', id: 'reason', isRequired: true }
  const inner = { ...cardOf('Why?', [APPROVE]), body: [reason] }
  const card = {
    ...cardOf('Approve?', [{ type: 'Action.ShowCard', title: 'Decide', card: inner }]),
    body: [{ type: 'Container', items: [{ type: 'Input.Toggle', id: 'drill', title: 'A drill' }] }],
  }
  const olive = teams.person('olive')
  const message = await posted(teams, card)
  await expect(olive.press(message, 'Approve')).rejects.toThrow('The input "reason" is required.')
  await expect(olive.press(message, 'Approve', { why: 'x' })).rejects.toThrow('There is no input "why"')
  await olive.press(message, 'Approve', { reason: 'tested', drill: 'true' })
  const data = { plan: 'payments', reason: 'tested', drill: 'true' }
  expect(bot.heard).toMatchObject([{ value: { action: { data } } }])
})

test('nobody presses what is not there', async () => {
  const { teams } = await ground()
  const message = await posted(
    teams,
    cardOf('Approve?', [APPROVE, { ...APPROVE, title: 'Reject', isEnabled: false }]),
  )
  const olive = teams.person('olive')
  await expect(olive.press(message, 'Retry')).rejects.toThrow('sees no action "Retry"')
  await expect(olive.press(message, 'Reject')).rejects.toThrow('greyed out')
})

test('an old client sends the fallback as a message with a value', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams, { onMessage: async () => {} })
  const message = await posted(teams, cardOf('Approve?', [APPROVE]))
  await teams.person('olive').press(message, 'Approve', {}, { as: 'submit' })
  expect(bot.heard).toMatchObject([
    { type: 'message', replyToId: message.id, value: { plan: 'payments', old: true } },
  ])
})

test('a card refreshes itself for those it names', async () => {
  const { teams } = await ground()
  const bot = await startBot(teams, {
    onInvoke: async ({ activity }: TurnContext) => shown(cardOf(`For ${activity.from.name}`))(),
  })
  const refresh = { userIds: ['29:1-avery'], action: { ...APPROVE, verb: 'look' } }
  const message = await posted(teams, { ...cardOf('For all'), refresh })
  expect(await teams.person('olive').opens(message)).toBeUndefined()
  await teams.person('avery').opens(message)
  expect(teams.person('avery').sees(message)).toMatchObject({ card: cardOf('For Avery Approver') })
  expect(bot.heard).toMatchObject([{ value: { trigger: 'automatic', action: { verb: 'look' } } }])
})

test('a bot that does not answer within ten seconds has not answered', async () => {
  const { teams, clock } = await ground()
  let asked = () => {}
  const begun = new Promise<void>((resolve) => {
    asked = resolve
  })
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await startBot(teams, {
    onInvoke: async () => {
      asked()
      await released
      return { status: 200 }
    },
  })
  const message = await posted(teams, cardOf('Approve?', [APPROVE]))
  const pressing = teams.person('olive').press(message, 'Approve')
  await begun
  clock.advance(10_000)
  expect(await pressing).toEqual({ kind: 'timed-out' })
  release()
})

test('a card that Teams cannot show is an error for who pressed', async () => {
  const { teams } = await ground()
  await startBot(teams, { onInvoke: shown({ ...cardOf('New'), version: '1.6' }) })
  const message = await posted(teams, cardOf('Approve?', [APPROVE]))
  await expect(teams.person('olive').press(message, 'Approve')).rejects.toThrow('version 1.6')
})
