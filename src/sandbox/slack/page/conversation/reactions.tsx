import type { PageMessage } from '../../page-api.ts'
import { personWith, useReader } from '../model/reader.ts'
import { server } from '../model/server.ts'
import { emojiNamed } from '../text/emoji.ts'

/** Who reacted how. A press joins in, or takes one's own away. */
export function Reactions({ message }: { message: PageMessage }) {
  const { state, me } = useReader()
  const react = useReact(message)
  return (
    <div className="reactions">
      {message.reactions.map(({ name, users }) => {
        const names = users.map((id) => personWith(state, id)?.realName ?? id).join(', ')
        return (
          <button
            key={name}
            type="button"
            className="reaction"
            aria-pressed={users.includes(me.id)}
            aria-label={`${name.replaceAll('_', ' ')}: ${names}`}
            title={`${names} reacted with :${name}:`}
            onClick={() => react(name)}
          >
            <span>{emojiNamed(name) ?? `:${name}:`}</span> {users.length}
          </button>
        )
      })}
    </div>
  )
}

/** Puts the reader's reaction on a message, or takes it away if it is there. */
export function useReact({ channel, ts, reactions }: PageMessage): (name: string) => Promise<void> {
  const { me, report } = useReader()
  return async (name) => {
    const put = !reactions.some((one) => one.name === name && one.users.includes(me.id))
    const answer = await server.react({ as: me.id, channel, ts, name, put })
    if (!answer.ok) report(answer.error ?? 'The reaction was not saved.')
  }
}
