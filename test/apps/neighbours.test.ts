import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { neighbours } from '../../src/apps/neighbours.ts'
import { sweep } from '../../src/engine/wake.ts'
import { TransientFailure } from '../../src/ports/failure.ts'

test('a table that takes calls and never answers ends a sweep with a failure, so that another sweep can follow', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => void sockets.push(socket.on('error', () => {}))).listen(
    0,
    '127.0.0.1',
  )
  await once(silent, 'listening')
  const address = silent.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const aws = {
    ...{ region: 'us-west-2', table: 'lifeboat' },
    credentials: { accessKeyId: 'sample', secretAccessKey: 'sample' },
    endpoints: { dynamodb: `http://127.0.0.1:${address.port}` },
  }
  const config = { aws, redisUrl: 'redis://127.0.0.1:1', logLevel: 'silent' }
  const around = neighbours(config, pino({ level: 'silent' }), () => {})
  onTestFinished(async () => {
    await around.close()
    for (const socket of sockets) socket.destroy()
    silent.close()
  })
  await expect(sweep(around.waking)).rejects.toThrow(TransientFailure)
  expect(sockets.length).toBeGreaterThan(0)
}, 30_000)
