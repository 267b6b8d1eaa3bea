import type { PageEvent, PageMessage } from '../../page-api.ts'
import { server } from './server.ts'
import { type Change, evolve, type World } from './world.ts'

export type Connection = 'connecting' | 'live' | 'lost'

export interface Listener {
  loaded(world: World): void
  changed(change: Change): void
  trouble(text: string): void
  connection(connection: Connection): void
  /** There is nobody with the id that was asked for. */
  nobody(): void
}

const RETRY_SECONDS = 2

/**
 * Follows the workspace as one person sees it, until the returned function is called.
 *
 * It listens first and reads second, so that nothing falls between the two: what arrives while reading is kept and
 * applied on top. A browser reopens a dropped event stream by itself; a refused one is opened anew here. Either way
 * everything is read again.
 */
export function follow(as: string | undefined, listener: Listener): () => void {
  let stopped = false
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  const lost = () => {
    if (stopped) return
    listener.connection('lost')
    if (source?.readyState === EventSource.CONNECTING) return
    clearTimeout(retry)
    retry = setTimeout(start, RETRY_SECONDS * 1000)
  }
  const start = async () => {
    try {
      const state = await server.state(as)
      if (stopped) return
      if (state === undefined) listener.nobody()
      else listen(state.me.id)
    } catch {
      lost()
    }
  }
  const listen = (me: string) => {
    const stream = server.events(me)
    source = stream
    let early: Change[] | undefined
    stream.onopen = async () => {
      const waiting: Change[] = []
      early = waiting
      try {
        const read = await load(me)
        if (stopped || early !== waiting) return
        listener.loaded(waiting.reduce(evolve, read))
        early = undefined
        listener.connection('live')
      } catch {
        stream.close()
        lost()
      }
    }
    stream.onmessage = ({ data }: MessageEvent<string>) => {
      const event: PageEvent = server.parseEvent(data)
      if (event.kind === 'trouble') return listener.trouble(event.text)
      if (early !== undefined) return void early.push(event)
      listener.changed(event)
      if (event.kind === 'channel') void history(me, event.channel.id)
    }
    stream.onerror = lost
  }
  /** Joining a channel shows what was said there before. */
  const history = async (me: string, channel: string) => {
    const messages = await server.messages(me, channel).catch(() => [])
    if (!stopped) listener.changed({ kind: 'history', channel, messages })
  }

  void start()
  return () => {
    stopped = true
    clearTimeout(retry)
    source?.close()
  }
}

async function load(as: string): Promise<World> {
  const state = await server.state(as)
  if (state === undefined) throw new Error(`${as} has left the workspace.`)
  const messages: Record<string, readonly PageMessage[]> = {}
  await Promise.all(
    state.channels.map(async ({ id }) => {
      messages[id] = await server.messages(as, id)
    }),
  )
  return { state, messages }
}
