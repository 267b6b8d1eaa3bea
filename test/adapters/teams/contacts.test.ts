import { expect, test } from 'vitest'
import { memoryContacts } from '../../../src/adapters/memory/contacts.ts'
import { activitySchema } from '../../../src/adapters/teams/activity.ts'
import { teamsContacts } from '../../../src/adapters/teams/contacts.ts'
import { TransientFailure } from '../../../src/ports/failure.ts'

const OURS = 'https://smba.example.com/teams/'
const heardIn = (conversation: string, serviceUrl = 'https://smba.example.com/emea/') =>
  activitySchema.parse({
    ...{ type: 'message', channelId: 'msteams', serviceUrl },
    ...{ from: { id: '29:1' }, recipient: { id: '28:2' }, conversation: { id: conversation } },
  })

test('of several processes the one that heard somebody last is right', async () => {
  const store = memoryContacts()
  const [one, other] = [teamsContacts(store, OURS), teamsContacts(store, OURS)]
  await one.heard(heardIn('a:1'), 'p')
  await other.heard(heardIn('19:x@thread.tacv2;messageid=5'), 'p')
  expect(await one.whereIs('p')).toMatchObject({ conversation: '19:x@thread.tacv2', member: '29:1' })
  await one.heard(heardIn('a:1'), 'p')
  expect(await other.whereIs('p')).toMatchObject({ conversation: 'a:1' })
})

test('a conversation is served where it was heard; where that is no more, or not known, at the address that is set', async () => {
  const store = memoryContacts()
  const contacts = teamsContacts(store, OURS)
  await contacts.heard(heardIn('a:1'), 'p')
  await contacts.heard(heardIn('a:2', 'https://old.example.com/'), 'p')
  expect(await contacts.serviceUrl('a:1')).toBe('https://smba.example.com/emea/')
  expect(await contacts.serviceUrl('a:2')).toBe(OURS)
  expect(await contacts.serviceUrl('a:3')).toBe(OURS)
  const away = async () => {
    throw new TransientFailure('The table is away.')
  }
  expect(await teamsContacts({ get: away, keep: away }, OURS).serviceUrl('a:1')).toBe(OURS)
})
