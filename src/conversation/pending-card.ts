import type { Execution } from '../domain/execution.ts'
import type { Task } from '../domain/task.ts'
import type { Block, Card, Rich } from './card.ts'
import { clip, clockTime, code, count, MODE_WORDS, strong } from './in-words.ts'
import { say } from './words/index.ts'

/** Something that waits for people, and whether for the one who asks. */
export interface Pending {
  readonly execution: Execution
  readonly task: Task
  readonly isMine: boolean
}

const SHOWN = 20

/** What waits for people in all runs: first what waits for the asker. */
export function pendingCard(all: readonly Pending[]): Card {
  const { pending: words, ...overview } = say().overview
  const mine = all.filter(({ isMine }) => isMine)
  const others = all.filter(({ isMine }) => !isMine)
  if (all.length === 0) {
    const text = words.none
    return { text, tone: 'good', blocks: [{ kind: 'text', text: [text] }] }
  }
  const part = (title: string, some: readonly Pending[]): Block[] =>
    some.length === 0
      ? []
      : [
          { kind: 'text', text: [strong(title)] },
          { kind: 'list', items: some.slice(0, SHOWN).map(line) },
          ...(some.length > SHOWN
            ? [
                {
                  kind: 'note' as const,
                  text: [overview.andMoreTasks(count(some.length - SHOWN, 'more task'))],
                },
              ]
            : []),
        ]
  const text = mine.length > 0 ? words.waits(mine.length) : overview.nothingWaits
  return {
    text,
    tone: mine.length > 0 ? 'attention' : 'neutral',
    blocks: [
      ...(mine.length > 0
        ? part(overview.waitingForYou, mine)
        : [{ kind: 'text' as const, text: [overview.nothingWaits] }]),
      ...part(words.forOthers, others),
    ],
  }
}

function line({ execution, task }: Pending): Rich {
  const asks = task.type === 'approval' ? (task.status === 'FAILED' ? 'retry' : 'approve') : 'retry'
  const since = task.status === 'FAILED' ? task.endedAt : task.startedAt
  const { failed, waitsForApproval } = say().overview.pending
  return [
    `${MODE_WORDS[execution.mode]} · ${clip(execution.plan.name, 60)}: `,
    ...(task.status === 'FAILED' ? failed : waitsForApproval)(
      strong(clip(task.name, 60)),
      since ? clockTime(since) : undefined,
    ),
    ' – ',
    code(`${asks} ${task.id} run:${execution.id}`),
  ]
}
