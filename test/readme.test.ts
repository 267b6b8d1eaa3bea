import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { CLI_SETTINGS, PLATFORMS, SETTINGS, type Setting } from '../src/config.ts'

const ROOT = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const readme = read('README.md')
const settings = Object.entries(SETTINGS)
const neededIn = (needed: Setting['needed']) =>
  needed === true ? 'yes' : needed ? `for ${PLATFORMS[needed]}` : ''

test('the table of settings in README.md is the one in src/config.ts', () => {
  const rows = settings.map(([name, { needed, says }]) => `| \`${name}\` | ${neededIn(needed)} | ${says} |`)
  const expected = ['| setting | needed | what |', '| --- | --- | --- |', ...rows].join('\n')
  const found = readme.match(/^\| setting \|.*(\n\|.*)*/m)?.[0]
  expect(found, `Put this table into README.md:\n\n${expected}\n\n`).toBe(expected)
})

test('the table of the command line’s settings in README.md is the one in src/config.ts', () => {
  const rows = Object.entries(CLI_SETTINGS).map(([name, { says }]) => `| \`${name}\` | ${says} |`)
  const expected = ['| setting of the command line | what |', '| --- | --- |', ...rows].join('\n')
  const found = readme.match(/^\| setting of the command line \|.*(\n\|.*)*/m)?.[0]
  expect(found, `Put this table into README.md:\n\n${expected}\n\n`).toBe(expected)
})

test('.env.example is the form of the settings in src/config.ts', () => {
  const fields = settings.map(([name, { needed, says }]) =>
    needed
      ? `# ${says} (needed${needed === true ? '' : ` for ${PLATFORMS[needed]}`})\n${name}=`
      : `# ${says}\n# ${name}=`,
  )
  const [head = '', ...rest] = read('.env.example').trimEnd().split('\n\n')
  const foot = rest.at(-1) ?? ''
  const expected = [head, ...fields, foot].join('\n\n')
  expect([head, ...rest].join('\n\n'), `.env.example should read:\n\n${expected}\n\n`).toBe(expected)
  for (const words of [head, foot]) expect(words).toMatch(/^# .+$/)
})

test('README.md links to the README of every folder that has one, and to nothing that is not there', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, to = '']) => to)
  expect(links.filter((to) => !/^https?:/.test(to) && !existsSync(join(ROOT, to)))).toEqual([])
  const others = readmesUnder('').filter((path) => path !== 'README.md')
  expect(others.length).toBeGreaterThan(8)
  expect(others.filter((path) => !links.includes(path))).toEqual([])
})

test('manifests/README.md explains every scope of slack.json, and names only settings that there are', () => {
  const words = read('manifests/README.md')
  const rows = [...words.matchAll(/^\| (`[a-z_:., `]+) \|/gm)].map(([, cell = '']) => cell)
  const explained = rows.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, scope]) => scope))
  const shape = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) })
  const asked = shape.parse(JSON.parse(read('manifests/slack.json'))).oauth_config.scopes.bot
  expect(explained.sort()).toEqual(asked.sort())
  const named = [...words.matchAll(/`([A-Z]+(?:_[A-Z]+)*)`/g)].map(([, name]) => name)
  expect(Object.keys(SETTINGS)).toEqual(expect.arrayContaining(named))
})

function readmesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.name === 'README.md') return [path]
    const isOurs = entry.isDirectory() && !/^(\..*|node_modules|dist|output)$/.test(entry.name)
    return isOurs ? readmesUnder(path) : []
  })
}
