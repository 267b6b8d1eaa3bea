import { isMap, isScalar, parseAllDocuments, visit } from 'yaml'
import { DOCUMENT_BYTES, plainJson } from '../../domain/plain-json.ts'
import type { Problem } from '../../domain/problem.ts'

export type DataFile =
  | { readonly kind: 'document'; readonly document: unknown }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }

/** Enough for anyone who writes by hand; a file that grows a thousandfold when it is read needs more. */
const ALIASES = 100
/** After the first slip a parser finds many that are none. */
const TROUBLES = 5

/** One JSON or YAML document of plain data, or why it is none. `name` is what the problems call the file. */
export function readDataFile(file: string | Buffer, name: string): DataFile {
  const text = textOf(file)
  if (typeof text !== 'string') return invalid(`${name} ${text.trouble}`)
  if (name.toLowerCase().endsWith('.json')) {
    const trouble = jsonTrouble(text)
    if (trouble) return invalid(`${name} is not JSON: ${trouble}`)
  }
  return parsed(text, name)
}

function textOf(file: string | Buffer): string | { trouble: string } {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  if (bytes.length > DOCUMENT_BYTES) {
    return { trouble: `has ${bytes.length} bytes; at most ${DOCUMENT_BYTES} are allowed.` }
  }
  const [first, second, third] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || bytes.includes(0)) {
    return { trouble: 'is UTF-16 or binary. Save it as UTF-8.' }
  }
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return { trouble: 'begins with a byte order mark. Save it as UTF-8 without one.' }
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.trim() === '' ? { trouble: 'is empty.' } : text
  } catch (error) {
    if (error instanceof TypeError) return { trouble: 'is not UTF-8. Save it as UTF-8.' }
    throw error
  }
}

function jsonTrouble(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    if (error instanceof SyntaxError) return error.message
    throw error
  }
}

/** JSON is read as YAML too, because JSON.parse keeps silent about a key that is written twice. */
function parsed(text: string, name: string): DataFile {
  try {
    const documents = parseAllDocuments(text, {
      version: '1.2',
      schema: 'core',
      uniqueKeys: true,
      logLevel: 'silent',
    })
    const [document, second] = documents
    if (!document || !('errors' in document)) return invalid(`${name} is empty.`)
    if (second) return invalid(`${name} holds several documents. Keep one.`)
    // A warning is a tag that nobody here knows, such as "!!js/function".
    const troubles = [...document.errors, ...document.warnings].map(({ message }) => message)
    // The parser hands on the end of its stack as an error of the text.
    if (troubles.some((trouble) => trouble.startsWith('Maximum call stack'))) return tooDeep(name)
    if (troubles.length > 0) {
      const first = troubles.slice(0, TROUBLES).map((trouble) => `${name}: ${trouble.split('\n')[0]}`)
      return { kind: 'invalid', problems: first.map(problem) }
    }
    let keysAreText = true
    visit(document, {
      Pair: (_key, pair) => {
        keysAreText &&= isScalar(pair.key) && typeof pair.key.value === 'string'
      },
    })
    if (!keysAreText) return invalid(`${name} has a key that is no text. Put it in quotes.`)
    if (!isMap(document.contents)) return invalid(`${name} must hold fields with values ("name: value").`)
    const data: unknown = document.toJS({ maxAliasCount: ALIASES })
    const plain = plainJson(data)
    return plain.kind === 'json' ? { kind: 'document', document: plain.value } : plain
  } catch (error) {
    // The parser's own words for too many aliases, and for the end of the stack.
    if (error instanceof ReferenceError)
      return invalid(`${name} uses more than ${ALIASES} aliases. Write it out.`)
    if (error instanceof RangeError) return tooDeep(name)
    throw error
  }
}

const problem = (message: string): Problem => ({ path: '', message })
const invalid = (message: string): DataFile => ({ kind: 'invalid', problems: [problem(message)] })
const tooDeep = (name: string): DataFile => invalid(`${name} is nested too deeply. Make it flatter.`)
