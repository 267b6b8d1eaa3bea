import { expect, test } from 'vitest'
import type { Card, Reply } from '../../../src/conversation/card.ts'
import { asking } from '../../../src/conversation/command-buttons.ts'
import { type Office, office, reasonForm, said } from './office.ts'

const APPROVE = { execution: 'E1', task: 'dns', attempt: 1, asks: 'approve', digest: 'd' } as const
const WITH_BUTTONS: Card = {
  ...said('One decision for you'),
  blocks: [
    { kind: 'text', text: ['One decision for you'] },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Approve', spoken: 'Approve', style: 'primary', rank: 'first', click: APPROVE },
        asking('drill payments', 'Start drill…', 'Start a drill: Payments'),
      ],
    },
  ],
}
const REFUSED = async (): Promise<Reply> => ({ kind: 'whisper', card: said('Not you.') })

const olive = ({ slack }: Office) => slack.person('U0OPERATOR')
const shown = (here: Office) => JSON.stringify(olive(here).home()?.view.blocks ?? [])
const dialog = (here: Office) =>
  JSON.stringify(
    olive(here)
      .views()
      .map(({ view }) => view),
  )
const published = ({ slack }: Office) =>
  slack.calls().filter(({ method }) => method === 'views.publish').length

async function opened(here: Office) {
  await olive(here).openHome()
  return here.slack.until(() => olive(here).home())
}

test('whoever opens the Home sees their own, and looking at the messages publishes nothing', async () => {
  const here = await office({ home: async ({ actor }) => said(`For ${actor.name}`) })
  await olive(here).openHome('messages')
  await opened(here)
  expect(shown(here)).toContain('For Olive Operator')
  expect(published(here)).toBe(1)
})

test('what changes is shown to who looked within the hour, ten seconds apart, and only if it looks different', async () => {
  let text = 'one'
  const here = await office({ home: async () => said(text) })
  await opened(here)
  text = 'two'
  for (let time = 0; time < 5; time++) here.changed()
  here.clock.advance(9_000)
  expect(shown(here)).toContain('one')
  here.clock.advance(1_000)
  await expect.poll(() => shown(here)).toContain('two')
  expect(published(here)).toBe(2)

  const looks = here.asked.length
  here.changed()
  here.clock.advance(10_000)
  await expect.poll(() => here.asked.length).toBe(looks + 1)
  text = 'three'
  here.clock.advance(60 * 60_000)
  here.changed()
  here.clock.advance(10_000)
  await here.close()
  expect([shown(here), published(here)]).toEqual([expect.stringContaining('two'), 2])
})

test('a Home that somebody else has published meanwhile is looked at once more', async () => {
  let looks = 0
  const here = await office({ home: async () => said(`look ${++looks}`) })
  await opened(here)
  here.slack.setFaults({
    methods: [{ kind: 'error', method: 'views.publish', error: 'hash_conflict', times: 1 }],
  })
  await olive(here).openHome()
  await expect.poll(() => shown(here)).toContain('look 3')
})

test.each<[string, () => Promise<Reply>, string]>([
  ['a yes', async () => ({ kind: 'silent' }), 'Done.'],
  ['a no', REFUSED, 'Not you.'],
  ['what breaks', () => Promise.reject(new Error('secret inside')), 'went wrong on our side'],
])(
  'a decision on the Home is answered in a dialog over it, be it %s, and the Home is shown anew',
  async (_, click, says) => {
    const here = await office({ home: async () => WITH_BUTTONS, click })
    await olive(here).click(await opened(here), 'decide:approve')
    await expect.poll(() => dialog(here)).toContain(says)
    await expect.poll(() => published(here)).toBe(2)
    expect(
      here.asked.filter(([what]) => what === 'click').map(([, carried, , place]) => [carried, place]),
    ).toEqual([[APPROVE, undefined]])
    expect(dialog(here)).not.toContain('secret')
  },
)

test('where no dialog opens, the decision is made all the same and its answer comes as a direct message', async () => {
  const here = await office({ home: async () => WITH_BUTTONS, click: REFUSED })
  const home = await opened(here)
  here.slack.setFaults({ methods: [{ kind: 'error', method: 'views.open', error: 'expired_trigger_id' }] })
  await olive(here).click(home, 'decide:approve')
  const told = await here.slack.until(() => olive(here).messages('D0OPERATOR')[0])
  expect(told.text).toBe('Not you.')
})

test('a button that asks in words opens the form that the words ask for', async () => {
  const form = async (): Promise<Reply> => ({ kind: 'form', form: reasonForm })
  const here = await office({ home: async () => WITH_BUTTONS, click: form, opensForm: () => true })
  await olive(here).click(await opened(here), 'decide:command')
  await expect.poll(() => dialog(here)).toContain('remembered')
  expect(here.asked.find(([what]) => what === 'click')?.[1]).toEqual({ command: 'drill payments' })
})

test('where the desk breaks, the Home says so', async () => {
  const here = await office({ home: () => Promise.reject(new Error('secret inside')) })
  await opened(here)
  expect(shown(here)).toContain('went wrong on our side')
  expect(shown(here)).not.toContain('secret')
})
