import type { Click } from '../../conversation/card.ts'

/** What to type instead of pressing the button. */
export const typed = (click: Click): string => words(click).map(shellWord).join(' ')

function words(click: Click): string[] {
  if ('command' in click) return click.command.split(/\s+/)
  const { asks, task, reference, execution } = click
  return [asks, task, ...(reference ? [reference] : []), `run:${execution}`]
}

/** A word as a shell must be given it: what comes from a plan or from AWS runs nothing when it is pasted. */
const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
