import type { ActionsBlock, ContextBlock, SectionBlock, TextObject } from '@slack/types'
import { Control } from '../controls/control.tsx'
import { inOrder } from '../in-order.ts'
import { Text } from '../text/text.tsx'
import { Picture } from './image.tsx'

export function SectionView({ block }: { block: SectionBlock }) {
  const { text, fields, accessory, block_id = '' } = block
  return (
    <div className="block-section">
      <div className="block-section-text">
        {text && <Text text={text} />}
        {fields && <Fields fields={fields} />}
      </div>
      {accessory && (
        <div className="block-accessory">
          {accessory.type === 'image' ? (
            <Picture image={accessory} />
          ) : (
            <Control blockId={block_id} element={accessory} />
          )}
        </div>
      )}
    </div>
  )
}

function Fields({ fields }: { fields: TextObject[] }) {
  return (
    <div className="block-fields">
      {inOrder(fields, (field) => (
        <Text text={field} />
      ))}
    </div>
  )
}

export function ContextView({ block }: { block: ContextBlock }) {
  return (
    <div className="block-context">
      {inOrder(block.elements, (element) =>
        element.type === 'image' ? <Picture image={element} /> : <Text text={element} />,
      )}
    </div>
  )
}

export function ActionsView({ block }: { block: ActionsBlock }) {
  return (
    <div className="block-actions">
      {block.elements.map((element, at) => (
        <Control key={element.action_id ?? `${at}`} blockId={block.block_id ?? ''} element={element} />
      ))}
    </div>
  )
}
