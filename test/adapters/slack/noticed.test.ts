import { expect, test } from 'vitest'
import type { Said, Watch } from '../../../src/ports/watch.ts'
import { type Office, office, said } from './office.ts'

const ROOM = 'C0PAYMENTS'
const place = { platform: 'slack', channel: ROOM }

/** An office in which it is seen who is noticed, and what is read of their messages. */
async function watched(answers: { card?: boolean; notes?: boolean } = {}) {
  const joined: string[] = []
  const marked: (Said | undefined)[] = []
  const watch: Watch = {
    joined: async ({ actor }) => {
      joined.push(actor.id)
      return answers.card ? said('What you must know') : undefined
    },
    marked: async (_asker, where, read) => {
      expect(where).toEqual(place)
      marked.push(await read())
      return answers.notes === true
    },
  }
  const here = await office({}, 'http', async () => true, watch)
  return { ...here, joined, marked }
}

const newest = ({ slack }: Office) => {
  const message = slack.person('U0VIEWER').messages(ROOM).at(-1)
  if (!message) throw new Error('Nothing was said.')
  return message
}

test('who comes into a channel by themselves is briefed, and sees it alone', async () => {
  const here = await watched({ card: true })
  const { slack, client } = here
  const { channel } = await client.conversations.create({ name: 'dr-room' })
  const id = String(channel?.id)
  await client.conversations.invite({ channel: id, users: 'U0OPERATOR' })
  await slack.person('U0VIEWER').join(id)
  const brief = await slack.until(() => slack.person('U0VIEWER').ephemerals(id).at(-1))
  expect(brief.text).toBe('What you must know')
  expect(slack.person('U0OPERATOR').messages(id)).toEqual([])
  // Whoever we have invited, and we ourselves, need no brief.
  expect(here.joined).toEqual(['slack:U0VIEWER'])
})

test.each(['pushpin', 'memo'])('a message marked with :%s: is read, noted, and says so', async (mark) => {
  const here = await watched({ notes: true })
  const { slack, client } = here
  const { ts } = await client.chat.postMessage({ channel: ROOM, text: 'Headline' })
  await slack.person('U0OPERATOR').say(ROOM, 'It was the cache', String(ts))
  const message = newest(here)
  await slack.person('U0VIEWER').react(message, mark)
  await slack.until(() => newest(here).reactions.find(({ name }) => name === 'white_check_mark'))
  expect(here.marked).toEqual([
    {
      text: 'It was the cache',
      by: 'Olive Operator',
      link: expect.stringContaining(ROOM),
      isOurs: false,
      thread: String(ts),
    },
  ])
  await slack.person('U0OPERATOR').react(newest(here), mark)
  await expect.poll(() => here.marked.length).toBe(2)
  expect(here.logged).toEqual([])
})

test('what we said ourselves is known for ours; what becomes no note gets no mark', async () => {
  const here = await watched()
  await here.client.chat.postMessage({ channel: ROOM, text: 'Headline' })
  await here.slack.person('U0VIEWER').react(newest(here), 'memo')
  await expect.poll(() => here.marked).toMatchObject([{ text: 'Headline', isOurs: true }])
  expect(newest(here).reactions).toMatchObject([{ name: 'memo' }])
})

test('another reaction is none of our business', async () => {
  const here = await watched({ notes: true })
  await here.slack.person('U0OPERATOR').say(ROOM, 'Hm')
  await here.slack.person('U0VIEWER').react(newest(here), 'eyes')
  await here.slack.person('U0VIEWER').react(newest(here), 'memo')
  await expect.poll(() => here.marked.length).toBe(1)
})

test('a message that cannot be read becomes no note, and the log has why', async () => {
  const here = await watched({ notes: true })
  await here.slack.person('U0OPERATOR').say(ROOM, 'Hm')
  here.slack.setFaults({
    methods: [{ kind: 'error', method: 'conversations.replies', error: 'missing_scope' }],
  })
  await here.slack.person('U0VIEWER').react(newest(here), 'memo')
  await expect.poll(() => here.logged).toEqual([[expect.anything(), 'slack message not kept']])
  expect(here.marked).toEqual([])
})
