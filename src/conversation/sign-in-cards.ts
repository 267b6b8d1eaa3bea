import type { Execution } from '../domain/execution.ts'
import { voteReceipt } from '../domain/receipt.ts'
import type { Ticket } from '../domain/step-up.ts'
import type { Task } from '../domain/task.ts'
import { descriptionOf } from './approval-card.ts'
import { plainText } from './as-text.ts'
import type { Block, Card } from './card.ts'
import { consequence } from './consequences.ts'
import { receiptOf } from './decided-card.ts'
import { clip, clockTime, code, DONE_WORDS, HEADING_LIMIT, MODE_WORDS, strong, who } from './in-words.ts'

/** What is decided, what it means, and who has to sign in for it. */
export function signInCard(execution: Execution, gate: Task, ticket: Ticket): Card {
  const { asks, actor, human, reason, breakGlass, expiresAt } = ticket
  const emergency: Block[] = breakGlass
    ? [
        {
          kind: 'text',
          text: [
            strong('🚨 Break glass: '),
            'it counts with a second one of those named for it, and everybody is told.',
          ],
        },
      ]
    : []
  return cardOf(headingOf(execution, gate, VERBS[asks]), 'attention', [
    ...emergency,
    ...descriptionOf(gate),
    { kind: 'text', text: [strong(consequence(execution, gate, asks))] },
    {
      kind: 'facts',
      rows: [
        ['Sign in as', [human]],
        ['Asked by', [who(actor)]],
        ...(reason ? [['Reason', [`“${clip(reason, 1000)}”`]] as const] : []),
        ['Plan', [execution.plan.name]],
        ['Run', [code(execution.id)]],
        ['Good until', [clockTime(expiresAt), ', once']],
      ],
    },
    {
      kind: 'note',
      text: ['Did you not ask for this? Then do not sign in, and tell whoever leads the incident.'],
    },
  ])
}

/** It counts; with a receipt, for what has none is not on record. */
export function recordedCard(execution: Execution, gate: Task, { asks, human, actor, digest }: Ticket): Card {
  const vote = gate.votes?.find((one) => one.human === human && one.digest === digest)
  const { decision } = gate
  const isTheirs = decision?.by.id === actor.id && decision.event === asks
  const receipt = isTheirs
    ? receiptOf(execution, gate, decision)
    : vote && voteReceipt(execution.id, gate.id, gate.attempt, vote)
  const what = isTheirs ? `✅ ${capital(DONE_WORDS[asks])}` : '🗳️ Your voice is counted'
  const more = gate.status === 'PENDING_APPROVAL' ? 'It takes more people; the card in chat says whom. ' : ''
  return cardOf(`${MODE_WORDS[execution.mode]} · ${what}`, 'good', [
    { kind: 'text', text: [strong(clip(gate.name, HEADING_LIMIT))] },
    { kind: 'text', text: ['Recorded', ...(receipt ? [' · receipt ', code(receipt)] : []), '.'] },
    { kind: 'text', text: [`${more}You can close this page; the cards in chat show it too.`] },
  ])
}

/** Every other end of the way: what stands in it, and how to go on. */
export const SIGN_IN_ENDS = {
  unknown: [
    'This link is not known',
    'It may be cut short, or more than a day old. Press the button in chat again for a new one.',
  ],
  used: [
    'This link has been used',
    'It works once. The card in chat shows what was recorded; where nothing was, press its button again for a new link.',
  ],
  expired: ['This link has expired', 'Nothing was recorded. Press the button in chat again for a new one.'],
  elsewhere: [
    'This sign-in was not begun here',
    'The card in chat shows what is recorded. Where it still asks, open your link again in this browser, and begin there.',
  ],
  declined: ['You did not sign in', 'Nothing was recorded, and your link still works.'],
  unproven: [
    'The sign-in could not be verified',
    'Nothing was recorded, and your link still works. If it happens again, tell an admin: the log says why.',
  ],
  'not-fresh': [
    'The sign-in was not a fresh one',
    'It has to happen now, with your password or key. Nothing was recorded, and your link still works.',
  ],
  'no-address': [
    'The sign-in gave no verified address',
    'Nothing was recorded. Verify your address with the identity provider, or ask an admin.',
  ],
  'somebody-else': [
    'Somebody else signed in',
    'This decision takes the person who asked for it. Nothing was recorded, and the link still works for them.',
  ],
  away: [
    'The sign-in is not available',
    'Something that it needs does not answer. Nothing was recorded, and your link still works: try again in a moment. Rejecting in chat takes no sign-in.',
  ],
  'not-recorded': [
    'Your decision may not be recorded',
    'The store does not answer. Look at the card in chat: where it still asks, press its button again for a new link.',
  ],
  'too-many': ['Too many unknown links', 'Wait a minute, then open your link again.'],
} as const satisfies Record<string, readonly [heading: string, way: string]>
export type SignInEnd = keyof typeof SIGN_IN_ENDS

export function signInEndCard(end: SignInEnd): Card {
  const [heading, way] = SIGN_IN_ENDS[end]
  return cardOf(heading, 'attention', [{ kind: 'text', text: [way] }])
}

/** What was refused after its link had been used: the next try takes a new one. */
export const usedUp = (card: Card): Card => ({
  ...card,
  blocks: [
    ...card.blocks,
    {
      kind: 'note',
      text: ['Your link has been used. Press the button in chat again if you still want to decide.'],
    },
  ],
})

/** What the button of the page says: nothing is decided before the sign-in. */
export const signInLabel = (asks: Ticket['asks']): string => `Sign in to ${asks}`

const VERBS = { approve: 'Approve', reject: 'Reject', skip: 'Skip', abandon: 'Abandon' } as const

function headingOf({ mode }: Execution, { name }: Task, what: string): string {
  // A gate that a plan puts before a task is named "Approve …" already.
  const subject = name.toLowerCase().startsWith(`${what.toLowerCase()} `) ? name : `${what}: ${name}`
  return clip(`${MODE_WORDS[mode]} · ${subject}`, HEADING_LIMIT)
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

function cardOf(heading: string, tone: Card['tone'], blocks: readonly Block[]): Card {
  const texts = blocks.flatMap((block) => (block.kind === 'text' ? [plainText(block.text)] : []))
  return {
    text: [heading, ...texts].join('. '),
    tone,
    blocks: [{ kind: 'heading', text: heading }, ...blocks],
  }
}
