import { describe, expect, test } from 'vitest'
import { executionId } from '../../src/domain/execution.ts'
import type { Room, RoomStore } from '../../src/ports/room-store.ts'

const place = { platform: 'slack', channel: 'C1' }
const room: Room = {
  execution: executionId.parse('01A'),
  openedAt: '2026-01-08T12:00:00.000Z',
  done: {},
  trouble: {},
  revision: 0,
}

export function describeRoomStore(name: string, make: () => Promise<RoomStore>): void {
  describe(name, () => {
    test('a saved room comes back as it was, one revision on', async () => {
      const store = await make()
      const trouble = { topic: { tries: 2, says: 'No.', notBefore: room.openedAt, isFinal: false } }
      const furnished = { ...room, place, name: 'dr-real', done: { open: 'once' }, trouble }
      expect(await store.get(room.execution)).toBeUndefined()
      expect(await store.save(furnished)).toBe(true)
      expect(await store.get(room.execution)).toStrictEqual({ ...furnished, revision: 1 })
      expect(await store.get(executionId.parse('01B'))).toBeUndefined()
    })

    test('a channel leads to the run whose room it is, and still does when the run has another room', async () => {
      const store = await make()
      expect(await store.at(place)).toBeUndefined()
      await store.save(room)
      expect(await store.at(place)).toBeUndefined()
      await store.save({ ...room, place, revision: 1 })
      await store.save({ ...room, place: { ...place, channel: 'C2' }, revision: 2 })
      expect(await store.at(place)).toBe(room.execution)
      expect(await store.at({ ...place, channel: 'C2' })).toBe(room.execution)
      expect(await store.at({ platform: 'teams', channel: 'C1' })).toBeUndefined()
    })

    test('of several saves of one revision exactly one passes', async () => {
      const store = await make()
      for (const revision of [0, 1]) {
        const saves = [1, 2, 3, 4, 5].map((number) =>
          store.save({ ...room, done: { open: String(number) }, revision }),
        )
        expect((await Promise.all(saves)).filter(Boolean)).toHaveLength(1)
      }
      expect((await store.get(room.execution))?.revision).toBe(2)
    })
  })
}
