import type { MessageReference } from '../ports/chat.ts'

/** Which messages may not show what is on record for them, as far as this process knows. */
export interface Doubts {
  about(message: MessageReference): boolean
  /** Gives the way to settle it, which does nothing where the doubt was raised anew meanwhile. */
  raise(message: MessageReference): () => void
  none(): boolean
}

export function doubted(): Doubts {
  const raised = new Map<string, number>()
  let times = 0
  return {
    about: (message) => raised.has(nameOf(message)),
    raise(message) {
      const mine = ++times
      raised.set(nameOf(message), mine)
      return () => {
        if (raised.get(nameOf(message)) === mine) raised.delete(nameOf(message))
      }
    },
    none: () => raised.size === 0,
  }
}

const nameOf = ({ platform, channel, message }: MessageReference): string =>
  `${platform} ${channel} ${message}`
