import { readdirSync, readFileSync } from 'node:fs'

import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')
const LIMIT = 300

/** Folder → the folders it may import, and the packages (undefined: any). The table of src/README.md. */
const ARROWS: Record<string, { folders: string[]; packages?: string[] }> = {
  domain: { folders: [], packages: ['zod', 'node:crypto'] },
  conversation: { folders: ['domain'], packages: ['zod'] },
  ports: { folders: ['domain', 'conversation'], packages: ['zod'] },
  engine: { folders: ['domain', 'conversation', 'ports'], packages: ['zod', 'pino', 'ulid'] },
  adapters: { folders: ['domain', 'conversation', 'ports'] },
  sandbox: { folders: ['domain', 'conversation', 'ports', 'engine', 'adapters', 'apps', 'config.ts'] },
  cli: {
    folders: ['domain', 'conversation', 'adapters/terminal', 'config.ts'],
    packages: ['zod', 'node:fs', 'node:readline', 'node:timers/promises', 'node:util'],
  },
  apps: { folders: ['domain', 'conversation', 'ports', 'engine', 'adapters', 'config.ts'] },
  'settings.ts': { folders: [], packages: ['zod'] },
  'config.ts': { folders: ['settings.ts'], packages: ['zod'] },
  'main.ts': {
    folders: ['domain', 'conversation', 'ports', 'engine', 'adapters', 'apps', 'sandbox', 'config.ts'],
  },
}

/** What more than one adapter is made of. */
const COMMON = 'common'

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }))

const room = (file: string): string => file.split(/[\\/]/)[0] ?? ''

const imports = (text: string): { name: string; typeOnly: boolean }[] =>
  [...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|import\('([^']+)'\)/gm)].map(
    ([, type, from, dynamic]) => ({ name: from ?? dynamic ?? '', typeOnly: type !== undefined }),
  )

test('every import follows the arrows', () => {
  const wrong = files.flatMap(({ file, text }) =>
    imports(text).flatMap(({ name, typeOnly }) => {
      const from = room(file)
      const rule = ARROWS[from]
      if (!rule) return [`${file}: no rule for ${from}`]
      if (!name.startsWith('.')) {
        // A type costs nothing at run time; pino's Logger is one.
        const allowed = typeOnly || !rule.packages || rule.packages.includes(name)
        return allowed ? [] : [`${file}: ${from} → package ${name}`]
      }
      const target = relative(SRC, resolve(SRC, file, '..', name))
      const to = room(target)
      const places = [to, target.split(/[\\/]/).slice(0, 2).join('/')]
      if (to !== from)
        return places.some((place) => rule.folders.includes(place)) ? [] : [`${file}: ${from} → ${to}`]
      const [, own] = file.split('/')
      const [, theirs] = target.split('/')
      const sibling = from === 'adapters' && own !== theirs && theirs !== COMMON
      return sibling ? [`${file}: adapter ${own} → adapter ${theirs}`] : []
    }),
  )
  expect(wrong).toEqual([])
})

test('only config.ts reads the environment', () => {
  const readers = files.filter(({ text }) => /(?<!')process\.env/.test(text)).map(({ file }) => file)
  expect(readers.filter((file) => file !== 'config.ts')).toEqual([])
})

test('the domain reads no clock, rolls no dice and promises nothing', () => {
  const wrong = files
    .filter(({ file }) => room(file) === 'domain')
    .filter(({ text }) => /Date\.now\(|new Date\(\)|Math\.random|\basync\b|\bPromise\b/.test(text))
  expect(wrong.map(({ file }) => file)).toEqual([])
})

test(`no file is longer than ${LIMIT} lines`, () => {
  const long = files.filter(({ text }) => text.split('\n').length - 1 > LIMIT)
  expect(long.map(({ file, text }) => `${file}: ${text.split('\n').length - 1}`)).toEqual([])
})

test('the arrows are read from real imports', () => {
  expect(files.length).toBeGreaterThan(50)
  expect(imports("import { a } from './b.ts'\nexport * from '../c.ts'").map(({ name }) => name)).toEqual([
    './b.ts',
    '../c.ts',
  ])
})
