import { AsyncLocalStorage } from 'node:async_hooks'
import { LANGUAGES, type Language, speakBy } from '../conversation/words/index.ts'

const reader = new AsyncLocalStorage<Language>()

/** From now on sentences are said in this language, but for who reads another one alone. Called once, when a process starts. */
export function speak(language: Language): void {
  speakBy(() => reader.getStore() ?? language)
}

/**
 * Does the work in the language of a locale such as "de-AT"; in that of the process where we do not have it. Only for what one
 * person reads: a channel has one language for all.
 */
export function inLanguageOf<Result>(locale: string | undefined, work: () => Result): Result {
  const language = languageOf(locale)
  return language ? reader.run(language, work) : work()
}

/** The same without any reader: for what a channel is told because of what one person did. */
export const inOwnLanguage = <Result>(work: () => Result): Result => reader.exit(work)

const languageOf = (locale: string | undefined): Language | undefined =>
  LANGUAGES.find((language) => language === locale?.split(/[-_]/)[0]?.toLowerCase())
