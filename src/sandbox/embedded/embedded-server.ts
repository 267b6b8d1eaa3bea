import { becomesTrue } from './becomes-true.ts'
import { endWithParent } from './end-with-parent.ts'
import { freePort } from './free-port.ts'
import { holdFolder, type OwnFolder } from './own-folder.ts'
import { type OwnProcess, startProcess } from './own-process.ts'

/** Tells the person who started us what happens. */
export type Say = (line: string) => void

export interface EmbeddedServer {
  url: string
  pid: number
  /** Ends the process and gives the folder back. Calling it again waits for the same end. */
  close(): Promise<void>
}

/** How one kind of server is started. */
export interface Recipe {
  name: string
  binary: string
  words(port: number, folder: string | undefined): string[]
  url(port: number): string
  /** Whether this very process answers requests on that port. Somebody else's server there must not count. */
  answers(port: number, server: OwnProcess): Promise<boolean>
}

export interface Place {
  /** Where the data lives; in memory when absent. */
  folder?: string | undefined
  /** A free one when absent. */
  port?: number | undefined
  say?: Say | undefined
}

// A large append-only file takes a while to load.
const READY_MILLISECONDS = 60_000
// Between asking for a free port and using it, somebody else may take it.
const PORT_TRIES = 3

/** Starts one server of our own on 127.0.0.1 and waits until it answers. */
export async function startServer(
  recipe: Recipe,
  place: Place,
  triesLeft = PORT_TRIES,
): Promise<EmbeddedServer> {
  const port = place.port ?? (await freePort())
  const { server, close } = await startGuarded(recipe, port, place)
  const settled = await becomesTrue(
    async () => server.hasEnded() || (await recipe.answers(port, server)),
    READY_MILLISECONDS,
  )
  if (settled && !server.hasEnded()) {
    void server.ended.then((how) => {
      if (!server.wasAskedToEnd())
        place.say?.(`${recipe.name} (process ${server.pid}) ended by itself: ${how}.`)
    })
    return { url: recipe.url(port), pid: server.pid, close }
  }

  await close()
  const words = server.lastWords()
  if (place.port === undefined && triesLeft > 1 && /already in use/i.test(words))
    return startServer(recipe, place, triesLeft - 1)
  const found = settled
    ? 'it ended before it answered'
    : `it did not answer within ${READY_MILLISECONDS / 1000} s`
  throw new Error(`${recipe.name} did not start on port ${port}: ${found}. Its last words: ${words}`)
}

/** Guarded from the first moment: this process may be told to end while the server still loads its data. */
async function startGuarded(recipe: Recipe, port: number, { folder }: Place) {
  const home = folder === undefined ? undefined : await holdFolder(folder, recipe.name)
  const server = await startIn(home, recipe, port)
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= server.end().then(() => {
      release()
      home?.release()
    })
    return closing
  }
  const release = endWithParent({ server, close })
  return { server, close }
}

async function startIn(home: OwnFolder | undefined, recipe: Recipe, port: number): Promise<OwnProcess> {
  try {
    const words = recipe.words(port, home?.path)
    const server = await startProcess(recipe.binary, words, home?.title ?? recipe.name)
    home?.remember(server.pid)
    return server
  } catch (error) {
    home?.release()
    throw error
  }
}
