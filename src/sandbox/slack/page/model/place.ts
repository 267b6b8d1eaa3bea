import { useCallback, useSyncExternalStore } from 'react'

/** Where the reader is. It lives in the address, so that reload, links and the back button work, and two windows can be two people. */
export interface Place {
  as?: string
  channel?: string
  /** The ts of the message whose thread is open. */
  thread?: string
  /** "home": the app's own page, where its messages would be. */
  tab?: string
}

export function usePlace(): { place: Place; go(place: Place, how?: 'push' | 'replace'): void } {
  const search = useSyncExternalStore(subscribe, () => location.search)
  const go = useCallback((place: Place, how: 'push' | 'replace' = 'push') => {
    const address = addressOf(place)
    if (address === location.search) return
    if (how === 'push') history.pushState(null, '', address)
    else history.replaceState(null, '', address)
    for (const changed of listeners) changed()
  }, [])
  return { place: placeOf(search), go }
}

const PARTS = ['as', 'channel', 'thread', 'tab'] as const

function placeOf(search: string): Place {
  const query = new URLSearchParams(search)
  const place: Place = {}
  for (const part of PARTS) {
    const value = query.get(part)
    if (value !== null) place[part] = value
  }
  return place
}

function addressOf(place: Place): string {
  const query = new URLSearchParams()
  for (const part of PARTS) {
    const value = place[part]
    if (value !== undefined) query.set(part, value)
  }
  return `?${query}`
}

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('popstate', listener)
  }
}
