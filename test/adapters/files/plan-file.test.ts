import { describe, expect, test } from 'vitest'
import { readPlanFile } from '../../../src/adapters/files/plan-file.ts'

const problemOf = (text: string | Buffer, name = 'sample.yaml') => {
  const read = readPlanFile(text, name)
  return read.kind === 'invalid' ? read.problems.map(({ message }) => message).join('\n') : 'none'
}
const laughs = [...'bcdefghi'].map(
  (letter, index) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefgh'[index]}`)}]`,
)

describe('a plan file', () => {
  test('is JSON or YAML, in text or bytes', () => {
    const document = { recovery_plan_id: 'sample', tasks: [{ task_id: 'a', name: '😀 "é" / x' }] }
    expect(readPlanFile(JSON.stringify(document), 'sample.json')).toEqual({ kind: 'document', document })
    expect(readPlanFile(JSON.stringify(document, null, '\t'), 'sample.json')).toEqual({
      kind: 'document',
      document,
    })
    const yaml = 'recovery_plan_id: sample\ntasks:\n  - task_id: a\n    name: 😀 "é" / x\n'
    expect(readPlanFile(Buffer.from(yaml), 'sample.yaml')).toEqual({ kind: 'document', document })
  })

  test('keeps the words no and on as text, and 012 and 1e3 as numbers', () => {
    expect(readPlanFile('a: no\nb: on\nc: 012\nd: 1e3\ne: yes', 'sample.yml')).toEqual({
      kind: 'document',
      document: { a: 'no', b: 'on', c: 12, d: 1000, e: 'yes' },
    })
  })

  test('may use an anchor', () => {
    expect(readPlanFile('a: &a [1]\nb: *a', 'sample.yaml')).toEqual({
      kind: 'document',
      document: { a: [1], b: [1] },
    })
  })

  test.each<[string, string | Buffer, string, string?]>([
    ['nothing', '', 'is empty'],
    ['only a comment', '# x\n', 'is empty'],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xe9]), 'is not UTF-8'],
    ['UTF-16', Buffer.from('\ufeffa: 1', 'utf16le'), 'is UTF-16 or binary'],
    ['UTF-16 without a mark', Buffer.from('a: 1', 'utf16le'), 'is UTF-16 or binary'],
    ['a byte order mark', Buffer.from('\ufeffa: 1'), 'byte order mark'],
    ['a billion laughs', ['a: &a [x,x,x,x,x,x,x,x,x]', ...laughs].join('\n'), 'more than 100 aliases'],
    ['an alias of itself', 'a: &a [*a]', 'Nested more than 20 levels'],
    ['a function', 'a: !!js/function "x"', 'Unresolved tag'],
    ['another tag', 'a: !secret x', 'Unresolved tag'],
    ['a __proto__ key', '__proto__: { x: 1 }', '"__proto__"'],
    ['a __proto__ key in JSON', '{"__proto__": {"x": 1}}', '"__proto__"', 'sample.json'],
    ['10,000 brackets', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'nested too deeply'],
    ['10,000 dashes', `a:\n ${'- '.repeat(10_000)}x`, 'nested too deeply'],
    ['trailing garbage', '{"a": 1} x', 'is not JSON', 'sample.json'],
    ['YAML that is called JSON', 'a: 1', 'is not JSON', 'sample.json'],
    ['2^53 + 1', 'a: 9007199254740993', 'cannot be kept exactly'],
    ['infinity', 'a: .inf', 'cannot be kept exactly'],
    ['a key twice', 'a: 1\na: 2', 'Map keys must be unique'],
    ['a key twice in JSON', '{"a": 1, "a": 2}', 'Map keys must be unique', 'sample.json'],
    ['a key that is a number', '1: x', 'a key that is no text'],
    ['two documents', 'a: 1\n---\nb: 2', 'several documents'],
    ['a list', '- a', 'must hold fields'],
    ['more than 1 MB', 'a'.repeat(1_000_001), 'has 1000001 bytes'],
    ['broken YAML', 'a: [', 'sample.yaml: '],
  ])('with %s is refused', (_what, text, problem, name) => {
    expect(problemOf(text, name)).toContain(problem)
  })
})
