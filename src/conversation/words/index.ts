import * as de from './de/index.ts'
import * as en from './en/index.ts'

/*
 * Every sentence that people read, in one catalogue: an area a file, a language a folder. English is the original; that another
 * language has every sentence, and each with the same parts, the compiler sees. What is typed (commands, REAL and DRILL, names of
 * Slack, Teams and AWS) is the same in all.
 */

type Said<Word> = Word extends (...given: infer Given) => infer Text
  ? (...given: Given) => Text
  : Word extends string
    ? string
    : { readonly [Key in keyof Word]: Said<Word[Key]> }

/** The catalogue of one language. */
export type Words = { readonly [Area in keyof typeof en]: Said<(typeof en)[Area]> }

export const CATALOGUES = { en, de } as const satisfies Record<string, Words>
export type Language = keyof typeof CATALOGUES
export const LANGUAGES = ['en', 'de'] as const satisfies readonly Language[]

let choose: () => Language = () => 'en'

/** Says once, when a process starts, in which language a sentence is said: it is asked at each sentence. */
export function speakBy(language: () => Language): void {
  choose = language
}

/** The words of the language that is spoken now. */
export const say = (): Words => CATALOGUES[choose()]
