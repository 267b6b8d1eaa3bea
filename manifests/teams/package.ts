import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { AppManifestUtils } from '@microsoft/app-manifest'
import { zipSync } from 'fflate'
import { assembleManifest } from './assemble.ts'
import { ICONS } from './draw-icons.ts'

const SCHEMA = 'https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json'
const DEFAULT_OUT = 'lifeboat-teams.zip'

const HELP = `Makes the app package of Lifeboat for Microsoft Teams.

  npm run teams:package -- --app-id <guid> --host <public host> [--graph] [--out <file.zip>]

  --app-id   Application (client) ID of the app registration: TEAMS_APP_ID
  --host     public host name that Teams reaches the bot at, such as lifeboat.example.com
  --graph    asks, for the teams it is installed in, for what TEAMS_TEAM_ID takes: a channel for each war room
  --out      file to write; default ${DEFAULT_OUT}

manifests/teams/README.md says where each comes from, and what to do with the package.`

/** No earlier date fits into a zip. The same for every package, so that the same values make the same bytes. */
const MADE = new Date(1980, 0, 1)

const here = (file: string): string => join(import.meta.dirname, file)
const say = (text: string) => void process.stdout.write(`${text}\n`)

async function makePackage(words: readonly string[]): Promise<void> {
  const { help, out = DEFAULT_OUT, ...values } = options(words)
  if (help) return say(HELP)
  if (!out.endsWith('.zip'))
    return refuse([`--out is "${out}": Teams takes a .zip. Name a file that ends so.`])
  const assembled = assembleManifest(values, readFileSync(here('manifest.json'), 'utf8'))
  if (assembled.kind === 'refused') return refuse(assembled.problems)
  const text = `${JSON.stringify(assembled.manifest, null, 2)}\n`
  const problems = await schemaProblems(text)
  if (problems.length > 0) return refuse(problems)

  const files = { 'manifest.json': new TextEncoder().encode(text), ...icons() }
  const zip = zipSync(files, { level: 9, mtime: MADE })
  if (!write(out, zip)) return
  say(`${resolve(out)} (${zip.length} bytes)`)
  if (text.includes('://example.com')) {
    say('Its developer is still that of the sample. People read it in Teams: put yours into manifest.json.')
  }
  say('Upload it: Teams admin center → Manage apps → Upload new app')
}

function options(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      help: { type: 'boolean', short: 'h' },
      'app-id': { type: 'string' },
      host: { type: 'string' },
      graph: { type: 'boolean' },
      out: { type: 'string' },
    },
  })
  return values
}

/** The installer edits manifest.json: what Teams would refuse is said before it is uploaded. */
async function schemaProblems(manifest: string): Promise<string[]> {
  const schema = await AppManifestUtils.fetchSchema(SCHEMA)
  const found = await AppManifestUtils.validateAgainstSchema(JSON.parse(manifest), schema)
  return found.map((problem) => `manifest.json: ${problem.trim()}. Teams would refuse that: correct it.`)
}

const icons = () => Object.fromEntries(ICONS.map(({ file }) => [file, readFileSync(here(file))]))

function write(out: string, zip: Uint8Array): boolean {
  try {
    writeFileSync(out, zip)
    return true
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    refuse([
      `--out is "${out}", which cannot be written (${error.message}). Name a file in a folder of yours.`,
    ])
    return false
  }
}

function refuse(problems: readonly string[]): void {
  process.stderr.write(`No package was made:\n${problems.map((one) => `  ${one}\n`).join('')}`)
  process.exitCode = 1
}

makePackage(process.argv.slice(2)).catch((error: unknown) => {
  const why = error instanceof Error ? error.message : String(error)
  refuse([`${why} (--help shows the options.)`])
})
