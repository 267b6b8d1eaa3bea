import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

interface Bottom {
  scroller: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLDivElement | null>
  onScroll(): void
  /** Something came below what the reader sees. */
  missed: boolean
  toBottom(): void
}

const NEAR_PIXELS = 60

/** Keeps who reads the newest message at the newest message, and leaves everybody else where they are. */
export function useBottom(newest: string | undefined, isMine: boolean): Bottom {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const isThere = useRef(true)
  const seen = useRef(newest)
  const [missed, setMissed] = useState(false)

  const toBottom = () => {
    isThere.current = true
    setMissed(false)
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight
  }
  const onScroll = () => {
    const element = scroller.current
    if (element === null) return
    isThere.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PIXELS
    if (isThere.current) setMissed(false)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about the newest message only
  useLayoutEffect(() => {
    const isNew = newest !== undefined && newest > (seen.current ?? '')
    seen.current = newest
    if (isThere.current || (isNew && isMine)) toBottom()
    else if (isNew) setMissed(true)
  }, [newest])
  // A message that grows, a picture that loads, a composer that gets taller: the end stays in sight.
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => {
      if (isThere.current && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight
    })
    if (scroller.current) observer.observe(scroller.current)
    if (content.current) observer.observe(content.current)
    return () => observer.disconnect()
  }, [])

  return { scroller, content, onScroll, missed, toBottom }
}
