import type { PageChannel } from '../../page-api.ts'
import { useReader } from '../model/reader.ts'

const SUGGESTIONS = [
  { command: '/dr help', effect: 'everything there is to ask for' },
  { command: '/dr plans', effect: 'the recovery plans at hand' },
  { command: '/dr drill payments', effect: 'a rehearsal that touches nothing real' },
  { command: '/dr failover payments', effect: 'the whole thing, here with pretended servers' },
]

/** The top of a channel: where one is, and what to try. A suggestion fills the composer and leaves sending to the reader. */
export function Welcome({
  channel,
  title,
  onTry,
}: {
  channel: PageChannel
  title: string
  onTry(text: string): void
}) {
  const { state } = useReader()
  const isDirect = channel.kind === 'direct'
  return (
    <section className="welcome" aria-label="Welcome">
      <h2>{isDirect ? title : `# ${title}`}</h2>
      <p>
        {isDirect ? `This is between you and ${title}.` : `This is where #${title} begins. Type `}
        {!isDirect && (
          <>
            <code>/dr help</code> to see what {state.app.name} can do, or try one of these:
          </>
        )}
      </p>
      {!isDirect && (
        <ul className="suggestions">
          {SUGGESTIONS.map(({ command, effect }) => (
            <li key={command}>
              <button type="button" className="suggestion" onClick={() => onTry(command)}>
                <code>{command}</code>
                <span>{effect}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
