import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type EmbeddedServer, type Say, startServer } from './embedded-server.ts'
import { USUAL_PATH } from './find-command.ts'
import { tidyStreamRecords } from './stream-records.ts'

export interface DynamoDbOptions {
  /** In memory when absent. */
  folder?: string | undefined
  port?: number | undefined
  say?: Say | undefined
  /** Where to look for the sqlite3 command, in the form of PATH. */
  path?: string | undefined
  /** How the binary of DynamoDB is found. */
  find?: (() => string | undefined) | undefined
}

const DATABASE = 'dynamodb.sqlite'

const WAY_OUT =
  'Lifeboat has no embedded DynamoDB for this platform (the optional package @dynoxide/linux-x64 is not installed). ' +
  'On Linux x64 run npm install again; elsewhere start DynamoDB Local ' +
  '(docker run -d -p 127.0.0.1:8000:8000 amazon/dynamodb-local) ' +
  'and name it with AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000.'

/** A DynamoDB with streams of our own. With a folder every acknowledged write outlives a crash. */
export async function startDynamoDb(options: DynamoDbOptions = {}): Promise<EmbeddedServer> {
  const { folder, port, say, path = USUAL_PATH, find = findBinary } = options
  const binary = find()
  if (binary === undefined) throw new Error(WAY_OUT)
  const server = await startServer(
    {
      name: 'dynoxide',
      binary,
      words: (chosen, home) => [
        ...['--host', '127.0.0.1', '--port', String(chosen)],
        ...(home === undefined ? [] : ['--db-path', join(home, DATABASE)]),
      ],
      url: (chosen) => `http://127.0.0.1:${chosen}`,
      // It says "listening" once the port is its own, so no other server there can be mistaken for it.
      answers: async (chosen, { lastWords }) =>
        lastWords().includes('listening on') && (await isHealthy(chosen)),
    },
    { folder, port, say },
  )
  if (folder !== undefined) await tidyStreamRecords(join(folder, DATABASE), path)
  return server
}

function findBinary(): string | undefined {
  try {
    const home = dirname(createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json'))
    return join(home, 'dynoxide')
  } catch {
    return undefined
  }
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`)
    return (await response.text()).startsWith('healthy')
  } catch {
    return false
  }
}
