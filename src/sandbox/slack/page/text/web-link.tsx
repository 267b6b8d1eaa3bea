import type { ReactNode } from 'react'

/** A link out. Only the web and mail are followed, whatever an app sends. */
export function WebLink({ url, children }: { url: string; children: ReactNode }) {
  if (!/^(https?|mailto):/i.test(url)) return children
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}
