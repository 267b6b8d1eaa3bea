import { useRef, useState } from 'react'

export interface Draft {
  text: string
  set(text: string): void
  /** Puts a text there from elsewhere, and the reader with it. */
  fill(text: string): void
  field: { current: HTMLTextAreaElement | null }
}

const drafts = new Map<string, string>()

/** What is being written at a place. It waits there while the reader is elsewhere. */
export function useDraft(place: string): Draft {
  const [, redraw] = useState(0)
  const field = useRef<HTMLTextAreaElement>(null)
  const set = (text: string) => {
    drafts.set(place, text)
    redraw((count) => count + 1)
  }
  const fill = (text: string) => {
    set(text)
    field.current?.focus()
  }
  return { text: drafts.get(place) ?? '', set, fill, field }
}
