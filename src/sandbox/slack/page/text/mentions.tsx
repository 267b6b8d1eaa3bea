import { personWith, useReader } from '../model/reader.ts'

export function UserMention({ id }: { id: string }) {
  const { state } = useReader()
  const person = personWith(state, id)
  const mine = id === state.me.id
  return (
    <span className={mine ? 'mention mention-me' : 'mention'} title={person?.title}>
      @{person?.name ?? id}
    </span>
  )
}

export function ChannelMention({ id, label }: { id: string; label?: string | undefined }) {
  const { state, go } = useReader()
  const channel = state.channels.find((known) => known.id === id)
  if (channel === undefined) return <span className="mention">#{label ?? 'private-channel'}</span>
  return (
    <button type="button" className="mention" onClick={() => go({ as: state.me.id, channel: id })}>
      #{channel.name}
    </button>
  )
}

export function GroupMention({ id, label }: { id: string; label?: string | undefined }) {
  const { state } = useReader()
  const group = state.userGroups.find((known) => known.id === id)
  const mine = group?.members.includes(state.me.id)
  return (
    <span className={mine ? 'mention mention-me' : 'mention'} title={group?.name}>
      @{group?.handle ?? (label ?? id).replace(/^@/, '')}
    </span>
  )
}

export function BroadcastMention({ range }: { range: string }) {
  return <span className="mention mention-me">@{range}</span>
}
