import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { Icon } from '../icon.tsx'

interface DialogProps {
  title: ReactNode
  className?: string
  /** Where the focus goes first, as a selector; without a hit, the browser chooses. */
  focus: string
  closeIcon?: 'close' | 'back'
  onClose(): void
  children: ReactNode
}

/** The browser's own modal dialog: it keeps the focus, and makes everything behind it inert. It is open while it is mounted. */
export function Dialog({
  title,
  className = '',
  focus,
  closeIcon = 'close',
  onClose,
  children,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    element?.querySelector<HTMLElement>(focus)?.focus()
    return () => {
      element?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [focus])

  // The app decides whether the dialog goes, so Escape only asks. A menu that is open within it takes the key first.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || dialog.current?.querySelector(':popover-open')) return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }
  return (
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header className="dialog-header">
        <h2 id={titleId}>{title}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={closeIcon === 'back' ? 'Back' : 'Close'}
          onClick={onClose}
        >
          <Icon name={closeIcon} />
        </button>
      </header>
      {children}
    </dialog>
  )
}
