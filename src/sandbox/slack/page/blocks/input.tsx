import type { InputBlock } from '@slack/types'
import { useContext, useId } from 'react'
import { Field } from '../controls/control.tsx'
import { ErrorsContext } from '../dialogs/errors.ts'
import { Icon } from '../icon.tsx'
import { plain } from '../text/mrkdwn.ts'

const GROUPS = ['radio_buttons', 'checkboxes', 'multi_static_select', 'multi_users_select']

export function InputView({ block }: { block: InputBlock }) {
  const id = useId()
  const blockId = block.block_id ?? ''
  const error = useContext(ErrorsContext)[blockId]
  const labelId = `${id}-label`
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const label = (
    <>
      {plain(block.label.text)}
      {block.optional && <span className="optional"> (optional)</span>}
    </>
  )
  return (
    <div className={error === undefined ? 'block-input' : 'block-input block-input-refused'}>
      {GROUPS.includes(block.element.type) ? (
        <span id={labelId} className="label">
          {label}
        </span>
      ) : (
        <label id={labelId} htmlFor={id} className="label">
          {label}
        </label>
      )}
      <Field
        blockId={blockId}
        element={block.element}
        dispatches={block.dispatch_action === true}
        attributes={{
          id,
          'aria-labelledby': labelId,
          'aria-invalid': error !== undefined,
          'aria-required': block.optional !== true,
          ...(described !== '' && { 'aria-describedby': described }),
        }}
      />
      {error !== undefined && (
        <p id={`${id}-error`} className="error" role="alert">
          <Icon name="warning" /> {error}
        </p>
      )}
      {block.hint && (
        <p id={`${id}-hint`} className="hint">
          {plain(block.hint.text)}
        </p>
      )}
    </div>
  )
}
