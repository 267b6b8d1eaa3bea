import { parentPort } from 'node:worker_threads'
import type { Drawn, Order } from './pictures.ts'
import { png } from './png.ts'

/** The thread in which pictures are drawn, one after the other. */
parentPort?.on('message', ({ id, picture }: Order) => parentPort?.postMessage(drawn(id, picture)))

function drawn(id: number, picture: Order['picture']): Drawn {
  try {
    return { kind: 'png', id, png: png(picture) }
  } catch (error) {
    // Only this picture fails, whatever it was: the thread goes on with the next.
    return { kind: 'failed', id, why: error instanceof Error ? error.message : String(error) }
  }
}
