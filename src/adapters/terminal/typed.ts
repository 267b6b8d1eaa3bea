import type { Click } from '../../conversation/card.ts'

/** What to type instead of pressing the button. */
export const typed = (click: Click): string => words(click).map(shellWord).join(' ')

function words(click: Click): string[] {
  if ('command' in click) return click.command.split(/\s+/)
  const run = `run:${click.execution}`
  if ('task' in click) return [click.asks, click.task, ...(click.reference ? [click.reference] : []), run]
  if (click.asks === 'close-room') return ['room', 'close', run]
  return ['role', click.role, ...(click.to === 'nobody' ? ['none'] : []), run]
}

/** A word as a shell must be given it: what comes from a plan or from AWS runs nothing when it is pasted. */
const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
