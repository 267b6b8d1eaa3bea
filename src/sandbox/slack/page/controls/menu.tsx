import { type ComponentProps, type KeyboardEvent, useEffect } from 'react'
import { Popover } from './popover.tsx'

type MenuProps = Omit<ComponentProps<typeof Popover>, 'role' | 'onKeyDown'> & { open: boolean }

/** A popover of things to choose from, which takes the focus and moves it with the arrow keys. */
export function Menu({ open, popover, ...rest }: MenuProps) {
  useEffect(() => {
    if (open) popover.panel.current?.querySelector('button')?.focus()
  }, [open, popover.panel])
  return <Popover popover={popover} role="menu" onKeyDown={moveFocus} {...rest} />
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  if (step === undefined) return
  event.preventDefault()
  const items = [...event.currentTarget.querySelectorAll('button')]
  const at = items.findIndex((item) => item.matches(':focus'))
  items.at((at + step) % items.length)?.focus()
}
