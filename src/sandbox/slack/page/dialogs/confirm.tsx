import type { Confirm } from '@slack/types'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { plain } from '../text/mrkdwn.ts'
import { Text } from '../text/text.tsx'
import { Dialog } from './dialog.tsx'

type Ask = (confirm: Confirm) => Promise<boolean>

const ConfirmContext = createContext<Ask>(() => Promise.resolve(false))

/** Asks what an app wants asked before a click counts. The app never learns that it was asked. */
export function useConfirm(): Ask {
  return useContext(ConfirmContext)
}

interface Question {
  confirm: Confirm
  answer(confirmed: boolean): void
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question>()
  const ask = useCallback<Ask>(
    (confirm) =>
      new Promise((resolve) => {
        const answer = (confirmed: boolean) => {
          setQuestion(undefined)
          resolve(confirmed)
        }
        setQuestion({ confirm, answer })
      }),
    [],
  )
  return (
    <ConfirmContext value={ask}>
      {children}
      {question && <ConfirmDialog {...question} />}
    </ConfirmContext>
  )
}

function ConfirmDialog({ confirm, answer }: Question) {
  const dangerous = confirm.style === 'danger'
  const deny = () => answer(false)
  return (
    <Dialog
      title={confirm.title ? plain(confirm.title.text) : 'Are you sure?'}
      className="confirm"
      // Enter out of habit must not do what cannot be undone.
      focus={dangerous ? '[data-deny]' : '[data-confirm]'}
      onClose={deny}
    >
      <div className="dialog-body">
        <Text text={confirm.text} />
      </div>
      <footer className="dialog-footer">
        <button type="button" className="button button-large button-plain" data-deny onClick={deny}>
          {confirm.deny ? plain(confirm.deny.text) : 'Cancel'}
        </button>
        <button
          type="button"
          className={`button button-large button-${confirm.style ?? 'primary'}`}
          data-confirm
          onClick={() => answer(true)}
        >
          {confirm.confirm ? plain(confirm.confirm.text) : 'Confirm'}
        </button>
      </footer>
    </Dialog>
  )
}
