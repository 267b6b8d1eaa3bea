import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { becomesTrue } from '../../../src/sandbox/embedded/becomes-true.ts'
import { runningProcess } from '../../../src/sandbox/embedded/process-table.ts'

/** A folder of the running test, with a blank in its name as people have them. */
export async function testFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'lifeboat embedded-')))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A server that ends with the running test at the latest. */
export async function untilTestEnds<Server extends { close(): Promise<void> }>(
  starting: Promise<Server>,
): Promise<Server> {
  const server = await starting
  onTestFinished(() => server.close())
  return server
}

export const isRunning = async (pid: number): Promise<boolean> => (await runningProcess(pid)) !== undefined

export const isGone = (pid: number): Promise<boolean> =>
  becomesTrue(async () => !(await isRunning(pid)), 15_000)
