import type { Server } from 'node:http'

/** Listens on this machine alone, on a free port when 0 is wanted; gives the port. */
export function listening(server: Server, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : wanted)
    })
  })
}
