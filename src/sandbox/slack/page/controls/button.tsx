import type { Button } from '@slack/types'
import { plain } from '../text/mrkdwn.ts'
import { usePress } from './surface.ts'

export function ButtonControl({ blockId, element }: { blockId: string; element: Button }) {
  const { busy, isConfirmed, press } = usePress(blockId, element)
  const onClick = async () => {
    if (busy || !(await isConfirmed())) return
    if (element.url !== undefined) window.open(element.url, '_blank', 'noreferrer')
    await press()
  }
  return (
    <button
      type="button"
      className={`button button-${element.style ?? 'plain'}`}
      aria-label={element.accessibility_label}
      aria-busy={busy}
      disabled={busy}
      onClick={onClick}
    >
      <span className="button-text">{plain(element.text.text)}</span>
      {busy && <span className="spinner" />}
    </button>
  )
}
