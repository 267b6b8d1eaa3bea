import { type Order, order, type Ran } from './messages.ts'

/** The process side of a contestant: runs orders, one after the other, until its parent lets go. */
export async function contest(
  open: () => Promise<{
    run(order: Order): Promise<Ran>
    close(): Promise<void>
  }>,
): Promise<void> {
  const contestant = await open()
  process.on('message', (told) => {
    contestant
      .run(order.parse(told))
      .then((ran) => process.send?.({ ran }))
      .catch((error: unknown) =>
        process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      )
  })
  process.once('disconnect', () => {
    contestant.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
  process.send?.({ ready: true })
}

/** The first of: everything is done, or the time is over. */
export async function within(limitSeconds: number, done: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitSeconds * 1000)
  })
  try {
    return await Promise.race([done.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
