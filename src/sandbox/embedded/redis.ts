import { connect } from 'node:net'
import { type EmbeddedServer, type Say, startServer } from './embedded-server.ts'
import { redisBinary } from './redis-binary.ts'

export interface RedisOptions {
  folder: string
  port?: number | undefined
  say?: Say | undefined
  /** Where to look for the command, in the form of PATH. */
  path?: string | undefined
}

/** A Redis of our own that keeps its data in `folder` and loses at most one second of it with the machine. */
export async function startRedis({ folder, port, say, path }: RedisOptions): Promise<EmbeddedServer> {
  const binary = await redisBinary({ path, say })
  return startServer(
    {
      name: 'redis-server',
      binary,
      words: (chosen, home) => [...settings(chosen), '--dir', home ?? folder],
      url: (chosen) => `redis://127.0.0.1:${chosen}`,
      answers: (chosen, server) => answers(chosen, server.pid),
    },
    { folder, port, say },
  )
}

const PROBE_MILLISECONDS = 1_000

const settings = (port: number): string[] => [
  ...['--bind', '127.0.0.1', '--port', String(port), '--protected-mode', 'yes', '--daemonize', 'no'],
  ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''],
  // A job queue must never lose entries to make room: writes are refused instead.
  ...['--maxmemory-policy', 'noeviction'],
]

/** The pid tells our server from any other that holds the port; one that still loads its data refuses the PING. */
async function answers(port: number, pid: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  socket.setTimeout(PROBE_MILLISECONDS, () => socket.destroy())
  socket.write('PING\r\nINFO server\r\nQUIT\r\n')
  let heard = ''
  try {
    for await (const part of socket) heard += part
  } catch {
    return false // Nobody listens yet.
  }
  return heard.startsWith('+PONG') && heard.includes(`process_id:${pid}\r\n`)
}
