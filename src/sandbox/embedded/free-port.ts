import { once } from 'node:events'
import { createServer } from 'node:net'
import { z } from 'zod'

const Address = z.object({ port: z.number() })

/** A port of 127.0.0.1 that nobody listens on now, the preferred one if it can be. Someone else may still take it first: be ready to ask again. */
export async function freePort(preferred = 0): Promise<number> {
  const server = createServer().listen(preferred, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    if (preferred === 0) throw error
    return freePort()
  }
  const { port } = Address.parse(server.address())
  server.close()
  await once(server, 'close')
  return port
}
