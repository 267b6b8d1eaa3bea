import { redisBinary } from '../../src/sandbox/embedded/redis-binary.ts'

/** vitest's globalSetup: brings what the tests need from the system, once, before the first of them. */
export default async function bring(): Promise<void> {
  await redisBinary({ say: (line) => console.log(line) })
}
