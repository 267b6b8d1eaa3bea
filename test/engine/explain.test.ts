import { describe, expect, test } from 'vitest'
import { asText } from '../../src/conversation/as-text.ts'
import type { Card } from '../../src/conversation/card.ts'
import { gatesAhead } from '../../src/conversation/gates-card.ts'
import { pendingCard } from '../../src/conversation/pending-card.ts'
import { whoCard } from '../../src/conversation/who-card.ts'
import { whyCard } from '../../src/conversation/why-card.ts'
import type { Execution } from '../../src/domain/execution.ts'
import { pendingIn, whoIsWho, whyOf } from '../../src/engine/explain.ts'
import { gateAhead, gatesOf } from '../../src/engine/reach.ts'
import { planFrom, run } from '../domain/run.ts'
import { as, explaining } from './explaining.ts'

function atGate(): Execution {
  const made = run(planFrom({ gate: ['open'], open: [], task: [] }))
  made.settle()
  made.fail('task')
  return made.execution()
}
const the = (execution: Execution, id: string) => {
  const task = [...execution.tasks.values()].find((one) => one.id === id)
  if (!task) throw new Error(`no ${id}`)
  return task
}
const text = (card: Card) => asText(card)

describe('why', () => {
  test('says whom the gate takes, who that is and is at hand, and that you may', async () => {
    const execution = atGate()
    const gate = the(execution, 'gate')
    const needs = [{ count: 2, groups: ['slack:APPROVERS'] }]
    const card = whyCard(
      execution,
      gate,
      await whyOf(execution, gate, as('slack:ann'), explaining([{ needs }])),
    )
    expect(text(card)).toContain('It needs 2 of slack:APPROVERS')
    expect(text(card)).toContain('Can decide it: Ann, Ben. At hand now: Ann.')
    expect(text(card)).toContain('You may decide it.')
  })

  test('says why you may not, in the words of the refusal', async () => {
    const execution = atGate()
    const gate = the(execution, 'gate')
    const card = whyCard(execution, gate, await whyOf(execution, gate, as('slack:olive'), explaining()))
    expect(text(card)).toContain('You: You may not approve here: it needs the role approver')
  })

  test('says every part of the rule', async () => {
    const execution = atGate()
    const gate = the(execution, 'gate')
    const rule = {
      ...{ four_eyes: true, step_up: true, modes: ['drill'], on_silence: 'decline' },
      veto: { groups: ['slack:DBA'] },
      break_glass: { people: ['slack:ann', 'slack:ben'] },
    }
    const said = text(
      whyCard(execution, gate, await whyOf(execution, gate, as('slack:ann'), explaining([rule]))),
    )
    for (const part of [
      /Four eyes/,
      /only from slack:DBA/,
      /drill ends there/,
      /fresh sign-in/,
      /two of slack:ann, slack:ben/,
    ])
      expect(said).toMatch(part)
  })

  test('does without names while the platform does not say them', async () => {
    const execution = atGate()
    const gate = the(execution, 'gate')
    const said = text(
      whyCard(execution, gate, await whyOf(execution, gate, as('slack:ann'), explaining([], true))),
    )
    expect(said).not.toContain('Can decide it')
    expect(said).toContain('could not be checked')
  })
})

test('pending puts first what waits for the asker, and offers the words that decide it', async () => {
  const execution = atGate()
  const forAnn = await pendingIn([execution], as('slack:ann'), explaining())
  expect(forAnn.filter(({ isMine }) => isMine).map(({ task }) => task.id)).toEqual(['gate'])
  const said = text(pendingCard(forAnn))
  expect(said.indexOf('Waiting for you')).toBeLessThan(said.indexOf('Waiting for others'))
  expect(said).toContain('approve gate run:01SAMPLE')
  const forOlive = await pendingIn([execution], as('slack:olive'), explaining())
  expect(forOlive.filter(({ isMine }) => isMine).map(({ task }) => task.id)).toEqual(['task'])
  expect(text(pendingCard([]))).toContain('Nothing waits for anybody')
})

test('who says who leads, who is on call and who may decide', async () => {
  const execution = { ...atGate(), roles: { commander: as('slack:ann').actor } }
  const said = text(whoCard(execution, await whoIsWho(execution, as('slack:olive'), explaining())))
  expect(said).toMatch(
    /Incident commander: Ann[\s\S]*Scribe: nobody yet[\s\S]*On call: ○ Ben[\s\S]*May approve: ● Ann, ○ Ben/,
  )
})

describe('before the start', () => {
  const plan = planFrom({ gate: ['open'], open: [] })
  const preview = async (approvals: object[], starter = 'slack:olive') => {
    const { policy, rosters } = explaining(approvals)
    const gates = await gatesOf(plan, 'recovery', starter, { policy, roster: rosters.get('slack') })
    return asText({ text: '', tone: 'neutral', blocks: gatesAhead(gates.map(gateAhead)) })
  }

  test('each gate says whom it will ask, and how many are there', async () => {
    expect(await preview([])).toBe(
      'Approvals\n- gate – needs anyone with the approver role (2 there, 1 at hand now)',
    )
  })

  test('a gate that nobody can open as it is says so', async () => {
    const rule = { needs: [{ count: 2, groups: ['slack:DBA'] }] }
    expect(await preview([rule])).toContain(
      '⚠️ gate takes 2 people: 2 of slack:DBA, and only Ann can be reached. Nobody can open it as it is.',
    )
  })

  test('whoever starts it does not count where four eyes are asked for', async () => {
    const rule = { needs: [{ groups: ['slack:DBA'] }], four_eyes: true }
    expect(await preview([rule])).not.toContain('⚠️')
    expect(await preview([rule], 'slack:ann')).toContain('nobody can be reached')
  })

  test('a gate that takes a fresh sign-in says so beforehand', async () => {
    expect(await preview([{ step_up: true }])).toContain('with a fresh sign-in')
    expect(await preview([])).not.toContain('sign-in')
  })

  test('an unknown directory is no reason to warn', async () => {
    const { policy } = explaining([])
    const gates = await gatesOf(plan, 'recovery', 'slack:olive', { policy, roster: undefined })
    expect(gates).toMatchObject([{ isFeasible: undefined }])
  })
})
