import type { Place } from '../../domain/execution.ts'
import type { Thread, ThreadStore } from '../../ports/thread-store.ts'

export function memoryThreads(): ThreadStore {
  const threads = new Map<string, Thread>()
  const keyOf = (execution: string, { platform, channel }: Place) =>
    JSON.stringify([execution, platform, channel])
  return {
    get: async (execution, place) => threads.get(keyOf(execution, place)),
    save: async (thread) => {
      const key = keyOf(thread.execution, thread.place)
      if ((threads.get(key)?.revision ?? 0) !== thread.revision) return false
      threads.set(key, { ...thread, revision: thread.revision + 1 })
      return true
    },
  }
}
