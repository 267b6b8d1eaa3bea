import type { KnownBlock } from '@slack/types'
import { type Block, Message } from 'slack-blocks-to-jsx'
import { useDarkness } from '../media.ts'
import { useReader } from '../model/reader.ts'

/**
 * Blocks that Lifeboat itself does not send (markdown, cards, videos, …), drawn by a library that knows all of them.
 * It tells nobody about clicks, so the blocks that are pressed are ours.
 */
export function OtherBlock({ block }: { block: KnownBlock }) {
  const { state } = useReader()
  const theme = useDarkness() ? 'dark' : 'light'
  const users = state.people.map(({ id, name }) => ({ id, name, avatar: '' }))
  const channels = state.channels.map(({ id, name }) => ({ id, name }))
  return (
    <div className="block-other">
      <Message
        blocks={[asDrawn(block)]}
        name=""
        logo=""
        theme={theme}
        data={{ users, channels }}
        withoutWrapper
      />
    </div>
  )
}

/** The same JSON by Slack's specification, which the library has typed a second time in its own way. */
function asDrawn(block: KnownBlock): Block {
  return block as Block
}
