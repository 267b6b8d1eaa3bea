import type { Execution } from '../domain/execution.ts'
import type { Json } from '../domain/json.ts'
import type { Policy } from '../domain/permission.ts'
import type { Task } from '../domain/task.ts'
import { plainText } from './as-text.ts'
import { buttonsFor } from './buttons.ts'
import type { Block, Card, Inline, Rich } from './card.ts'
import { consequence } from './consequences.ts'
import { clip, clockTime, HEADING_LIMIT, MODE_WORDS } from './in-words.ts'

/** The task waits for a person's yes: one of `approvers`. */
export function approvalCard(execution: Execution, task: Task, approvers: Rich = ANYONE): Card {
  // A gate that a plan puts before a task is named "Approve …" already.
  const subject = /^approve\b/i.test(task.name) ? task.name : `Approve: ${task.name}`
  const heading = clip(`${MODE_WORDS[execution.mode]} · ${subject}`, HEADING_LIMIT)
  const means = consequence(execution, task, 'approve')
  const decideBy: Rich = task.deadline ? ['Decide by ', clockTime(task.deadline), '. '] : []
  const buttons = buttonsFor(execution, task)
  const blocks: Block[] = [
    { kind: 'heading', text: heading },
    ...shown(task.inputs.description),
    { kind: 'text', text: [means] },
    { kind: 'text', text: [...decideBy, 'Needs an approver: ', ...approvers, '.'] },
    ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
    { kind: 'note', text: [`${execution.plan.name} · task ${task.id} · run ${execution.id}`] },
  ]
  return {
    text: `${heading}. ${means} ${plainText(decideBy)}Waiting for a decision.`,
    tone: 'attention',
    blocks,
  }
}

/** More mentions than these would wake a crowd for one decision. */
const MENTIONS = 3
const ANYONE: Rich = ['anyone with the approver role']

/**
 * Who may decide about this plan, as mentions: groups, or else people, that the policy itself names on this platform. Who is
 * named by address alone cannot be mentioned. Only the policy makes mentions; what stands in a plan is plain text.
 */
export function approversOf({ bindings }: Policy, plan: string, platform: string): Rich {
  const binding = bindings.filter(
    ({ role, plans }) => role === 'approver' && (!plans || plans.includes(plan)),
  )
  const here = (ids: readonly string[]) => [...new Set(ids)].filter((id) => id.startsWith(`${platform}:`))
  const groups = here(binding.flatMap((one) => one.groups))
  const people = here(binding.flatMap((one) => one.people))
  const found: Inline[] =
    groups.length > 0
      ? groups.map((id) => ({ kind: 'group', id }))
      : people.map((id) => ({ kind: 'person', id, name: id }))
  if (found.length === 0) return ANYONE
  const more = found.length - MENTIONS
  const named = found.slice(0, MENTIONS).flatMap((one, at) => (at === 0 ? [one] : [', ', one]))
  return more > 0 ? [...named, ` and ${more} more`] : named
}

const shown = (description: Json | undefined): Block[] =>
  typeof description === 'string' && description !== ''
    ? [{ kind: 'text', text: [clip(description, 1000)] }]
    : []
