import {
  type KeyboardEventHandler,
  type ReactNode,
  type RefObject,
  type ToggleEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'

interface PopoverParts {
  open: boolean
  close(): void
  anchor: RefObject<HTMLButtonElement | null>
  /** For the button that opens it. */
  trigger: { ref: RefObject<HTMLButtonElement | null>; popoverTarget: string; 'aria-expanded': boolean }
  popover: PopoverProps['popover']
}

/** A native popover (it lies above dialogs, and closes on Escape and on a click elsewhere) that stands by its button. */
export function usePopover(): PopoverParts {
  const id = useId()
  const anchor = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const close = () => panel.current?.hidePopover()

  useEffect(() => {
    if (!open) return
    const closeOnScroll = (event: Event) => {
      if (event.target instanceof Node && !panel.current?.contains(event.target)) panel.current?.hidePopover()
    }
    addEventListener('scroll', closeOnScroll, true)
    return () => removeEventListener('scroll', closeOnScroll, true)
  }, [open])

  return {
    open,
    close,
    anchor,
    trigger: { ref: anchor, popoverTarget: id, 'aria-expanded': open },
    popover: { id, panel, anchor, setOpen },
  }
}

interface PopoverProps {
  popover: {
    id: string
    panel: RefObject<HTMLDivElement | null>
    anchor: RefObject<HTMLButtonElement | null>
    setOpen(open: boolean): void
  }
  role: 'menu' | 'group'
  label: string
  onKeyDown?: KeyboardEventHandler<HTMLElement>
  children: ReactNode
}

export function Popover({ popover, role, label, onKeyDown, children }: PopoverProps) {
  const { id, panel, anchor, setOpen } = popover
  const onToggle = (event: ToggleEvent<HTMLElement>) => {
    const opened = event.newState === 'open'
    setOpen(opened)
    if (opened && anchor.current && panel.current) place(panel.current, anchor.current)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is given
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles are named
    <div
      role={role}
      aria-label={label}
      id={id}
      ref={panel}
      popover="auto"
      className="popover"
      onToggle={onToggle}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  )
}

const GAP = 4
const EDGE = 8

function place(panel: HTMLElement, anchor: HTMLElement): void {
  const from = anchor.getBoundingClientRect()
  panel.style.minWidth = `${from.width}px`
  const { width, height } = panel.getBoundingClientRect()
  const below = from.bottom + GAP
  const fits = below + height <= innerHeight - EDGE
  const top = fits ? below : Math.max(EDGE, from.top - GAP - height)
  panel.style.top = `${top}px`
  panel.style.left = `${Math.max(EDGE, Math.min(from.left, innerWidth - EDGE - width))}px`
}
