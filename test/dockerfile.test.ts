import { existsSync, readFileSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const ROOT = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const stages = stagesOf(read('Dockerfile'))
const [build, final] = [stages.at(0), stages.at(-1)]
const exec = z.preprocess((text) => JSON.parse(String(text)), z.array(z.string()).min(1))

test('the image is built in stages from pinned bases, of the Node that package.json asks for', () => {
  expect(stages.length).toBeGreaterThan(1)
  const { engines } = z
    .object({ engines: z.object({ node: z.string() }) })
    .parse(JSON.parse(read('package.json')))
  for (const { base } of stages) {
    expect(base).toMatch(/:(?!latest)[\w.-]+$/)
    const [, major] = /node(?:js)?:?(\d+)/.exec(base) ?? []
    expect(`>=${major}`).toBe(engines.node.split('.')[0])
  }
})

test('what is installed is what the lock file says, and what is copied is there', () => {
  expect(of(build, 'RUN')).toContain('npm ci')
  expect(stages.flatMap((stage) => of(stage, 'ADD'))).toEqual([])
  for (const stage of stages) {
    for (const copy of of(stage, 'COPY')) {
      const words = copy.split(/\s+/)
      const from = /--from=(\S+)/.exec(copy)?.[1]
      const sources = words.filter((word) => !word.startsWith('--')).slice(0, -1)
      expect(sources.length).toBeGreaterThan(0)
      for (const source of sources) expect(isThere(source, from), copy).toBe(true)
    }
  }
})

test('the last stage has no shell, and whoever runs in it is not root', () => {
  expect(final?.base).toContain('/distroless/')
  expect(of(final, 'RUN')).toEqual([])
  const user = of(final, 'USER').at(-1)
  expect(user).toBeDefined()
  expect(['root', '0']).not.toContain(user?.split(':')[0])
})

test('start and health check need no shell, and ask for what the program has', () => {
  const [started] = exec.parse(of(final, 'CMD').at(-1))
  expect(started && isBuilt(started), started).toBe(true)
  const health = of(final, 'HEALTHCHECK').at(-1) ?? ''
  const [program, flag, script = ''] = exec.parse(health.slice(health.indexOf('[')))
  expect([program, flag]).toEqual(['/nodejs/bin/node', '-e'])
  const [, path] = /' \+ process\.env\.PORT \+ '(\/\w+)'/.exec(script) ?? []
  expect(read('src/adapters/http/api.ts')).toContain(`router.get('${path}'`)
  expect(of(final, 'ENV').join(' ')).toMatch(/PORT=\d+/)
})

test('no repository, module, practice data or secret is sent to the builder, and what is copied is', () => {
  for (const name of ['.git', 'node_modules', '.lifeboat', '.env', 'dist'])
    expect(isSent(name), name).toBe(false)
  const copied = stages.flatMap((stage) => of(stage, 'COPY')).filter((copy) => !copy.includes('--from='))
  for (const copy of copied)
    for (const source of copy.split(/\s+/).slice(0, -1)) expect(isSent(source), source).toBe(true)
})

interface Stage {
  readonly base: string
  readonly name: string | undefined
  readonly lines: readonly { readonly word: string; readonly rest: string }[]
}

function stagesOf(text: string): Stage[] {
  const lines = text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ word: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1).trim() }))
  const starts = lines.flatMap(({ word }, at) => (word === 'FROM' ? [at] : []))
  return starts.map((at, place) => {
    const [base = '', , name] = lines[at]?.rest.split(/\s+/) ?? []
    return { base, name, lines: lines.slice(at + 1, starts[place + 1]) }
  })
}

function of(stage: Stage | undefined, word: string): string[] {
  return (stage?.lines ?? []).filter((line) => line.word === word).map(({ rest }) => rest)
}

/** In the repository; or in an earlier stage, which was given it, installed it or built it. */
function isThere(source: string, from: string | undefined): boolean {
  if (from === undefined) return existsSync(join(ROOT, source))
  const stage = stages.find(({ name }) => name === from)
  const folder = of(stage, 'WORKDIR').at(-1) ?? '/'
  const path = posix.relative(folder, source)
  const given = of(stage, 'COPY').some((copy) => copy.split(/\s+/).includes(path))
  return given || path === 'node_modules' || path === buildSettings().outDir
}

/** Whether `npm run build` makes this file: there is a source for it. */
function isBuilt(file: string): boolean {
  const { outDir, rootDir } = buildSettings()
  const source = join(rootDir, posix.relative(outDir, file)).replace(/\.js$/, '.ts')
  return file.startsWith(`${outDir}/`) && existsSync(join(ROOT, source))
}

function buildSettings() {
  const schema = z.object({ compilerOptions: z.object({ outDir: z.string(), rootDir: z.string() }) })
  return schema.parse(JSON.parse(read('tsconfig.build.json'))).compilerOptions
}

/** By .dockerignore, of which the last pattern that fits counts. */
function isSent(name: string): boolean {
  const patterns = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const last = patterns.findLast((pattern) => ['*', name].includes(pattern.replace(/^!/, '')))
  return last === undefined || last.startsWith('!')
}
