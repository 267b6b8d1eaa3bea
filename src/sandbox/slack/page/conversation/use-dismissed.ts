import { useCallback, useState } from 'react'

const STORED_AS = 'practice-workspace-dismissed'

/** Messages only one person sees, which they have put away. Nobody else needs to know, so this window alone remembers. */
export function useDismissed(): { isDismissed(ts: string): boolean; dismiss(ts: string): void } {
  const [dismissed, setDismissed] = useState<readonly string[]>(() =>
    JSON.parse(sessionStorage.getItem(STORED_AS) ?? '[]'),
  )
  const dismiss = useCallback((ts: string) => {
    setDismissed((before) => {
      const after = [...before, ts]
      sessionStorage.setItem(STORED_AS, JSON.stringify(after))
      return after
    })
  }, [])
  return { isDismissed: (ts) => dismissed.includes(ts), dismiss }
}
