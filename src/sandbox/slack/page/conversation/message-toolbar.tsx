import type { PageMessage } from '../../page-api.ts'
import { Menu } from '../controls/menu.tsx'
import { usePopover } from '../controls/popover.tsx'
import { Icon } from '../icon.tsx'
import { useReader } from '../model/reader.ts'
import { server } from '../model/server.ts'
import { emojiNamed } from '../text/emoji.ts'
import { useReact } from './reactions.tsx'

const OFFERED = ['+1', 'white_check_mark', 'eyes', 'pushpin', 'x']

interface ToolbarProps {
  message: PageMessage
  onReply: ((ts: string) => void) | undefined
}

/** What one can do with a message. It shows while the pointer or the focus is there. */
export function MessageToolbar({ message, onReply }: ToolbarProps) {
  const { state } = useReader()
  const react = useReact(message)
  const hasShortcuts = state.app.shortcuts.some(({ type }) => type === 'message')
  return (
    <div className="message-toolbar">
      {OFFERED.map((name) => (
        <button
          key={name}
          type="button"
          className="icon-button"
          aria-label={`React with ${name.replaceAll('_', ' ')}`}
          title={`:${name}:`}
          onClick={() => react(name)}
        >
          {emojiNamed(name)}
        </button>
      ))}
      {onReply && (
        <button
          type="button"
          className="icon-button"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => onReply(message.ts)}
        >
          <Icon name="reply" />
        </button>
      )}
      {hasShortcuts && <MessageMenu message={message} />}
    </div>
  )
}

function MessageMenu({ message: { channel, ts } }: { message: PageMessage }) {
  const { state, me, report } = useReader()
  const { trigger, popover, open, close } = usePopover()
  const run = async (callbackId: string) => {
    close()
    const answer = await server.shortcut({ as: me.id, callbackId, on: { channel, ts } })
    if (!answer.ok) report(answer.error ?? 'The app did not answer the shortcut.')
  }
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label="Message menu"
        title="Message menu"
        aria-haspopup="menu"
        {...trigger}
      >
        <Icon name="more" />
      </button>
      <Menu popover={popover} open={open} label="Message menu">
        {state.app.shortcuts
          .filter(({ type }) => type === 'message')
          .map(({ callbackId, name }) => (
            <button
              key={callbackId}
              type="button"
              role="menuitem"
              className="menu-item"
              onClick={() => run(callbackId)}
            >
              {name} <small>{state.app.name}</small>
            </button>
          ))}
      </Menu>
    </>
  )
}
