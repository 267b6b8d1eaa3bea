import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Answers } from './fill.ts'

export type Words =
  | {
      readonly kind: 'words'
      readonly said: readonly string[]
      readonly answers: Answers
      readonly isJson: boolean
      readonly tokenFile?: string
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly say: string }

/** The words of a command line: its options, and what is said to the desk. */
export function readWords(words: readonly string[]): Words {
  const read = parsed(words)
  if ('kind' in read) return read
  const { values, positionals } = read
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  const given = (values.answer ?? []).map((each) => /^([^=]+)=(.*)$/s.exec(each))
  if (given.includes(null)) {
    return {
      kind: 'wrong',
      say: 'Write an answer as --answer <field>=<text>, e.g. --answer reason="a drill".',
    }
  }
  return {
    kind: 'words',
    said: positionals,
    answers: Object.fromEntries(given.map((match) => [match?.[1] ?? '', match?.[2] ?? ''])),
    isJson: values.json === true,
    ...(values['token-file'] === undefined ? {} : { tokenFile: values['token-file'] }),
  }
}

/** The same words as one line for the desk: a shell takes the quotes away that keep a name together. */
export const asTyped = (said: readonly string[]): string =>
  said.map((word) => (/\s/.test(word) && !word.includes('"') ? `"${word}"` : word)).join(' ')

const wrongOption = z.object({ code: z.string().startsWith('ERR_PARSE_ARGS_'), message: z.string() })

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
        json: { type: 'boolean' },
        answer: { type: 'string', multiple: true },
        'token-file': { type: 'string' },
      },
    })
  } catch (error) {
    const wrong = wrongOption.safeParse(error).data
    if (!wrong) throw error
    const [sentence] = wrong.message.split(/\.\s/)
    return { kind: 'wrong' as const, say: `${sentence}. "lifeboat --help" names the options.` }
  }
}
