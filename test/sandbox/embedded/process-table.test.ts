import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Writable } from 'node:stream'
import { expect, onTestFinished, test, vi } from 'vitest'
import { askPs, runningProcess } from '../../../src/sandbox/embedded/process-table.ts'
import { isGone } from './workbench.ts'

test.each([
  ['the usual way', runningProcess],
  ['ps', askPs],
] as const)(
  '%s tells command line and start of a living process, and nothing of a dead one',
  async (_, look) => {
    const child = spawn('sleep', ['987'])
    onTestFinished(() => void child.kill())
    await once(child, 'spawn')
    const pid = child.pid ?? 0
    const found = await look(pid)
    expect(found?.command.trim()).toBe('sleep 987')
    expect(found?.started).toBe((await look(pid))?.started)
    expect(found?.started).not.toBe((await look(1))?.started)

    child.kill()
    expect(await isGone(pid)).toBe(true)
    expect(await look(pid)).toBeUndefined()
  },
)

test.each([
  ['the usual way', runningProcess],
  ['ps', askPs],
] as const)('%s counts a zombie as dead', async (_, look) => {
  // The shell becomes `sleep`, which never collects the child that the shell had: that one ends when it is sleep already.
  const script = 'cat <&3 >/dev/null & echo $!; exec sleep 987'
  const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] })
  onTestFinished(() => void parent.kill())
  const [said, held] = [parent.stdio[1], parent.stdio[3]]
  if (!said || !(held instanceof Writable)) throw new Error('no pipes')
  const [line] = await once(said, 'data')
  const zombie = Number(String(line))
  const shell = parent.pid ?? 0
  await vi.waitFor(async () => expect((await runningProcess(shell))?.command.trim()).toBe('sleep 987'))
  held.end()
  expect(await isGone(zombie)).toBe(true)
  expect(await look(zombie)).toBeUndefined()
  expect(process.kill(zombie, 0)).toBe(true)
})
