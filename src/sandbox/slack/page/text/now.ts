import { useSyncExternalStore } from 'react'

const STEP_SECONDS = 15

/** The time in seconds, moving in steps: texts such as "2 minutes ago" stay true without being drawn all the time. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, now)
}

function now(): number {
  return Math.floor(Date.now() / 1000 / STEP_SECONDS) * STEP_SECONDS
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, STEP_SECONDS * 1000)
  return () => clearInterval(timer)
}
