/** Numbers in a language: "one task", "3 tasks". */
export type Noun = { readonly one: string; readonly other: string }

/** The noun with its number, by the language's own rule of plurals. */
export function plurals(language: string) {
  const rules = new Intl.PluralRules(language)
  return (noun: Noun) => (number: number) => {
    const isOne = rules.select(number) === 'one'
    return isOne ? noun.one : noun.other.replace('#', String(number))
  }
}
