import { Menu } from '../controls/menu.tsx'
import { usePopover } from '../controls/popover.tsx'
import { Icon } from '../icon.tsx'
import { useReader } from '../model/reader.ts'
import { server } from '../model/server.ts'

/** The app's global shortcuts, where one writes. */
export function ShortcutsMenu() {
  const { state, me, report } = useReader()
  const { trigger, popover, open, close } = usePopover()
  const shortcuts = state.app.shortcuts.filter(({ type }) => type === 'global')
  if (shortcuts.length === 0) return null
  const run = async (callbackId: string) => {
    close()
    const answer = await server.shortcut({ as: me.id, callbackId })
    if (!answer.ok) report(answer.error ?? 'The app did not answer the shortcut.')
  }
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label="Shortcuts"
        title="Shortcuts"
        aria-haspopup="menu"
        {...trigger}
      >
        <Icon name="plus" />
      </button>
      <Menu popover={popover} open={open} label="Shortcuts">
        {shortcuts.map(({ callbackId, name, description }) => (
          <button
            key={callbackId}
            type="button"
            role="menuitem"
            className="menu-item"
            onClick={() => run(callbackId)}
          >
            {name}
            <small>{description}</small>
          </button>
        ))}
      </Menu>
    </>
  )
}
