import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
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
  // The shell becomes `sleep`, which never collects the child that the shell had.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 987'])
  onTestFinished(() => void parent.kill())
  const [line] = await once(parent.stdout, 'data')
  const zombie = Number(String(line))
  expect(await isGone(zombie)).toBe(true)
  expect(await look(zombie)).toBeUndefined()
  expect(process.kill(zombie, 0)).toBe(true)
})
