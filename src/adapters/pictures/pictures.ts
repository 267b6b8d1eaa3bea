import { Worker } from 'node:worker_threads'
import type { Picture } from '../../conversation/picture.ts'
import { FinalFailure } from '../../ports/failure.ts'
import type { Pictures } from '../../ports/pictures.ts'

export interface Order {
  readonly id: number
  readonly picture: Picture
}

export type Drawn =
  | { readonly kind: 'png'; readonly id: number; readonly png: Uint8Array }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string }

interface Waiting {
  readonly picture: Picture
  readonly resolve: (png: Uint8Array) => void
  readonly reject: (failure: FinalFailure) => void
}

/**
 * Draws in a thread of its own, which begins with the first picture. Measured with a plan of 500 tasks on two cores: 0.3 s of
 * work, most of it rendering and packing. In the process itself every click would wait for so long; this way the longest wait
 * was 5 ms, and 15 ms when the thread began.
 */
export function pictures(): Pictures & { close(): Promise<void> } {
  const waiting = new Map<number, Waiting>()
  let painter: Worker | undefined
  let orders = 0

  function begin(): Worker {
    const worker = painterThread()
    worker.on('message', (drawn: Drawn) => {
      const order = waiting.get(drawn.id)
      waiting.delete(drawn.id)
      // An idle painter must not keep the process from ending.
      if (waiting.size === 0) worker.unref()
      if (drawn.kind === 'png') order?.resolve(drawn.png)
      else order?.reject(failure(order.picture, drawn.why))
    })
    worker.on('error', (error) => gone(worker, error.message))
    worker.on('exit', () => gone(worker, 'the painter was closed'))
    return worker
  }

  /** What it had in hand fails; the next picture gets another painter. */
  function gone(worker: Worker, why: string): void {
    if (worker !== painter) return
    painter = undefined
    for (const { picture, reject } of waiting.values()) reject(failure(picture, why))
    waiting.clear()
  }

  return {
    draw: (picture) =>
      new Promise((resolve, reject) => {
        orders += 1
        waiting.set(orders, { picture, resolve, reject })
        painter ??= begin()
        painter.ref()
        painter.postMessage({ id: orders, picture } satisfies Order)
      }),
    async close() {
      await painter?.terminate()
    },
  }
}

const failure = ({ kind, title }: Picture, why: string): FinalFailure =>
  new FinalFailure(`The ${kind} of "${title}" could not be drawn: ${why}. Its text says the same.`)

/** Built, the painter is JavaScript. From the sources (tests, npm start) its thread must first be told how to read TypeScript. */
function painterThread(): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./painter.js', import.meta.url))
  const source = JSON.stringify(new URL('./painter.ts', import.meta.url).href)
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}) })`
  return new Worker(bootstrap, { eval: true, execArgv: [] })
}
