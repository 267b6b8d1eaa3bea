import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lostWith } from '../../src/conversation/consequences.ts'
import { preview } from '../../src/domain/preview.ts'
import { PERSON_EVENTS } from '../../src/domain/transitions.ts'
import { planFrom, run } from './run.ts'

const START = Date.parse('2026-01-08T12:00:00.000Z')

test('what the preview of a decision says is what then happens', () => {
  const edges = fc.array(fc.boolean(), { minLength: 36, maxLength: 36 })
  const steps = fc.array(
    fc.record({ what: fc.constantFrom('complete', 'fail', 'ask'), which: fc.nat(5), event: fc.nat(7) }),
    {
      maxLength: 25,
    },
  )
  fc.assert(
    fc.property(edges, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), steps, (has, gates, doing) => {
      const ids = gates.map((gate, index) => `${gate ? 'gate' : 'task'}${index}`)
      const made = run(
        planFrom(
          Object.fromEntries(
            ids.map((id, from) => [id, ids.filter((_, to) => to > from && has[from * 6 + to])]),
          ),
        ),
      )
      made.settle()
      for (const { what, which, event } of doing) {
        const id = ids[which] ?? ''
        const { status } = made.task(id)
        if (what === 'complete' && status === 'IN_PROGRESS') made.complete(id)
        if (what === 'fail' && status === 'IN_PROGRESS') made.fail(id)
        const asks = PERSON_EVENTS[event]
        if (what !== 'ask' || !asks) continue
        const request = { asks, task: id, reason: 'because' }
        const before = made.execution()
        const said = preview(before, request, new Date(START))
        const done = made.ask(request)
        made.settle()
        expect(said.kind).toBe(done.kind === 'refused' ? 'refused' : 'preview')
        if (said.kind === 'refused') continue
        const after = [...made.execution().tasks.values()].filter(
          (task) => task.id !== id && task.status !== before.tasks.get(task.id)?.status,
        )
        const became = (...statuses: string[]) =>
          after.flatMap((task) => (statuses.includes(task.status) ? [task.id] : [])).sort()
        expect(said.lost.map((task) => task.id).sort()).toEqual(became('ABANDONED', 'CANCELLED'))
        expect(said.begins.map((task) => task.id).sort()).toEqual(became('IN_PROGRESS', 'PENDING_APPROVAL'))
        if (asks === 'abandon') {
          const task = before.tasks.get(made.task(id).id)
          const lost = task ? lostWith(before, task).map((other) => other.id) : []
          expect([...lost].sort()).toEqual(said.lost.map((other) => other.id).sort())
        }
      }
    }),
    { numRuns: 150 },
  )
})

test('it says by how much the end moves', () => {
  const made = run(planFrom({ a: ['b'], b: [], c: [] }))
  made.settle()
  made.fail('a')
  const now = new Date(START)
  expect(preview(made.execution(), { asks: 'abandon', task: 'a' }, now)).toMatchObject({
    finish: { before: START + 10 * 60_000, after: START + 5 * 60_000 },
    lost: [{ id: 'b' }],
  })
  expect(preview(made.execution(), { asks: 'skip', task: 'a' }, now)).toMatchObject({
    lost: [],
    begins: [{ id: 'b' }],
  })
})

test('a decision that would be refused is refused in the preview, with the same words', () => {
  const made = run(planFrom({ a: [] }))
  made.settle()
  expect(preview(made.execution(), { asks: 'retry', task: 'a' }, new Date(START))).toMatchObject({
    kind: 'refused',
    refusal: { why: 'not-allowed' },
  })
})
