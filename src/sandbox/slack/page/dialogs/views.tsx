import type { KnownBlock, ModalView, View } from '@slack/types'
import { type FormEvent, useRef, useState } from 'react'
import type { PageView } from '../../page-api.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { useForm } from '../controls/form.ts'
import { SurfaceContext, useSurfaceOn } from '../controls/surface.ts'
import { useReader } from '../model/reader.ts'
import { server } from '../model/server.ts'
import { plain } from '../text/mrkdwn.ts'
import { Dialog } from './dialog.tsx'
import { ErrorsContext } from './errors.ts'

/** The open modals. Only the top one is seen, but those below keep what was entered. */
export function Views({ views }: { views: readonly PageView[] }) {
  return views.map(({ id, view, depth }, at) =>
    view.type === 'modal' ? (
      <Modal key={id} id={id} view={view} depth={depth} covered={at < views.length - 1} />
    ) : null,
  )
}

interface ModalProps {
  id: string
  view: ModalView
  depth: number
  covered: boolean
}

const FIRST_FIELD =
  '[data-focus=true], .dialog-body :is(input, select, textarea), .dialog-footer [type=submit]'

function Modal({ id, view, depth, covered }: ModalProps) {
  const { me } = useReader()
  const blocks = knownBlocks(view)
  const form = useForm(blocks)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)
  const surface = useSurfaceOn({ kind: 'view', id }, form)
  const formElement = useRef<HTMLFormElement>(null)
  const close = () => void server.close({ as: me.id, view: id })

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    const answer = await server.submit({ as: me.id, view: id, values: form.values })
    setBusy(false)
    if (answer.ok) return
    setErrors(answer.errors ?? {})
    setFailure(
      answer.errors === undefined ? (answer.error ?? 'The app did not answer. Try again?') : undefined,
    )
    requestAnimationFrame(() =>
      formElement.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(),
    )
  }
  return (
    <Dialog
      title={plain(view.title.text)}
      className={`view ${covered ? 'covered' : ''} ${depth > 1 ? 'pushed' : ''}`}
      focus={FIRST_FIELD}
      closeIcon={depth > 1 ? 'back' : 'close'}
      onClose={close}
    >
      <form ref={formElement} className="view-form" onSubmit={submit} noValidate>
        <div className="dialog-body">
          <ErrorsContext value={errors}>
            <SurfaceContext value={surface}>
              <Blocks blocks={blocks} />
            </SurfaceContext>
          </ErrorsContext>
        </div>
        {failure !== undefined && (
          <p className="view-failure" role="alert">
            {failure}
          </p>
        )}
        <footer className="dialog-footer">
          <button type="button" className="button button-large button-plain" onClick={close}>
            {view.close ? plain(view.close.text) : 'Cancel'}
          </button>
          {view.submit && (
            <button
              type="submit"
              className="button button-large button-primary"
              disabled={busy}
              aria-busy={busy}
            >
              <span className="button-text">{plain(view.submit.text)}</span>
              {busy && <span className="spinner" />}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  )
}

/** Slack's types let a view hold blocks that nobody knows; the workspace lets none through, and Blocks says so of any that come. */
export function knownBlocks(view: View): KnownBlock[] {
  return view.blocks as KnownBlock[]
}
