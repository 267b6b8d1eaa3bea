import type { KnownBlock } from '@slack/types'
import { plain } from '../text/mrkdwn.ts'
import { RichText } from '../text/rich-text.tsx'
import { AlertView } from './alert.tsx'
import { ActionsView, ContextView, SectionView } from './basic.tsx'
import { ImageView } from './image.tsx'
import { InputView } from './input.tsx'
import { OtherBlock } from './other-block.tsx'
import { PlanView, TaskView } from './plan.tsx'
import { TableView } from './table.tsx'

export function Blocks({ blocks }: { blocks: readonly KnownBlock[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, at) => (
        <BlockView key={block.block_id ?? `${at}${block.type}`} block={block} />
      ))}
    </div>
  )
}

function BlockView({ block }: { block: KnownBlock }) {
  switch (block.type) {
    case 'header':
      return <h3 className="block-header">{plain(block.text.text)}</h3>
    case 'section':
      return <SectionView block={block} />
    case 'context':
      return <ContextView block={block} />
    case 'actions':
      return <ActionsView block={block} />
    case 'input':
      return <InputView block={block} />
    case 'divider':
      return <hr />
    case 'image':
      return <ImageView block={block} />
    case 'rich_text':
      return <RichText block={block} />
    case 'alert':
      return <AlertView block={block} />
    case 'table':
      return <TableView block={block} />
    case 'plan':
      return <PlanView block={block} />
    case 'task_card':
      return <TaskView task={block} />
    default:
      return <OtherBlock block={block} />
  }
}
