import type { Overflow, PlainTextOption } from '@slack/types'
import { Icon } from '../icon.tsx'
import { plain } from '../text/mrkdwn.ts'
import { Menu } from './menu.tsx'
import { usePopover } from './popover.tsx'
import { usePress } from './surface.ts'

export function OverflowControl({ blockId, element }: { blockId: string; element: Overflow }) {
  const { busy, isConfirmed, press } = usePress(blockId, element)
  const { trigger, popover, open, close, anchor } = usePopover()

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
      <Menu popover={popover} open={open} label="More actions">
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
      </Menu>
    </>
  )
}
