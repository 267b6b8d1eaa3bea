import type { ExecutionId, Place } from '../../domain/execution.ts'
import type { Room, RoomStore } from '../../ports/room-store.ts'

export function memoryRooms(): RoomStore {
  const rooms = new Map<ExecutionId, Room>()
  const places = new Map<string, ExecutionId>()
  const keyOf = ({ platform, channel }: Place) => JSON.stringify([platform, channel])
  return {
    get: async (execution) => rooms.get(execution),
    at: async (place) => places.get(keyOf(place)),
    save: async (room) => {
      if ((rooms.get(room.execution)?.revision ?? 0) !== room.revision) return false
      if (room.place) places.set(keyOf(room.place), room.execution)
      rooms.set(room.execution, { ...room, revision: room.revision + 1 })
      return true
    },
  }
}
