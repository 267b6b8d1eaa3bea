import { describe, expect, test } from 'vitest'
import type { CallStore } from '../../src/ports/call-store.ts'

const start = Date.parse('2026-01-08T12:00:00.000Z')
const later = (seconds: number) => new Date(start + seconds * 1000)

export function describeCallStore(name: string, make: () => Promise<CallStore>): void {
  describe(name, () => {
    test('of calls under one key at the same time one runs', async () => {
      const store = await make()
      const claims = await Promise.all([1, 2, 3, 4].map(() => store.claim('ci', 'k', 'h', later(0))))
      expect(claims.map(({ kind }) => kind).sort()).toEqual(['mine', 'running', 'running', 'running'])
      expect(await store.claim('ci', 'k', 'other', later(1))).toEqual({ kind: 'running', requestHash: 'h' })
    })

    test('the answer is heard again for a day, and the first one stays', async () => {
      const store = await make()
      await store.claim('ci', 'k', 'h', later(0))
      await store.answer('ci', 'k', 201, { id: '01A', list: [] })
      await store.answer('ci', 'k', 500, null)
      const answered = { kind: 'answered', requestHash: 'h', status: 201, body: { id: '01A', list: [] } }
      expect(await store.claim('ci', 'k', 'h', later(24 * 3600 - 1))).toEqual(answered)
      expect(await store.claim('ci', 'k', 'h', later(24 * 3600))).toEqual({ kind: 'mine' })
    })

    test('an answer of null is an answer', async () => {
      const store = await make()
      await store.claim('ci', 'k', 'h', later(0))
      await store.answer('ci', 'k', 204, null)
      expect(await store.claim('ci', 'k', 'h', later(1))).toMatchObject({ kind: 'answered', body: null })
    })

    test('a claim without an answer is free after a minute', async () => {
      const store = await make()
      await store.claim('ci', 'k', 'h', later(0))
      expect((await store.claim('ci', 'k', 'h', later(59))).kind).toBe('running')
      expect((await store.claim('ci', 'k', 'h', later(60))).kind).toBe('mine')
    })

    test('callers do not share keys', async () => {
      const store = await make()
      await store.claim('a#b', 'c', 'h', later(0))
      expect(await store.claim('a', 'b#c', 'h', later(0))).toEqual({ kind: 'mine' })
    })
  })
}
