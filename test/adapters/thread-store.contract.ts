import { describe, expect, test } from 'vitest'
import { executionId } from '../../src/domain/execution.ts'
import type { Thread, ThreadStore } from '../../src/ports/thread-store.ts'

const place = { platform: 'slack', channel: 'C1' }
const thread: Thread = { execution: executionId.parse('01A'), place, told: 0, cards: {}, revision: 0 }
const message = { platform: 'slack', channel: 'C1', message: '17.1' }

export function describeThreadStore(name: string, make: () => Promise<ThreadStore>): void {
  describe(name, () => {
    test('a saved thread comes back as it was, one revision on', async () => {
      const store = await make()
      const told = { ...thread, headline: message, told: 3, cards: { 't1@2': { message, digest: 'd' } } }
      expect(await store.get(thread.execution, place)).toBeUndefined()
      expect(await store.save(told)).toBe(true)
      expect(await store.get(thread.execution, place)).toStrictEqual({ ...told, revision: 1 })
      expect(await store.get(thread.execution, { ...place, channel: 'C2' })).toBeUndefined()
    })

    test('of several saves of one revision exactly one passes', async () => {
      const store = await make()
      for (const revision of [0, 1]) {
        const saves = [1, 2, 3, 4, 5].map((told) => store.save({ ...thread, told, revision }))
        expect((await Promise.all(saves)).filter(Boolean)).toHaveLength(1)
      }
      expect((await store.get(thread.execution, place))?.revision).toBe(2)
    })
  })
}
