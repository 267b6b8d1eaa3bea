import { useEffect, useState } from 'react'
import type { PageChannel } from '../../page-api.ts'
import { Dialog } from '../dialogs/dialog.tsx'
import { useReader } from '../model/reader.ts'
import { server } from '../model/server.ts'
import { plain } from '../text/mrkdwn.ts'

/** Every public channel, and the way into it. */
export function Browse({ onChannel, onClose }: { onChannel(id: string): void; onClose(): void }) {
  const { me, report } = useReader()
  const [channels, setChannels] = useState<readonly PageChannel[]>([])
  useEffect(() => {
    server.channels(me.id).then(setChannels, () => report('The channels could not be read.'))
  }, [me.id, report])

  const enter = async ({ id }: PageChannel) => {
    const answer = await server.join({ as: me.id, channel: id })
    if (answer.ok) onChannel(id)
    else report(answer.error ?? 'You could not join.')
    onClose()
  }
  return (
    <Dialog title="Channels" className="browse" focus="button" onClose={onClose}>
      <ul className="dialog-body browse-list">
        {channels.map((channel) => {
          const { id, name, topic, purpose, members } = channel
          const isIn = members.includes(me.id)
          return (
            <li key={id}>
              <div>
                <strong># {name}</strong>
                <small>
                  {isIn && 'Joined · '}
                  {members.length === 1 ? '1 member' : `${members.length} members`}
                  {(topic || purpose) && ` · ${plain(topic || purpose)}`}
                </small>
              </div>
              <button
                type="button"
                className="button button-plain"
                aria-label={`${isIn ? 'Open' : 'Join'} ${name}`}
                onClick={() => enter(channel)}
              >
                {isIn ? 'Open' : 'Join'}
              </button>
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
