import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type Recipe, startServer } from '../../../src/sandbox/embedded/embedded-server.ts'
import { testFolder, untilTestEnds } from './workbench.ts'

/** Finds its port taken that many times before it gets one. */
function shellServer(timesTaken: number) {
  const ports: number[] = []
  const recipe: Recipe = {
    name: 'shell',
    binary: '/bin/sh',
    words: (port) => {
      ports.push(port)
      const taken = ports.length <= timesTaken
      return ['-c', taken ? 'echo Address already in use >&2; exit 1' : 'echo ready; exec sleep 987']
    },
    url: (port) => `shell://127.0.0.1:${port}`,
    answers: async (_, { lastWords }) => lastWords() === 'ready',
  }
  return { recipe, ports }
}

test('a free port that somebody else takes first is given up for another', async () => {
  const { recipe, ports } = shellServer(2)
  const said: string[] = []
  const place = { folder: await testFolder(), say: (line: string) => said.push(line) }
  const server = await untilTestEnds(startServer(recipe, place))
  expect(ports).toHaveLength(3)
  expect(server.url).toBe(`shell://127.0.0.1:${ports[2]}`)
  expect(said).toEqual([])
})

test('after three taken ports it gives up, says why, and gives the folder back', async () => {
  const { recipe, ports } = shellServer(9)
  const folder = await testFolder()
  await expect(startServer(recipe, { folder })).rejects.toThrow(
    /^shell did not start on port \d+: it ended before it answered\. Its last words: Address already in use$/,
  )
  expect(ports).toHaveLength(3)
  expect(await readdir(folder)).toEqual([])
})

test('a port that was asked for is not exchanged for another', async () => {
  const { recipe, ports } = shellServer(1)
  await expect(startServer(recipe, { port: 7_001 })).rejects.toThrow('did not start on port 7001')
  expect(ports).toEqual([7_001])
})

test('a binary that cannot be run gives the folder back', async () => {
  const folder = await testFolder()
  const recipe = { ...shellServer(0).recipe, binary: '/nonexistent/server' }
  await expect(startServer(recipe, { folder })).rejects.toThrow('spawn /nonexistent/server ENOENT')
  expect(await readdir(folder)).toEqual([])
})
