import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AppManifestUtils } from '@microsoft/app-manifest'
import { unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { assembleManifest } from '../manifests/teams/assemble.ts'
import { commandLists, OFFERED } from '../manifests/teams/command-lists.ts'
import { drawIcon, ICONS } from '../manifests/teams/draw-icons.ts'
import { COMMANDS, meaningOf, VERBS } from '../src/conversation/commands.ts'
import { pixelsOf } from './adapters/pictures/pixels.ts'

const ROOT = resolve(import.meta.dirname, '..')
const TEAMS = join(ROOT, 'manifests/teams')
const text = readFileSync(join(TEAMS, 'manifest.json'), 'utf8')
const APP_ID = '11111111-2222-3333-4444-555555555555'
const HOST = 'lifeboat.example.com'

const folder = mkdtempSync(join(tmpdir(), 'lifeboat-teams-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const list = z.object({
  scopes: z.array(z.string()),
  triggers: z.array(z.string()),
  commands: z.array(z.object({ title: z.string(), description: z.string() })),
})
const shape = z.looseObject({
  id: z.string(),
  bots: z.tuple([z.looseObject({ botId: z.string(), commandLists: z.array(list) })]),
  validDomains: z.array(z.string()),
})

const assembled = (template = text) => assembleManifest({ 'app-id': APP_ID, host: HOST }, template)
function manifest() {
  const made = assembled()
  return made.kind === 'manifest' ? shape.parse(made.manifest) : expect.fail(made.problems.join('\n'))
}

/** What the published schema says against it; the package brings the schema along. */
async function problems(candidate: unknown): Promise<string[]> {
  const { $schema } = z.object({ $schema: z.string() }).parse(candidate)
  const schema = await AppManifestUtils.fetchSchema($schema)
  // A manifest of its types knows no unknown fields, and finding those is the point.
  return AppManifestUtils.validateAgainstSchema(JSON.parse(JSON.stringify(candidate)), schema)
}

test('with --graph it asks for channels and tabs in its own teams, and without for nothing', async () => {
  const made = assembleManifest({ 'app-id': APP_ID, host: HOST, graph: true }, text)
  if (made.kind !== 'manifest') throw new Error(made.problems.join())
  expect(await problems(made.manifest)).toEqual([])
  expect(made.manifest).toMatchObject({
    webApplicationInfo: { id: APP_ID },
    authorization: {
      permissions: {
        resourceSpecific: [
          'Channel.Create.Group',
          'ChannelSettings.ReadWrite.Group',
          'TeamsTab.Create.Group',
          'TeamsTab.Read.Group',
        ].map((name) => ({ name, type: 'Application' })),
      },
    },
  })
  expect(manifest()).not.toHaveProperty('authorization')
})

test('the assembled manifest is what the published schema v1.30 takes', async () => {
  expect(manifest()).toMatchObject({
    $schema: expect.stringContaining('/teams/v1.30/'),
    manifestVersion: '1.30',
    icons: { color: 'color.png', outline: 'outline.png' },
  })
  expect(await problems(manifest())).toEqual([])
})

test('the schema that judges refuses thirteen commands, long names and unknown fields', async () => {
  const good = manifest()
  const [bot] = good.bots
  const [first] = bot.commandLists
  const thirteen = Array.from({ length: 13 }, (_, at) => ({ title: `word${at}` }))
  const tooMany = { ...good, bots: [{ ...bot, commandLists: [{ ...first, commands: thirteen }] }] }
  expect(await problems(tooMany)).toEqual([
    expect.stringMatching(/commands must NOT have more than 12 items/),
  ])
  expect(await problems({ ...good, name: { short: 'L'.repeat(31) } })).toHaveLength(1)
  expect(await problems({ ...good, colour: 'blue' })).toHaveLength(1)
})

test('app, bot and host are those that were given, and no placeholder is left', () => {
  const { id, bots, validDomains } = manifest()
  expect([id, bots[0].botId, validDomains]).toEqual([APP_ID, APP_ID, [HOST]])
  expect(JSON.stringify(manifest())).not.toContain('{{')
  const upper = assembleManifest({ 'app-id': ` ${APP_ID.toUpperCase()}`, host: HOST.toUpperCase() }, text)
  expect(upper).toEqual(assembled())
})

test('the app asks for no permission: the bot hears mentions, and reads nothing else', () => {
  for (const asks of ['authorization', 'webApplicationInfo', 'permissions', 'devicePermissions'])
    expect(manifest()).not.toHaveProperty(asks)
  expect(manifest().bots[0]).toMatchObject({
    scopes: ['personal', 'team', 'groupChat'],
    supportsTargetedMessages: true,
  })
})

test('every menu has the commands of the code, by their words and in their order, at most twelve', () => {
  const lists = manifest().bots[0].commandLists
  expect(lists.flatMap(({ scopes }) => scopes)).toEqual(['personal', 'groupChat', 'team'])
  for (const { commands } of lists) {
    const titles = commands.map(({ title }) => title)
    expect(titles).toEqual(VERBS.filter((verb) => titles.includes(verb)))
    expect(titles.length).toBeLessThanOrEqual(12)
    for (const { title, description } of commands) {
      const verb = VERBS.find((verb) => verb === title) ?? expect.fail(title)
      const [does, { usage }] = [meaningOf(verb), COMMANDS[verb]]
      expect(description).toBe(String(usage) === title ? does : `${does} Usage: ${usage}`)
      expect(title.length).toBeLessThanOrEqual(32)
    }
  }
})

test('the table of menus has a row for every command, and for nothing else', () => {
  expect(Object.keys(OFFERED).sort()).toEqual([...VERBS].sort())
  for (const needed of ['help', 'drill', 'failover', 'status', 'pending'] as const)
    expect(OFFERED[needed], needed).toEqual(['personal', 'groupChat', 'team'])
})

test('a thirteenth command in a menu is refused before Teams does', () => {
  const all = { ...OFFERED, adopt: ['team'] } as const
  expect(() => commandLists(all)).toThrow(
    /at most 12 commands in a menu; team has 13: help, drill, .* adopt,/,
  )
})

test('a menu opens after a mention everywhere, after a slash only where others listen', () => {
  const triggers = manifest().bots[0].commandLists.map(({ scopes, triggers }) => [scopes[0], triggers])
  expect(Object.fromEntries(triggers)).toEqual({
    personal: ['mention'],
    groupChat: ['mention', 'slash'],
    team: ['mention', 'slash'],
  })
})

test.each([
  ['no JSON', text.replace(',', ''), 'it is no JSON'],
  ['no bot', text.replace('"bots"', '"robots"'), 'exactly one bot'],
  ['a list', '[]', 'exactly one bot'],
  ['another placeholder', text.replaceAll('TEAMS_APP_ID', 'BOT_ID'), '{{BOT_ID}}'],
])('a manifest.json with %s is refused in a sentence', (_, template, words) => {
  expect(assembled(template)).toEqual({
    kind: 'refused',
    problems: [expect.stringMatching(/^manifest\.json: /)],
  })
  expect(JSON.stringify(assembled(template))).toContain(words)
})

test.each(ICONS)('$file is what $drawing draws, $pixels pixels wide and high', (icon) => {
  const file = readFileSync(join(TEAMS, icon.file))
  expect(file.equals(drawIcon(icon)), 'Draw it again: node --import tsx manifests/teams/draw-icons.ts').toBe(
    true,
  )
  expect(pixelsOf(file)).toMatchObject({ width: icon.pixels, height: icon.pixels })
})

test('the outline is white on nothing, and the colour icon has no hole', () => {
  const outline = pixelsIn('outline.png')
  const seen = outline.filter(([, , , opacity]) => opacity !== 0)
  expect(seen.filter(([red, green, blue]) => red !== 255 || green !== 255 || blue !== 255)).toEqual([])
  expect(outline.length - seen.length).toBeGreaterThan(200)
  expect(seen.length).toBeGreaterThan(200)
  expect(pixelsIn('color.png').filter(([, , , opacity]) => opacity !== 255)).toEqual([])
})

function pixelsIn(file: string): (readonly number[])[] {
  const { width, height, at } = pixelsOf(readFileSync(join(TEAMS, file)))
  return Array.from({ length: width * height }, (_, index) => at(index % width, Math.floor(index / width)))
}

test('the package holds manifest and icons, the same bytes each time and in every time zone', async () => {
  const [one, other] = [join(folder, 'one.zip'), join(folder, 'other.zip')]
  const ran = await packaged(['--app-id', APP_ID, '--host', HOST, '--out', one], { TZ: 'UTC' })
  expect(ran).toMatchObject({ exit: 0, errors: '' })
  const zip = readFileSync(one)
  expect(ran.out).toContain(`${one} (${zip.length} bytes)`)
  expect(ran.out).toContain('Upload it: Teams admin center → Manage apps → Upload new app')
  expect(ran.out).toContain('Its developer is still that of the sample.')

  const files = unzipSync(zip)
  expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png'])
  expect(JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString())).toEqual(manifest())
  for (const { file } of ICONS)
    expect(readFileSync(join(TEAMS, file)).equals(files[file] ?? Buffer.of())).toBe(true)

  await packaged(['--app-id', APP_ID, '--host', HOST, '--out', other], { TZ: 'Pacific/Auckland' })
  expect(readFileSync(other).equals(zip)).toBe(true)
})

test('without --out the package is lifeboat-teams.zip where one stands, and an edited developer is not remarked on', async () => {
  const copy = edited((json) => json.replaceAll('https://example.com', 'https://dr.example.org'))
  const ran = await packaged(['--app-id', APP_ID, '--host', HOST], {}, copy)
  expect(ran).toMatchObject({ exit: 0, errors: '' })
  expect(ran.out).not.toContain('developer')
  expect(readdirSync(copy)).toContain('lifeboat-teams.zip')
})

const good = ['--app-id', APP_ID, '--host', HOST]
const SECRET = 'abc8Q~ThisIsNoSecretButItLooksLikeOne012'
test.each<[string, string[], string[]]>([
  ['nothing', [], ['--app-id is missing. Take the Application (client) ID', '--host is missing.']],
  [
    'an id that is no GUID',
    ['--app-id', 'lifeboat', '--host', HOST],
    ['--app-id is "lifeboat": that is no GUID.'],
  ],
  [
    'an address for a host',
    ['--app-id', APP_ID, '--host', 'https://a.example.com/teams'],
    ['without https://'],
  ],
  ['a port', ['--app-id', APP_ID, '--host', `${HOST}:3000`], [`--host is "${HOST}:3000"`]],
  ['this machine', ['--app-id', APP_ID, '--host', 'localhost'], ['--host is "localhost"']],
  ['an address of a machine', ['--app-id', APP_ID, '--host', '192.0.2.1'], ['--host is "192.0.2.1"']],
  ['another kind of file', [...good, '--out', 'app.tar'], ['--out is "app.tar": Teams takes a .zip.']],
  [
    'a folder that is not there',
    [...good, '--out', 'no/such/app.zip'],
    ['--out is "no/such/app.zip"', 'ENOENT'],
  ],
  ['an unknown option', [...good, '--hots', 'a.b'], ['--hots', '--help']],
  ['an option without its value', ['--app-id'], ['--app-id', '--help']],
])('%s is refused by name, without a stack trace, and nothing is written', async (_, words, expected) => {
  const place = mkdtempSync(join(folder, 'place-'))
  const ran = await packaged(words, {}, undefined, place)
  expect(ran).toMatchObject({ exit: 1, out: '' })
  for (const sentence of expected) expect(ran.errors).toContain(sentence)
  expect(ran.errors).not.toMatch(/^\s+at |node:internal/m)
  expect(readdirSync(place)).toEqual([])
})

test('a client secret in the place of the id is not shown', async () => {
  const { errors } = await packaged(['--app-id', SECRET, '--host', HOST])
  expect(errors).toContain('(40 characters)')
  expect(errors.toLowerCase()).not.toContain(SECRET.toLowerCase().slice(0, 10))
})

test('what Teams would refuse of an edited manifest.json is said before it is uploaded', async () => {
  const copy = edited((json) => json.replace('"Your organization"', `"${'Long '.repeat(9)}"`))
  const ran = await packaged(good, {}, copy)
  expect(ran.exit).toBe(1)
  expect(ran.errors).toContain('manifest.json: /developer/name must NOT have more than 32 characters')
  expect(readdirSync(copy)).not.toContain('lifeboat-teams.zip')
})

test('--help shows the command, and its options are all that the README uses', async () => {
  const { exit, out } = await packaged(['--help'])
  expect(exit).toBe(0)
  expect(out).toContain('npm run teams:package -- --app-id <guid> --host <public host>')
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')))
  expect(scripts['teams:package']).toBe('node --import tsx manifests/teams/package.ts')
  const readme = readFileSync(join(TEAMS, 'README.md'), 'utf8')
  const [command = expect.fail('no command')] = /npm run teams:package -- .*/.exec(readme) ?? []
  for (const [option] of command.matchAll(/--[a-z-]{2,}/g)) expect(out).toContain(option)
  expect(readme).toContain(`Upload new app`)
})

/** A copy of the manifest's folder with another manifest.json, beside the same sources and packages. */
function edited(change: (json: string) => string): string {
  const root = mkdtempSync(join(folder, 'copy-'))
  mkdirSync(join(root, 'manifests'))
  cpSync(TEAMS, join(root, 'manifests/teams'), { recursive: true })
  for (const shared of ['src', 'node_modules', 'package.json', 'tsconfig.json'])
    symlinkSync(join(ROOT, shared), join(root, shared))
  const changed = change(text)
  expect(changed).not.toBe(text)
  writeFileSync(join(root, 'manifests/teams/manifest.json'), changed)
  return root
}

interface Ran {
  readonly exit: number | null
  readonly out: string
  readonly errors: string
}

/** The real process. */
function packaged(
  words: string[],
  settings: Record<string, string> = {},
  root = ROOT,
  cwd = root,
): Promise<Ran> {
  const script = join(root, 'manifests/teams/package.ts')
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), script, ...words],
      { cwd, env: settings },
      (_, out, errors) => done({ exit: child.exitCode, out, errors }),
    )
  })
}
