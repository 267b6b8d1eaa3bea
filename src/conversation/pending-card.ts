import type { Execution } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import type { Block, Card, Rich } from './card.ts'
import { clip, clockTime, code, count, MODE_WORDS, strong } from './in-words.ts'

/** Something that waits for people, and whether for the one who asks. */
export interface Pending {
  readonly execution: Execution
  readonly task: Task
  readonly isMine: boolean
}

const SHOWN = 20

/** What waits for people in all runs: first what waits for the asker. */
export function pendingCard(all: readonly Pending[]): Card {
  const mine = all.filter(({ isMine }) => isMine)
  const others = all.filter(({ isMine }) => !isMine)
  if (all.length === 0) {
    const text = 'Nothing waits for anybody.'
    return { text, tone: 'good', blocks: [{ kind: 'text', text: [text] }] }
  }
  const part = (title: string, some: readonly Pending[]): Block[] =>
    some.length === 0
      ? []
      : [
          { kind: 'text', text: [strong(title)] },
          { kind: 'list', items: some.slice(0, SHOWN).map(line) },
          ...(some.length > SHOWN
            ? [{ kind: 'note' as const, text: [`and ${count(some.length - SHOWN, 'more task')}`] }]
            : []),
        ]
  const text =
    mine.length > 0
      ? `${count(mine.length, 'decision')} waits for you.`.replace(/s waits/, 's wait')
      : 'Nothing waits for you.'
  return {
    text,
    tone: mine.length > 0 ? 'attention' : 'neutral',
    blocks: [
      ...(mine.length > 0
        ? part('Waiting for you', mine)
        : [{ kind: 'text' as const, text: ['Nothing waits for you.'] }]),
      ...part('Waiting for others', others),
    ],
  }
}

function line({ execution, task }: Pending): Rich {
  const asks = task.type === 'approval' ? (task.status === 'FAILED' ? 'retry' : 'approve') : 'retry'
  const since = task.status === 'FAILED' ? task.endedAt : task.startedAt
  return [
    `${MODE_WORDS[execution.mode]} · ${clip(execution.plan.name, 60)}: `,
    strong(clip(task.name, 60)),
    task.status === 'FAILED' ? ' failed' : ' waits for approval',
    ...(since ? [' since ', clockTime(since)] : []),
    ' – ',
    code(`${asks} ${task.id} run:${execution.id}`),
  ]
}
