import type { Preview } from '../domain/preview.ts'
import type { Block, Inline } from './card.ts'
import { clip, clockTime, count, listed } from './in-words.ts'
import { say } from './words/index.ts'

const MINUTE = 60_000

/** What the decision would do, a line each; nothing where it changes neither the tasks nor the end. */
export function previewInWords({ lost, begins, finish }: Preview): Block[] {
  const names = (tasks: readonly { readonly name: string }[]) =>
    listed(
      tasks.map(({ name }) => clip(name, 60)),
      5,
    )
  const words = say().cards.preview
  const lines = [
    ...(lost.length > 0 ? [[words.lost(count(lost.length, 'task'), names(lost))]] : []),
    ...(begins.length > 0 ? [[words.begins(count(begins.length, 'task'), names(begins))]] : []),
    ...(Math.abs(finish.after - finish.before) < MINUTE
      ? []
      : [words.finish(minute(finish.after), minute(finish.before))]),
  ]
  return lines.length > 0 ? [{ kind: 'list', items: lines }] : []
}

const minute = (at: number): Inline => clockTime(new Date(Math.floor(at / MINUTE) * MINUTE).toISOString())
