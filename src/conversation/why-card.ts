import type { Execution } from '../domain/execution.ts'
import { isOpen, type Named, type Requirement } from '../domain/gate-rules.ts'
import type { Task } from '../domain/task.ts'
import type { Block, Card, Rich } from './card.ts'
import { mentions, needsInWords, votesSoFar } from './gate-in-words.ts'
import { clip, HEADING_LIMIT, listed, MODE_WORDS, STATUS_WORDS } from './in-words.ts'

export interface WhyOf {
  readonly requirement: Requirement
  /** Why the asker may not decide; absent where they may. */
  readonly no?: Rich
  /** Who can, by name; `active` are at hand now, undefined where the platform does not tell. Undefined while it is not known. */
  readonly people:
    | { readonly all: readonly string[]; readonly active: readonly string[] | undefined }
    | undefined
}

/** The policy of a gate in words: whom it takes, who that is, and whether the asker is among them. */
export function whyCard(execution: Execution, task: Task, { requirement, no, people }: WhyOf): Card {
  const heading = clip(`${MODE_WORDS[execution.mode]} · ${task.name}`, HEADING_LIMIT)
  const rules: Rich[] = [
    ['It needs ', ...needsInWords(requirement.needs), '. One person fills one place, on whatever platform.'],
    ...(requirement.four_eyes
      ? [['Four eyes: neither whoever started the run nor whoever edited its plan last.']]
      : []),
    [
      requirement.veto
        ? ['A “no” ends it only from ', ...words(requirement.veto), '; any other is on record.']
        : ['A “no” of anybody who may decide ends it, until somebody asks again.'],
    ].flat(),
    ['To skip or abandon it takes the same people as to approve it.'],
    [
      requirement.on_silence === 'decline'
        ? 'Nobody decides: it is declined and the drill ends there. It is never approved by silence.'
        : 'Nobody decides: it expires, the run waits, and somebody has to decide. It is never approved by silence.',
    ],
    ...(requirement.step_up ? [['Deciding takes a fresh sign-in.']] : []),
    ...(requirement.break_glass
      ? [
          [
            'In an emergency two of ',
            ...words(requirement.break_glass),
            ' may open it with ',
            'break-glass',
            '.',
          ],
        ]
      : []),
  ]
  const mine: Rich = no ? ['You: ', ...no] : ['You may decide it.']
  const blocks: Block[] = [
    { kind: 'heading', text: heading },
    { kind: 'text', text: [`It is ${STATUS_WORDS[task.status]}.`] },
    { kind: 'list', items: rules },
    ...votesSoFar(execution, task),
    ...(people ? [{ kind: 'text' as const, text: [whoCan(people)] }] : []),
    { kind: 'text', text: mine },
  ]
  return {
    text: `${heading}: ${no ? 'you may not decide it' : 'you may decide it'}.`,
    tone: 'neutral',
    blocks,
  }
}

const whoCan = ({ all, active }: NonNullable<WhyOf['people']>): string =>
  all.length === 0
    ? '⚠️ Nobody who could decide it can be reached.'
    : `Can decide it: ${listed(all, 8)}.${active ? ` At hand now: ${active.length > 0 ? listed(active, 8) : 'nobody'}.` : ''}`

const words = (who: Named): Rich => (isOpen(who) ? ['nobody'] : mentions(who))
