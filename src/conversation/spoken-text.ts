/** Zero-width marks, soft hyphens and direction overrides: they make two names look equal, or a text read backwards. */
export const INVISIBLE = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
export const CONTROLS = /[\u0000-\u001F\u007F-\u009F]/g

/** What somebody typed, as plain words: invisible marks, mentions of the bot in front and a chat's own marks taken off. */
export const spokenText = (text: string): string =>
  text
    .replaceAll(INVISIBLE, '')
    .replaceAll(CONTROLS, ' ')
    .replaceAll(/[“”„‟«»]/g, '"')
    .replaceAll(/[‘’‚‛]/g, "'")
    .replace(/^(?:\s*(?:<[@!][^>]*>|<at>[^<]*<\/at>))+/, ' ')
    .replaceAll(
      /<[@!#]([^>|]*)(?:\|([^>]*))?>/g,
      (_, id: string, name: string | undefined) => `@${name || id}`,
    )
    .replaceAll(/<at>([^<]*)<\/at>/g, '@$1')
    .replaceAll(/<[a-z]+:[^>|]*\|([^>]*)>/gi, '$1')
    .replaceAll(/\s+/g, ' ')
    .normalize('NFC')
    .trim()

/** A word without the marks that make it bold, italic, struck or code, and without its quotes. */
export const bare = (word: string): string => word.replace(/^[*_~`"']+/, '').replace(/[*_~`"']+$/, '')
