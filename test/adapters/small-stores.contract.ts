import { describe, expect, test } from 'vitest'
import { executionId } from '../../src/domain/execution.ts'
import type { ContactStore } from '../../src/ports/contact-store.ts'
import type { FileStore } from '../../src/ports/file-store.ts'
import type { LinkStore } from '../../src/ports/link-store.ts'
import type { MuteStore } from '../../src/ports/mute-store.ts'

export function describeContactStore(name: string, make: () => Promise<ContactStore>): void {
  describe(name, () => {
    test('the newest contact counts, and an unknown one is none', async () => {
      const store = await make()
      await store.keep('teams:1', {
        conversation: 'a:1',
        member: '29:1',
        serviceUrl: 'https://one.example.com/',
      })
      await store.keep('teams:1', { conversation: '19:x', serviceUrl: 'https://two.example.com/' })
      expect(await store.get('teams:1')).toEqual({
        conversation: '19:x',
        serviceUrl: 'https://two.example.com/',
      })
      expect(await store.get('teams:2')).toBeUndefined()
    })
  })
}

export function describeLinkStore(name: string, make: () => Promise<LinkStore>): void {
  describe(name, () => {
    test('an account belongs to whom it was linked to last, and an unknown one to nobody', async () => {
      const store = await make()
      await store.keep('slack:U1', { human: 'old@example.com', at: '2026-01-08T12:00:00.000Z' })
      const link = { human: 'ann@example.com', at: '2026-01-08T12:01:00.000Z' }
      await store.keep('slack:U1', link)
      expect(await store.get('slack:U1')).toEqual(link)
      expect(await store.get('slack:U2')).toBeUndefined()
    })

    test('the accounts of somebody are found, on every platform, but for those that are somebody else’s by now', async () => {
      const store = await make()
      const link = (human: string) => ({ human, at: '2026-01-08T12:00:00.000Z' })
      await store.keep('slack:U1', link('ann@example.com'))
      await store.keep('teams:1', link('ann@example.com'))
      await store.keep('slack:U2', link('ann@example.com'))
      await store.keep('slack:U2', link('ben@example.com'))
      expect([...(await store.accountsOf('ann@example.com'))].sort()).toEqual(['slack:U1', 'teams:1'])
      expect(await store.accountsOf('ben@example.com')).toEqual(['slack:U2'])
      expect(await store.accountsOf('eve@example.com')).toEqual([])
    })
  })
}

export function describeMuteStore(name: string, make: () => Promise<MuteStore>): void {
  describe(name, () => {
    test('who is muted in a run is told with the newest time, and nobody of another run', async () => {
      const store = await make()
      const [run, other] = [executionId.parse('01RUN'), executionId.parse('01RUN2')]
      const at = (minute: number) => new Date(Date.UTC(2026, 0, 8, 12, minute))
      await store.mute(run, 'ann@example.com', at(10))
      await store.mute(run, 'ann@example.com', at(5))
      await store.mute(run, 'slack:U1', at(20))
      expect(new Map(await store.mutedIn(run))).toEqual(
        new Map([
          ['ann@example.com', at(5)],
          ['slack:U1', at(20)],
        ]),
      )
      expect((await store.mutedIn(other)).size).toBe(0)
    })
  })
}

export function describeFileStore(name: string, make: () => Promise<FileStore>): void {
  describe(name, () => {
    test('a file comes back as it was kept, a large one too, and an unknown one not at all', async () => {
      const store = await make()
      const [small, large] = [Uint8Array.from([1, 2, 3]), new Uint8Array(1_000_000).map((_, at) => at % 251)]
      const ids = await Promise.all([
        store.keep({ name: 'a.png', type: 'image/png', bytes: small }),
        store.keep({ name: 'b.pdf', type: 'application/pdf', bytes: large }),
      ])
      expect(new Set(ids).size).toBe(2)
      for (const id of ids) expect(id).toMatch(/^[\w-]{32}$/)
      const [one, other] = await Promise.all(ids.map((id) => store.get(id)))
      expect(one).toMatchObject({ name: 'a.png', type: 'image/png' })
      expect(Buffer.from(one?.bytes ?? []).equals(small)).toBe(true)
      expect(Buffer.from(other?.bytes ?? []).equals(large)).toBe(true)
      expect(await store.get('unknown')).toBeUndefined()
    })
  })
}
