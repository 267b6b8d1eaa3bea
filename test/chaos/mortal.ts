import { freePort } from '../../src/sandbox/embedded/free-port.ts'

interface Life {
  readonly url: string
  readonly pid: number
  close(): Promise<void>
}

/** A server that is killed without a word and comes back on the same port. */
export interface Mortal {
  readonly url: string
  isUp(): boolean
  kill(): Promise<void>
  rise(): Promise<void>
  close(): Promise<void>
  /** Of every life it has had. */
  readonly pids: readonly number[]
}

export async function mortal(start: (port: number) => Promise<Life>): Promise<Mortal> {
  const port = await freePort()
  let life: Life | undefined = await start(port)
  const { url } = life
  const pids = [life.pid]
  const close = async () => {
    const last = life
    life = undefined
    await last?.close()
  }
  return {
    url,
    pids,
    isUp: () => life !== undefined,
    async kill() {
      if (life) process.kill(life.pid, 'SIGKILL')
      // It waits until the process is gone, and gives its folder back.
      await close()
    },
    async rise() {
      life ??= await start(port)
      pids.push(life.pid)
    },
    close,
  }
}
