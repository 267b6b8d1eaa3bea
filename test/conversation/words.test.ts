import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { VERBS } from '../../src/conversation/commands.ts'
import { CATALOGUES, LANGUAGES, say, speakBy } from '../../src/conversation/words/index.ts'

afterEach(() => speakBy(() => 'en'))

type Entry = readonly [path: string, word: unknown]
const entriesOf = (words: unknown, path = ''): Entry[] =>
  typeof words === 'object' && words !== null && !Array.isArray(words)
    ? Object.entries(words).flatMap(([key, word]) => entriesOf(word, path ? `${path}.${key}` : key))
    : [[path, words]]

/** What an entry says, with a mark in the place of each part; parts that are several are lists of one. */
function saidBy(word: unknown): { text: string; marks: string[] } {
  if (typeof word !== 'function') return { text: String(word), marks: [] }
  const marks = Array.from({ length: word.length }, (_, at) => `⟦${at}⟧`)
  return { text: JSON.stringify(called(word, marks) ?? ''), marks }
}

// biome-ignore lint/complexity/noBannedTypes: what a catalogue holds is only known to be one
function called(word: Function, marks: readonly string[]): unknown {
  try {
    return Reflect.apply(word, undefined, marks)
  } catch (error) {
    if (error instanceof TypeError)
      return Reflect.apply(
        word,
        undefined,
        marks.map((mark) => [[mark]]),
      )
    throw error
  }
}

const english = entriesOf(CATALOGUES.en)

test('the language is asked at each sentence', () => {
  speakBy(() => 'de')
  expect(say().core.status.FAILED).toBe('fehlgeschlagen')
  speakBy(() => 'en')
  expect(say().core.status.FAILED).toBe('failed')
})

describe.each(LANGUAGES)('%s', (language) => {
  const entries = new Map(entriesOf(CATALOGUES[language]))

  test('has every entry of the original, and no other', () => {
    expect([...entries.keys()].sort()).toEqual(english.map(([path]) => path).sort())
    expect(entries.size).toBeGreaterThan(500)
  })

  test('leaves no part of a sentence out', () => {
    const lost = english.flatMap(([path, word]) => {
      const original = saidBy(word)
      const translated = saidBy(entries.get(path))
      return original.marks.filter((mark) => original.text.includes(mark) && !translated.text.includes(mark))
        .length > 0
        ? [`${path}: ${translated.text}`]
        : []
    })
    expect(lost).toEqual([])
  })

  test('says something in every entry', () => {
    const empty = english.filter(
      ([path, word]) => saidBy(word).text.trim() !== '' && saidBy(entries.get(path)).text.trim() === '',
    )
    expect(empty.map(([path]) => path)).toEqual([])
  })
})

test('German is another language than English, sentence by sentence', () => {
  const german = new Map(entriesOf(CATALOGUES.de))
  const same = english.filter(([path, word]) => {
    const { text } = saidBy(word)
    return / [a-z]{3,} [a-z]/.test(text) && text === saidBy(german.get(path)).text
  })
  expect(same.map(([path]) => path)).toEqual([])
})

/** What is typed, at whatever keyboard, is the same in every language. */
const TYPED = ['commands.ts', 'talk-commands.ts', 'report-verify.ts']
const isTyped = (literal: string): boolean =>
  VERBS.some((verb) => literal.replace(/^\/dr /, '').startsWith(verb))
const isKey = (literal: string): boolean => literal in CATALOGUES.en.core.count

test('no sentence stands outside of the catalogue', () => {
  const folder = join(import.meta.dirname, '../../src/conversation')
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !TYPED.includes(file))
  const found = files.flatMap((file) =>
    literalsIn(readFileSync(join(folder, file), 'utf8'))
      .filter((literal) => /\b[a-z]{2,} [a-z]{2,}\b/.test(literal) && !isTyped(literal) && !isKey(literal))
      .map((literal) => `${file}: ${literal}`),
  )
  expect(files.length).toBeGreaterThan(40)
  expect(found).toEqual([])
})

/** The strings of a source, one after the other, without its comments. */
const literalsIn = (source: string): string[] =>
  [
    ...source
      .replaceAll(/\/\*[\s\S]*?\*\//g, '')
      .replaceAll(/(^|\s)\/\/.*$/gm, '')
      .matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\\n]|\\.)*)`/g),
  ].map(([, quoted, template]) => (quoted ?? template ?? '').replaceAll(/\$\{[^}]*\}/g, '…'))
