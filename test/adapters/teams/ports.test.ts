import { describe, expect, test } from 'vitest'
import { executionId } from '../../../src/domain/execution.ts'
import { TransientFailure, UnreachableFailure } from '../../../src/ports/failure.ts'
import { sampleTenant } from '../../../src/sandbox/teams/sample-tenant.ts'
import { AVERY, GALE, GENERAL, hall, INCIDENTS, OLIVE, said, whisper } from './hall.ts'

const who = (id: string) => ({ kind: 'person' as const, id, name: id })
const PLACE = { platform: 'teams', channel: INCIDENTS }
const STRANGER = 'teams:00000000-0000-4000-8000-0000000000ff'
const drawn = (one: unknown) => JSON.stringify(one)

describe('who somebody is', () => {
  test('a member has their address and the groups of the policy that they are in; a guest has neither', async () => {
    const { platform } = await hall(
      {},
      { groups: [`teams:${GENERAL}`, 'teams:19:others@thread.tacv2', 'slack:S1'] },
    )
    expect(await platform.directory.identify(who(AVERY))).toEqual({
      actor: who(AVERY),
      groups: [`teams:${GENERAL}`],
      email: 'avery@example.com',
    })
    expect(await platform.directory.identify(who(GALE))).toEqual({ actor: who(GALE), groups: [] })
    expect(await platform.directory.identify(who(STRANGER))).toEqual({ actor: who(STRANGER), groups: [] })
  })

  test('while Teams does not say, nobody is anybody; an answer serves for a minute, and no longer', async () => {
    const { platform, teams, clock } = await hall({})
    await platform.directory.identify(who(AVERY))
    teams.setFaults({ calls: [{ kind: 'http', route: 'member', status: 401 }] })
    clock.advance(59_000)
    expect(await platform.directory.identify(who(AVERY))).toMatchObject({ email: 'avery@example.com' })
    clock.advance(1_000)
    for (const id of [AVERY, 'teams:x', 'slack:U1'])
      await expect(platform.directory.identify(who(id))).rejects.toBeInstanceOf(TransientFailure)
  })

  test('people of the policy are found by id, by group and by address, each once and without guests', async () => {
    const { platform } = await hall({})
    const named = await platform.roster.members({
      people: [OLIVE, GALE, STRANGER, 'slack:U1'],
      groups: [],
      emails: ['olive@example.com', 'blake@example.com'],
    })
    expect(named.map(({ identity }) => identity.actor.name)).toEqual(['Olive Operator', 'Blake Approver'])
    expect(named.map(({ state }) => state)).toEqual(['unknown', 'unknown'])
    const all = await platform.roster.members({ people: [], groups: [`teams:${INCIDENTS}`], emails: [] })
    expect(all).toHaveLength(5)
  })

  test('an address is found in a team of any size, and nobody is looked through for it; or by looking, where they sign in with another', async () => {
    const [first] = sampleTenant.people
    if (!first) throw new Error('an empty tenant')
    const people = Array.from({ length: 1_500 }, (_, at) => ({
      ...first,
      name: `p${at}`,
      email: `p${at}@example.com`,
      aadObjectId: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    }))
    const { platform, teams } = await hall({}, { teams: { tenant: { ...sampleTenant, people } } })
    const looked = () => teams.calls().filter(({ route }) => route === 'paged-members').length
    const by = async (email: string) =>
      (await platform.roster.members({ people: [], groups: [], emails: [email] })).map(
        ({ identity }) => identity.email,
      )
    expect(await by('p1499@example.com')).toEqual(['p1499@example.com'])
    expect(looked()).toBe(0)
    for (const refusal of ['MemberNotFoundInConversation', 'BadSyntax'] as const) {
      teams.setFaults({ calls: [{ kind: 'http', route: 'member', status: 400, code: refusal, times: 1 }] })
      const email = refusal === 'BadSyntax' ? 'p7@example.com' : 'p8@example.com'
      expect(await by(email)).toEqual([email])
    }
    expect(looked()).toBeGreaterThan(0)
    expect(await by('nobody@example.com')).toEqual([])
  })

  test('whoever was heard only in their personal chat is found there, also by who has just been started', async () => {
    const { platform, teams } = await hall({ command: async () => whisper(said('x')) })
    await teams.person('avery').say('status')
    teams.setFaults({ calls: [{ kind: 'http', route: 'paged-members', status: 503 }] })
    expect(await platform.directory.identify(who(AVERY))).toMatchObject({ email: 'avery@example.com' })
    expect(
      teams
        .calls()
        .filter(({ route }) => route === 'member')
        .at(-1)?.path,
    ).toContain('a:1-avery')
  })
})

test('a group that we cannot look into has nobody, and a roster that is refused altogether is not known', async () => {
  const { platform, teams } = await hall({})
  const nobody = await platform.roster.members({
    people: [],
    groups: ['teams:19:others@thread.tacv2'],
    emails: [],
  })
  expect(nobody).toEqual([])
  teams.setFaults({
    calls: [{ kind: 'http', route: 'paged-members', status: 403, code: 'BotDisabledByAdmin' }],
  })
  const named = { people: [], groups: [`teams:${GENERAL}`], emails: [] }
  await expect(platform.roster.members(named)).rejects.toBeInstanceOf(TransientFailure)
})

describe('tokens', () => {
  test('one token serves until shortly before it ends, and all who ask at once get the same', async () => {
    const { platform, teams, clock } = await hall({})
    await Promise.all([1, 2, 3].map(() => platform.chat.post(PLACE, said('x'))))
    const asked = () => teams.calls().filter(({ route }) => route === 'token').length
    expect(asked()).toBe(1)
    clock.advance(3_000_000)
    await platform.chat.post(PLACE, said('x'))
    expect(asked()).toBe(1)
    clock.advance(600_000)
    await platform.chat.post(PLACE, said('x'))
    expect(asked()).toBe(2)
  })

  test('a token that was not taken is replaced, and the call made again once', async () => {
    const { platform, teams } = await hall({})
    await platform.chat.post(PLACE, said('x'))
    const tokens = () => teams.calls().filter(({ route }) => route === 'token').length
    const refuses = (times: number) =>
      teams.setFaults({ calls: [{ kind: 'http', route: 'create-conversation', status: 401, times }] })
    refuses(1)
    await platform.chat.post(PLACE, said('y'))
    expect(tokens()).toBe(2)
    refuses(2)
    await expect(platform.chat.post(PLACE, said('z'))).rejects.toBeInstanceOf(UnreachableFailure)
    expect(teams.messages()).toHaveLength(2)
  })

  test('a login that has too much to do is waited for', async () => {
    const { platform, teams } = await hall({})
    teams.setFaults({ calls: [{ kind: 'http', route: 'token', status: 429 }] })
    await expect(platform.chat.post(PLACE, said('x'))).rejects.toBeInstanceOf(TransientFailure)
  })

  test('a wrong secret is told without it, and what to do', async () => {
    const { platform } = await hall({}, { teams: { appSecret: 'another-app-secret' } })
    const failure = await platform.chat.post(PLACE, said('x')).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UnreachableFailure)
    expect(failure).toMatchObject({
      where: 'everywhere',
      message: expect.stringContaining('TEAMS_APP_SECRET'),
    })
    expect(drawn(failure) + String(failure)).not.toContain('practice-app-secret')
  })

  test('a login that does not answer is waited for', async () => {
    const { platform, teams } = await hall({})
    teams.setFaults({ calls: [{ kind: 'http', route: 'token', status: 503 }] })
    await expect(platform.chat.post(PLACE, said('x'))).rejects.toBeInstanceOf(TransientFailure)
  })
})

describe('war rooms', () => {
  test('a room is a thread in the channel for incidents: its first message says how it stands, people are mentioned into it', async () => {
    const { platform, teams } = await hall({})
    const { rooms } = platform
    if (!rooms) throw new Error('There are no rooms.')
    const { place } = await rooms.open('dr-real-payments', executionId.parse('01RUN'))
    expect(place.channel).toMatch(/^19:practice-incidents@thread\.tacv2;messageid=\d+$/)
    await rooms.furnish(place, { kind: 'topic', text: '🔴 REAL · Payments · approvals 0/1' })
    await rooms.furnish(place, { kind: 'link', title: 'Runbook', url: 'https://wiki.example.com/x' })
    await rooms.invite(place, [AVERY, GALE, 'slack:U1'])
    const [root, ...rest] = teams.messages(place.channel)
    expect(drawn(root?.card)).toContain('🔴 REAL · Payments')
    expect(drawn(rest)).toContain('https://wiki.example.com/x')
    expect(rest.flatMap(({ card }) => Object(card).msteams?.entities ?? [])).toEqual([
      expect.objectContaining({ text: '<at>Avery Approver</at>' }),
    ])
    const told = await platform.chat.post(place, said('The headline'))
    expect(told.channel).toBe(place.channel)
    await rooms.archive(place)
    expect(drawn(teams.messages(place.channel)[0]?.card)).toContain('closed')
  })

  test('a link leads to the message in its thread', async () => {
    const { platform } = await hall({})
    const root = await platform.chat.post(PLACE, said('Begun'))
    const link = new URL((await platform.rooms?.linkTo(root)) ?? '')
    expect(link.hostname).toBe('teams.microsoft.com')
    expect(decodeURIComponent(link.pathname)).toBe(`/l/message/${INCIDENTS}/${root.message}`)
    expect(link.searchParams.get('parentMessageId')).toBe(root.message)
  })
})

describe('files', () => {
  test('a picture is fetched from our own address by who knows it, and nothing else is', async () => {
    const { platform, teams, endpoint } = await hall({}, { publicUrl: 'https://dr.example.com' })
    const bytes = Buffer.from('not really a picture')
    await platform.chat.attach(PLACE, [{ name: 'plan.png', title: 'The plan', alt: 'Two tasks', bytes }])
    const url = /https:\/\/dr\.example\.com(\/teams\/files\/[^"]+)/.exec(drawn(teams.messages()))?.[1] ?? ''
    const got = await fetch(new URL(url, endpoint))
    expect(got.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true)
    expect((await fetch(new URL('/teams/files/unknown/plan.png', endpoint))).status).toBe(404)

    const direct = await platform.chat.direct(OLIVE, said('The report'))
    await platform.chat.attach({ platform: 'teams', channel: direct.channel }, [
      { name: 'report.pdf', title: 'Report', bytes },
    ])
    const id = /"lifeboat_file":"([^"]+)"/.exec(drawn(teams.messages(direct.channel)))?.[1]
    expect((await fetch(new URL(`/teams/files/${id}/report.pdf`, endpoint))).status).toBe(404)
  })

  test('where Teams cannot reach us, a picture is told in words', async () => {
    const { platform, teams } = await hall({})
    await platform.chat.attach(PLACE, [
      { name: 'plan.png', title: 'The plan', alt: 'Two tasks', bytes: Buffer.from('x') },
    ])
    expect(teams.messages()).toMatchObject([{ text: 'Two tasks' }])
  })

  test('in a thread the report is its text; its other files are for one person', async () => {
    const { platform, teams } = await hall({})
    const root = await platform.chat.post(PLACE, said('Begun'))
    const files = ['md', 'pdf', 'json'].map((kind) => ({
      name: `r.${kind}`,
      title: kind,
      bytes: Buffer.from(`**${kind}**`),
    }))
    await platform.chat.attach(PLACE, files, root)
    expect(teams.messages(root.channel).slice(1)).toMatchObject([{ text: '**md**' }])
  })
})

test('people whom the policy names by id alone get their names; who has left, and who cannot be looked up, is nobody in particular', async () => {
  const { platform, teams, clock } = await hall({})
  const asks = {
    kind: 'text' as const,
    text: [OLIVE, STRANGER].map((id) => ({ kind: 'person' as const, id, name: id })),
  }
  const card = {
    ...said('Needs one of these'),
    blocks: [asks, { kind: 'list' as const, items: [asks.text] }],
  }
  const message = await platform.chat.post(PLACE, card)
  const shown = () => drawn(teams.message(message.message)?.card)
  expect(shown()).toContain('<at>Olive Operator</at><at>somebody who has left</at>')
  expect(shown()).not.toContain('<at>teams:')
  clock.advance(60_000)
  teams.setFaults({ calls: [{ kind: 'http', route: 'member', status: 503 }] })
  await platform.chat.update(message, card)
  expect(shown()).toContain('<at>somebody</at>')
})

describe('a file in the personal chat', () => {
  const offered = async () => {
    const one = await hall({})
    const direct = await one.platform.chat.direct(OLIVE, said('The report'))
    const bytes = Buffer.from('%PDF-1.7 sample')
    await one.platform.chat.attach({ platform: 'teams', channel: direct.channel }, [
      { name: 'report.pdf', title: 'Report', bytes },
    ])
    const offer = one.teams.messages(direct.channel).at(-1)
    if (!offer) throw new Error('There is no offer.')
    return { ...one, offer, bytes, olive: one.teams.person('olive') }
  }

  test('is handed over when it is wanted, and the offer goes', async () => {
    const { teams, offer, bytes, olive } = await offered()
    expect(await olive.answersFile(offer, 'accept')).toMatchObject({ status: 200 })
    await teams.until(() => (teams.message(offer.id)?.deleted ? true : undefined))
    expect(teams.files()).toMatchObject([{ name: 'report.pdf', acceptedBy: '29:1-olive' }])
    expect(teams.files()[0]?.bytes.equals(bytes)).toBe(true)
    expect(drawn(teams.messages(offer.conversationId).at(-1)?.attachments)).toContain('file.info')
  })

  test('is kept back when it is not wanted', async () => {
    const { teams, offer, olive } = await offered()
    await olive.answersFile(offer, 'decline')
    await teams.until(() => (teams.message(offer.id)?.deleted ? true : undefined))
    expect(teams.files()).toEqual([])
  })

  test('stays on offer while it cannot be handed over, and whoever accepted it is told', async () => {
    const { teams, offer, olive, logged } = await offered()
    teams.setFaults({ calls: [{ kind: 'http', route: 'upload', status: 503, times: 1 }] })
    expect(await olive.answersFile(offer, 'accept')).toMatchObject({ status: 200 })
    await teams.until(() => (teams.calls().some(({ route }) => route === 'upload') ? true : undefined))
    await teams.until(() =>
      drawn(teams.messages(offer.conversationId).at(-1)).includes('could not be handed over')
        ? true
        : undefined,
    )
    expect(teams.message(offer.id)?.deleted).toBe(false)
    await olive.answersFile(offer, 'accept')
    await teams.until(() => (teams.message(offer.id)?.deleted ? true : undefined))
    expect(logged.map(({ msg }) => msg)).toContain('teams file not handed over')
  })
})
