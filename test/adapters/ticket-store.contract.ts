import { describe, expect, test } from 'vitest'
import { executionId } from '../../src/domain/execution.ts'
import type { LinkTicket } from '../../src/domain/link.ts'
import type { Ticket } from '../../src/domain/step-up.ts'
import { taskId } from '../../src/domain/task.ts'
import type { TicketStore } from '../../src/ports/step-up.ts'

const start = Date.parse('2026-01-08T12:00:00.000Z')
const later = (seconds: number) => new Date(start + seconds * 1000)
const TICKET: Ticket = {
  execution: executionId.parse('01SAMPLE'),
  task: taskId.parse('gate'),
  attempt: 2,
  digest: 'd1',
  asks: 'approve',
  breakGlass: true,
  actor: { kind: 'person', id: 'slack:U1', name: 'Ann' },
  human: 'ann@example.com',
  reason: 'It burns.',
  expiresAt: later(300).toISOString(),
}

export function describeTicketStore(name: string, make: () => Promise<TicketStore>): void {
  describe(name, () => {
    test('a ticket comes back as it was kept, and an unknown one not at all', async () => {
      const store = await make()
      await store.keep('k', TICKET)
      expect(await store.find('k')).toEqual({ ticket: TICKET })
      expect(await store.find('other')).toBeUndefined()
    })

    test('so does one that links an account', async () => {
      const store = await make()
      const ticket: LinkTicket = {
        ...{ links: true, actor: TICKET.actor, expiresAt: TICKET.expiresAt },
        wants: {
          kind: 'request',
          execution: TICKET.execution,
          request: { asks: 'retry', task: 'dns', seen: { attempt: 1 } },
        },
      }
      await store.keep('link', ticket)
      expect(await store.find('link')).toEqual({ ticket })
    })

    test('of several who use it at the same moment one may, and it stays used', async () => {
      const store = await make()
      await store.keep('k', TICKET)
      const used = await Promise.all([1, 2, 3, 4].map(() => store.use('k', later(10))))
      expect(used.filter(Boolean)).toHaveLength(1)
      expect(await store.use('k', later(11))).toBe(false)
      expect(await store.find('k')).toEqual({ ticket: TICKET, usedAt: later(10).toISOString() })
    })

    test('it is good until the moment it expires, and not then', async () => {
      const store = await make()
      await store.keep('late', TICKET)
      await store.keep('in time', TICKET)
      expect(await store.use('late', later(300))).toBe(false)
      expect(await store.find('late')).toEqual({ ticket: TICKET })
      expect(await store.use('in time', later(299))).toBe(true)
    })

    test('what was never kept cannot be used', async () => {
      const store = await make()
      expect(await store.use('k', later(0))).toBe(false)
      expect(await store.find('k')).toBeUndefined()
    })
  })
}
