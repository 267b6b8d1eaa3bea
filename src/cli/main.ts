#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { environment } from '../config.ts'
import { EXIT } from './exit.ts'
import { run } from './run.ts'

const packageFile = new URL('../../package.json', import.meta.url)
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8')))

// A reader that has seen enough, such as `head`, is no trouble.
process.stdout.on('error', () => process.exit())

run(process.argv.slice(2), {
  settings: environment(),
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  version,
  readFile,
}).then(
  (exit) => {
    process.exitCode = exit
  },
  (error: unknown) => {
    process.stderr.write(`lifeboat: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = EXIT.broken
  },
)

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Whatever the reason, the way out is the same: another file, or its permissions.
    return undefined
  }
}
