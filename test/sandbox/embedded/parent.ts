import { startDynamoDb } from '../../../src/sandbox/embedded/dynamodb.ts'
import { startRedis } from '../../../src/sandbox/embedded/redis.ts'

/** A process of its own with both servers, for tests of how parents end. Prints where they are, then does as it is told. */
const [, , folder = '', manner] = process.argv
const servers = await Promise.all([
  startRedis({ folder: `${folder}/redis` }),
  startDynamoDb({ folder: `${folder}/dynamodb` }),
])

if (manner === 'closes by itself')
  process.once('SIGTERM', async () => {
    process.stdout.write(JSON.stringify({ stillRunning: servers.every(({ pid }) => process.kill(pid, 0)) }))
    await Promise.all(servers.map(({ close }) => close()))
  })

process.stdout.write(`${JSON.stringify(servers.map(({ pid, url }) => ({ pid, url })))}\n`, () => {
  if (manner === 'exits') process.exit(0)
})
