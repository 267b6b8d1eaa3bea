import { expect, test } from 'vitest'
import { asText } from '../../src/conversation/as-text.ts'
import type { Refusal } from '../../src/domain/refusal.ts'
import { taskId } from '../../src/domain/task.ts'
import { refusing } from '../../src/engine/who-may.ts'
import type { Door } from '../../src/ports/door.ts'
import { planFrom, run } from '../domain/run.ts'
import { as, explaining } from './explaining.ts'

const gate = taskId.parse('gate')
const atGate = run(planFrom({ gate: [] }))
atGate.settle()
const open: Pick<Door, 'see'> = { see: async () => ({ kind: 'done', execution: atGate.execution() }) }
const closed: Pick<Door, 'see'> = {
  see: async (execution) => ({ kind: 'refused', refusal: { why: 'no-such-execution', execution } }),
}
const noRole: Refusal = { why: 'no-permission', asked: 'retry', needs: ['approver'], has: ['operator'] }
const ownWork: Refusal = { why: 'own-work', task: gate, asked: 'approve', did: 'started' }

async function told(
  refusal: Refusal,
  { door = open, who = 'slack:olive', around = explaining() } = {},
): Promise<string[]> {
  const reply = await refusing({ door, explaining: around })(refusal, as(who), { run: 'r' })
  if (reply.kind !== 'whisper') throw new Error(`A refusal is told to one alone, not as ${reply.kind}.`)
  expect(reply.no).toBe('refused')
  return asText(reply.card).split('\n')
}

test('whoever may not is told who may, those on call first', async () => {
  const [why, who, ...more] = await told(noRole)
  expect(why).toMatch(/^You may not retry here: it needs the role approver/)
  expect([who, more]).toEqual(['Who may: Ben (on call), Ann.', []])
})

test('whoever may not because of four eyes is told who else may, and not themselves', async () => {
  expect((await told(ownWork, { who: 'slack:ann' })).at(-1)).toBe('Who may: Ben (on call).')
})

test('a gate that asks for some people names just those', async () => {
  const around = explaining([{ needs: [{ count: 1, groups: ['slack:DBA'] }] }])
  const notAsked: Refusal = { why: 'not-asked', task: gate, asked: 'approve', needs: [] }
  expect((await told(notAsked, { around })).at(-1)).toBe('Who may: Ann.')
})

test('whoever may not start a plan is told who may', async () => {
  const refuse = refusing({ door: closed, explaining: explaining() })
  const noStart: Refusal = { why: 'no-permission', asked: 'start', needs: ['operator'], has: [] }
  expect(await refuse(noStart, as('slack:ann'), { plan: 'any' })).toMatchObject({
    card: { text: expect.stringContaining('Who may: Olive.') },
  })
})

test('nobody is named to somebody who may not see the run, nor where the platform does not say, nor where it is no matter of people', async () => {
  expect(await told(noRole, { door: closed })).toHaveLength(1)
  expect(await told(noRole, { around: explaining([], true) })).toHaveLength(1)
  expect(await told({ why: 'busy', asked: 'approve' })).toHaveLength(1)
})
