import { expect, test } from 'vitest'
import { completionAt } from '../../src/sandbox/slack/page/composer/completion.ts'
import { channelTimeline, threadTimeline } from '../../src/sandbox/slack/page/model/timeline.ts'
import { type Mrkdwn, parseMrkdwn } from '../../src/sandbox/slack/page/text/mrkdwn.ts'
import { agoText, dateText } from '../../src/sandbox/slack/page/text/times.ts'
import type { PageMessage, PageState } from '../../src/sandbox/slack/page-api.ts'

const MARKUP: [string, string][] = [
  ['a *bold* word', 'a (bold bold) word'],
  ['*bold with `code` and <@U1>*', '(bold bold with (code code) and (user U1))'],
  ['2 * 3 * 4 and a_b_c', '2 * 3 * 4 and a_b_c'],
  ['*bold*text', '*bold*text'],
  ['_~both~_', '(italic (strike both))'],
  ['`*not bold*`', '(code *not bold*)'],
  ['1 &lt; 2 &amp;&amp; &gt;', '1 < 2 && >'],
  ['<https://example.com/a_b_c|the *runbook*>', '(link https://example.com/a_b_c the *runbook*)'],
  ['<mailto:a@example.com>', '(link mailto:a@example.com a@example.com)'],
  ['<#C1|general> <!here> <!subteam^S1|@approvers>', '(channel C1) (broadcast here) (group S1)'],
  ['<!date^1700000000^{time}|then>', '(date 1700000000 {time})'],
  ['> one\n> two\nafter', '(quote one\ntwo)after'],
  ['before\n```a *b*\n  c```', 'before\n(preformatted a *b*\n  c)'],
  ['done :white_check_mark: :no_such_emoji: 10:30:00', 'done ✅ :no_such_emoji: 10:30:00'],
]

test.each(MARKUP)('%j is read as Slack reads it', (text, shape) => {
  expect(parseMrkdwn(text).map(shapeOf).join('')).toBe(shape)
})

const AT = Date.UTC(2026, 10, 23, 13, 5, 9) / 1000
const DAY = 86_400
const DATES: [string, string, number, string][] = [
  ['{date_num} {time_secs}', 'UTC', AT, '2026-11-23 1:05:09 PM'],
  ['{date_short_pretty} at {time}', 'America/New_York', AT, 'today at 8:05 AM'],
  ['{date_pretty}', 'UTC', AT + DAY, 'yesterday'],
  ['{date_long}', 'Asia/Singapore', AT, 'Monday, November 23rd, 2026'],
  ['{date}', 'UTC', AT + 2 * DAY, 'November 23rd, 2026'],
  ['{date_slash} {no_such_token}', 'UTC', AT, '11/23/2026 {no_such_token}'],
  ['{ago}', 'UTC', AT + 125, '2 minutes ago'],
]

test.each(DATES)('%s in %s is written for the reader', (pattern, zone, now, text) => {
  expect(dateText(AT, pattern, zone, now)).toBe(text)
})

test.each([
  [10, 'just now'],
  [60, '1 minute ago'],
  [3600, '1 hour ago'],
  [2 * DAY, '2 days ago'],
  [-600, 'in 10 minutes'],
])('%d seconds since then are "%s"', (passed, text) => {
  expect(agoText(AT, AT + passed)).toBe(text)
})

test('a channel shows roots by day, follow-ups under one name, and how many replied', () => {
  const first = says('U1', AT)
  const messages = [
    first,
    says('U1', AT + 60),
    { ...says('U2', AT + 70), threadTs: first.ts },
    { ...says('U3', AT + 80), threadTs: first.ts, ephemeralTo: 'U1' },
    says('U1', AT + 90),
    says('U1', AT + DAY),
  ]
  const days = channelTimeline(messages, 'UTC')
  expect(days.map(({ key, items }) => [key, items.map(({ followUp }) => followUp)])).toEqual([
    // The second message does not follow up on one that has a thread.
    ['2026-11-23', [false, false, true]],
    ['2026-11-24', [false]],
  ])
  expect(days[0]?.items[0]?.thread).toEqual({ replies: 1, people: ['U2'], lastSeconds: AT + 70 })
  expect(threadTimeline(messages, first.ts).map(({ message }) => message.user)).toEqual(['U2', 'U3'])
})

test('commands and names are completed where they are written', () => {
  const titles = (text: string) =>
    completionAt(text, text.length, STATE).suggestions.map(({ title }) => title)
  expect(titles('/d')).toEqual(['/dr'])
  expect(titles('/dr help')).toEqual([])
  expect(titles('ask @be')).toEqual(['@bob'])
  expect(titles('me@be')).toEqual([])
})

function shapeOf(node: Mrkdwn): string {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'code':
    case 'preformatted':
      return `(${node.kind} ${node.text})`
    case 'link':
      return `(link ${node.url} ${node.text})`
    case 'user':
    case 'channel':
    case 'group':
      return `(${node.kind} ${node.id})`
    case 'broadcast':
      return `(broadcast ${node.range})`
    case 'date':
      return `(date ${node.seconds} ${node.format})`
    default:
      return `(${node.kind} ${node.children.map(shapeOf).join('')})`
  }
}

function says(user: string, seconds: number): PageMessage {
  return {
    channel: 'C1',
    ts: `${seconds}.000100`,
    user,
    text: 'hello',
    edited: false,
    replyCount: 0,
    reactions: [],
  }
}

const BOB = {
  id: 'U2',
  name: 'bob',
  realName: 'Berta Bob',
  title: '',
  email: 'bob@example.com',
  timeZone: 'UTC',
  isBot: false,
  deactivated: false,
}
const STATE: PageState = {
  workspace: { id: 'T1', name: 'Example Corp (practice)' },
  elsewhere: [],
  me: BOB,
  people: [BOB],
  userGroups: [{ id: 'S1', handle: 'on-call', name: 'On call', members: ['U2'] }],
  channels: [],
  app: {
    name: 'Lifeboat',
    botUserId: 'UBOT',
    commands: [{ command: '/dr', description: 'Disaster recovery', usageHint: 'help' }],
    shortcuts: [],
    hasHomeTab: false,
    hasMessagesTab: true,
    takesDirectMessages: true,
  },
  views: [],
}
