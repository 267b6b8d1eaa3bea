import type { Click } from '../../conversation/card.ts'

/** What to type instead of pressing the button. */
export const typed = ({ asks, task, reference, execution }: Click): string =>
  [asks, task, ...(reference ? [reference] : []), `run:${execution}`].map(shellWord).join(' ')

/** A word as a shell must be given it: what comes from a plan or from AWS runs nothing when it is pasted. */
const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
