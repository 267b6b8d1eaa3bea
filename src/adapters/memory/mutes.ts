import type { MuteStore } from '../../ports/mute-store.ts'

export function memoryMutes(): MuteStore {
  const runs = new Map<string, Map<string, Date>>()
  return {
    mutedIn: async (run) => new Map(runs.get(run)),
    async mute(run, human, until) {
      runs.set(run, new Map(runs.get(run)).set(human, until))
    },
  }
}
