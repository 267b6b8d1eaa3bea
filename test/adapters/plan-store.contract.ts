import { describe, expect, test } from 'vitest'
import type { PlanStore } from '../../src/ports/plan-store.ts'

const plan = (id: string, hash: string) => ({
  id,
  hash,
  document: { name: 'Payments', of: hash, numbers: [1e300, 0.1], nothing: null },
  savedAt: '2026-01-08T12:00:00.000Z',
  savedBy: 'token:ci',
})

export function describePlanStore(name: string, make: () => Promise<PlanStore>): void {
  describe(name, () => {
    test('each new document is the next version, and old versions stay', async () => {
      const store = await make()
      expect(await store.put(plan('pay', 'a'))).toStrictEqual({ ...plan('pay', 'a'), version: 1 })
      await store.put(plan('pay', 'b'))
      expect(await store.get('pay')).toStrictEqual({ ...plan('pay', 'b'), version: 2 })
      expect(await store.get('pay', 1)).toStrictEqual({ ...plan('pay', 'a'), version: 1 })
    })

    test('the same document again is the version there is', async () => {
      const store = await make()
      await store.put(plan('pay', 'a'))
      expect((await store.put({ ...plan('pay', 'a'), savedBy: 'token:other' })).savedBy).toBe('token:ci')
      expect(await store.get('pay', 2)).toBeUndefined()
    })

    test('a plan nobody saved is undefined', async () => {
      expect(await (await make()).get('none')).toBeUndefined()
    })

    test('saved at the same time, each document gets a version of its own', async () => {
      const store = await make()
      const saved = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((hash) => store.put(plan('pay', hash))))
      expect(saved.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5])
    })

    test('the list has the latest version of each plan, by id', async () => {
      const store = await make()
      for (const [id, hash] of [
        ['web', 'a'],
        ['pay', 'a'],
        ['pay', 'b'],
      ] as const)
        await store.put(plan(id, hash))
      expect((await store.list()).map(({ id, version }) => [id, version])).toEqual([
        ['pay', 2],
        ['web', 1],
      ])
    })
  })
}
