import type {
  RichTextBlock,
  RichTextElement,
  RichTextList,
  RichTextPreformatted,
  RichTextQuote,
  RichTextSection,
} from '@slack/types'
import type { ReactNode } from 'react'
import { inOrder } from '../in-order.ts'
import { emojiNamed } from './emoji.ts'
import { BroadcastMention, ChannelMention, GroupMention, UserMention } from './mentions.tsx'
import { SlackDate } from './slack-date.tsx'
import { WebLink } from './web-link.tsx'

export function RichText({ block }: { block: RichTextBlock }) {
  let numbered = new Map<number, number>()
  return (
    <div className="rich-text">
      {inOrder(block.elements, (part) => {
        // An ordered list that a nested one interrupts goes on counting; anything else ends it.
        if (part.type !== 'rich_text_list') numbered = new Map()
        const indent = part.type === 'rich_text_list' ? (part.indent ?? 0) : 0
        const start = (numbered.get(indent) ?? 0) + 1
        if (part.type === 'rich_text_list' && part.style === 'ordered') {
          numbered.set(indent, start - 1 + part.elements.length)
        }
        return <Part part={part} start={start} />
      })}
    </div>
  )
}

type PartOf = RichTextSection | RichTextList | RichTextPreformatted | RichTextQuote

function Part({ part, start }: { part: PartOf; start: number }) {
  switch (part.type) {
    case 'rich_text_section':
      return <p>{inline(part.elements)}</p>
    case 'rich_text_quote':
      return <blockquote>{inline(part.elements)}</blockquote>
    case 'rich_text_preformatted':
      return <pre>{inline(part.elements)}</pre>
    case 'rich_text_list':
      return <List list={part} start={start} />
  }
}

function List({ list, start }: { list: RichTextList; start: number }) {
  const items = inOrder(list.elements, ({ elements }) => <li>{inline(elements)}</li>)
  const indent = Math.min(list.indent ?? 0, 8)
  const place = { className: `indent-${indent % 3}`, style: { marginInlineStart: `${indent * 1.6}em` } }
  if (list.style === 'bullet') return <ul {...place}>{items}</ul>
  return (
    <ol {...place} start={start}>
      {items}
    </ol>
  )
}

function inline(elements: RichTextElement[]): ReactNode {
  return inOrder(elements, (element) => styled(<Inline element={element} />, element.style))
}

function Inline({ element }: { element: RichTextElement }) {
  switch (element.type) {
    case 'text':
      return element.text
    case 'link':
      return <WebLink url={element.url}>{element.text ?? element.url}</WebLink>
    case 'user':
      return <UserMention id={element.user_id} />
    case 'channel':
      return <ChannelMention id={element.channel_id} />
    case 'usergroup':
      return <GroupMention id={element.usergroup_id} />
    case 'broadcast':
      return <BroadcastMention range={element.range} />
    case 'date':
      return <SlackDate seconds={element.timestamp} format={element.format} url={element.url} />
    case 'emoji':
      return emojiNamed(element.name) ?? fromHex(element.unicode) ?? `:${element.name}:`
    case 'color':
      return (
        <code>
          <span className="swatch" style={{ background: element.value }} /> {element.value}
        </code>
      )
    case 'team':
      return element.team_id
  }
}

/** Slack names an emoji's characters in hexadecimal: "1f44b-1f3fd". */
function fromHex(unicode: string | undefined): string | undefined {
  return unicode && String.fromCodePoint(...unicode.split('-').map((code) => Number.parseInt(code, 16)))
}

function styled(content: ReactNode, style: RichTextElement['style']): ReactNode {
  let result = content
  if (style?.code) result = <code>{result}</code>
  if (style?.strike) result = <s>{result}</s>
  if (style?.italic) result = <em>{result}</em>
  if (style?.bold) result = <strong>{result}</strong>
  return result
}
