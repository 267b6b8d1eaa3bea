import type { PageMessage } from '../../page-api.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { useForm } from '../controls/form.ts'
import { SurfaceContext, useSurfaceOn } from '../controls/surface.ts'
import { inOrder } from '../in-order.ts'
import { MrkdwnText } from '../text/text.tsx'
import { Files } from './files.tsx'

/** What a message says: its blocks, or else its text, which then only speaks to notifications. */
export function MessageContent({ message }: { message: PageMessage }) {
  const { blocks = [], attachments = [], files = [], text, edited, channel, ts } = message
  const form = useForm([...blocks, ...attachments.flatMap((attachment) => attachment.blocks ?? [])])
  const surface = useSurfaceOn({ kind: 'message', channel, ts }, form)
  const hasBlocks = blocks.length > 0 || attachments.some((attachment) => attachment.blocks?.length)
  return (
    <SurfaceContext value={surface}>
      <div className="message-content">
        {blocks.length > 0 && <Blocks blocks={blocks} />}
        {!hasBlocks && text !== '' && <MrkdwnText text={text} />}
        {inOrder(attachments, (attachment) => (
          <div className="attachment" style={{ borderInlineStartColor: colourOf(attachment.color) }}>
            <Blocks blocks={attachment.blocks ?? []} />
          </div>
        ))}
        {files.length > 0 && <Files files={files} />}
        {edited && <span className="edited"> (edited)</span>}
      </div>
    </SurfaceContext>
  )
}

const NAMED: Record<string, string> = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' }

function colourOf(colour: string | undefined): string | undefined {
  return colour && (NAMED[colour] ?? (colour.startsWith('#') ? colour : `#${colour}`))
}
