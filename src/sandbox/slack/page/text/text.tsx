import type { TextObject } from '@slack/types'
import type { ReactNode } from 'react'
import { inOrder } from '../in-order.ts'
import { BroadcastMention, ChannelMention, GroupMention, UserMention } from './mentions.tsx'
import { type Mrkdwn, parseMrkdwn, plain } from './mrkdwn.ts'
import { SlackDate } from './slack-date.tsx'
import { WebLink } from './web-link.tsx'

/** A text object of Block Kit, whichever of the two kinds it is. */
export function Text({ text }: { text: TextObject }) {
  if (text.type === 'mrkdwn') return <MrkdwnText text={text.text} />
  return <span className="text">{text.emoji === false ? text.text : plain(text.text)}</span>
}

export function MrkdwnText({ text }: { text: string }) {
  return <span className="text">{render(parseMrkdwn(text))}</span>
}

function render(nodes: Mrkdwn[]): ReactNode {
  return inOrder(nodes, (node) => <Node node={node} />)
}

function Node({ node }: { node: Mrkdwn }) {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'bold':
      return <strong>{render(node.children)}</strong>
    case 'italic':
      return <em>{render(node.children)}</em>
    case 'strike':
      return <s>{render(node.children)}</s>
    case 'quote':
      return <span className="quote">{render(node.children)}</span>
    case 'code':
      return <code>{node.text}</code>
    case 'preformatted':
      return <code className="preformatted">{node.text}</code>
    case 'link':
      return <WebLink url={node.url}>{node.text}</WebLink>
    case 'user':
      return <UserMention id={node.id} />
    case 'channel':
      return <ChannelMention id={node.id} label={node.label} />
    case 'group':
      return <GroupMention id={node.id} label={node.label} />
    case 'broadcast':
      return <BroadcastMention range={node.range} />
    case 'date':
      return <SlackDate {...node} />
  }
}
