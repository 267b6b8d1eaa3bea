import { useSyncExternalStore } from 'react'

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}

export const useDarkness = () => useMedia('(prefers-color-scheme: dark)')

/** Keep in step with the media queries in styles/. */
export const usePhone = () => useMedia('(max-width: 640px)')
