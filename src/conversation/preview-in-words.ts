import type { Preview } from '../domain/preview.ts'
import type { Block, Inline } from './card.ts'
import { clip, clockTime, count, listed } from './in-words.ts'

const MINUTE = 60_000

/** What the decision would do, a line each; nothing where it changes neither the tasks nor the end. */
export function previewInWords({ lost, begins, finish }: Preview): Block[] {
  const names = (tasks: readonly { readonly name: string }[]) =>
    listed(
      tasks.map(({ name }) => clip(name, 60)),
      5,
    )
  const lines = [
    ...(lost.length > 0 ? [[`🚫 ${count(lost.length, 'task')} will not run: ${names(lost)}`]] : []),
    ...(begins.length > 0
      ? [[`▶️ ${count(begins.length, 'task')} will begin at once: ${names(begins)}`]]
      : []),
    ...(Math.abs(finish.after - finish.before) < MINUTE
      ? []
      : [['🏁 Expected finish ', minute(finish.after), ' instead of ', minute(finish.before)]]),
  ]
  return lines.length > 0 ? [{ kind: 'list', items: lines }] : []
}

const minute = (at: number): Inline => clockTime(new Date(Math.floor(at / MINUTE) * MINUTE).toISOString())
