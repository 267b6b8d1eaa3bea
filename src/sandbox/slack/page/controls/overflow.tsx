import type { Overflow, PlainTextOption } from '@slack/types'
import { type KeyboardEvent, useEffect } from 'react'
import { Icon } from '../icon.tsx'
import { plain } from '../text/mrkdwn.ts'
import { Popover, usePopover } from './popover.tsx'
import { usePress } from './surface.ts'

export function OverflowControl({ blockId, element }: { blockId: string; element: Overflow }) {
  const { busy, isConfirmed, press } = usePress(blockId, element)
  const { trigger, popover, open, close, anchor } = usePopover()

  useEffect(() => {
    if (open) popover.panel.current?.querySelector('button')?.focus()
  }, [open, popover.panel])

  const choose = async (option: PlainTextOption) => {
    close()
    anchor.current?.focus()
    if (!(await isConfirmed())) return
    if (option.url !== undefined) window.open(option.url, '_blank', 'noreferrer')
    await press(option.value)
  }
  return (
    <>
      <button
        type="button"
        className="button button-plain button-icon"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-busy={busy}
        disabled={busy}
        {...trigger}
      >
        {busy ? <span className="spinner" /> : <Icon name="more" />}
      </button>
      <Popover popover={popover} role="menu" label="More actions" onKeyDown={moveFocus}>
        {element.options.map((option) => (
          <button
            key={option.value ?? option.text.text}
            type="button"
            role="menuitem"
            className="menu-item"
            onClick={() => choose(option)}
          >
            {plain(option.text.text)}
            {option.description && <small>{plain(option.description.text)}</small>}
          </button>
        ))}
      </Popover>
    </>
  )
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
