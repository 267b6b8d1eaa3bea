import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { planted, testFiles, worldsOf } from './mutant.ts'
import { MUTANTS } from './mutants.ts'

test.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
  '"%s" can be planted, and names what catches it',
  (_name, mutant) => {
    const text = readFileSync(mutant.file, 'utf8')
    expect(planted(text, mutant)).not.toBe(text)
    for (const file of testFiles(mutant)) expect(existsSync(file), file).toBe(true)
    expect(testFiles(mutant).length + worldsOf(mutant)).toBeGreaterThan(0)
  },
)

test('there are enough of them, each with a name of its own', () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(25)
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length)
})
