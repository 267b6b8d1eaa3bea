import type { Json } from '../../domain/json.ts'
import { CALL_KEPT_HOURS, CALL_RUNS_SECONDS, type CallStore } from '../../ports/call-store.ts'

interface Call {
  readonly requestHash: string
  readonly at: number
  readonly answer?: { readonly status: number; readonly body: Json }
}

export function memoryCalls(): CallStore {
  const calls = new Map<string, Call>()
  const keyOf = (caller: string, key: string) => JSON.stringify([caller, key])
  return {
    claim: async (caller, key, requestHash, at) => {
      const call = calls.get(keyOf(caller, key))
      const keptSeconds = call?.answer ? CALL_KEPT_HOURS * 3600 : CALL_RUNS_SECONDS
      if (!call || at.getTime() - call.at >= keptSeconds * 1000) {
        calls.set(keyOf(caller, key), { requestHash, at: at.getTime() })
        return { kind: 'mine' }
      }
      return call.answer
        ? { kind: 'answered', requestHash: call.requestHash, ...call.answer }
        : { kind: 'running', requestHash: call.requestHash }
    },
    answer: async (caller, key, status, body) => {
      const call = calls.get(keyOf(caller, key))
      if (call && !call.answer) calls.set(keyOf(caller, key), { ...call, answer: { status, body } })
    },
  }
}
