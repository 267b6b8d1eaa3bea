import type { BreakGlass } from '../domain/ballot.ts'
import { cardDigest } from '../domain/decide.ts'
import type { Execution } from '../domain/execution.ts'
import { isOpen, type Named, type Requirement, requirementFor } from '../domain/gate-rules.ts'
import type { Policy } from '../domain/permission.ts'
import { voteReceipt } from '../domain/receipt.ts'
import type { Task, Vote } from '../domain/task.ts'
import type { Block, Inline, Rich } from './card.ts'
import { because, clockTime, who } from './in-words.ts'
import { say } from './words/index.ts'

/** What a gate asks of people, and whom, as one platform mentions them. */
export interface Asking {
  readonly needs: Rich
  readonly fourEyes: boolean
  readonly stepUp: boolean
}

/** Where no policy is known: a gate takes one person with the approver role. */
export const anyone = (): Asking => ({ needs: [say().cards.gate.anyone(1)], fourEyes: false, stepUp: false })

/** What the policy asks of people at this gate, in words with mentions. */
export function askingOf(policy: Policy, { plan, mode }: Execution, { id }: Task, platform: string): Asking {
  const { needs, four_eyes, step_up } = requirementFor(policy.approvals, { plan: plan.id, id, mode })
  const approvers = approversOf(policy, plan.id)
  return {
    needs: needsInWords(needs, onPlatform(approvers, platform), platform),
    fourEyes: four_eyes,
    stepUp: step_up,
  }
}

export const whoDecides = ({ needs, fourEyes, stepUp }: Asking): Rich => [
  ...say().cards.gate.needs(needs),
  fourEyes ? ` ${say().cards.gate.fourEyes}` : '',
  stepUp ? ` ${say().cards.gate.stepUp}` : '',
]

/** "2 of @dr-approvers and one of @dba". Rows that name nobody take anybody with the approver role: `approvers`, where they are known. */
export function needsInWords(
  needs: Requirement['needs'],
  approvers: Named = NOBODY,
  platform?: string,
): Rich {
  const words = say().cards.gate
  const rows = needs.map((row): Rich => {
    const meant = isOpen(row) ? approvers : onPlatform(row, platform)
    if (!isOpen(meant)) return words.of(row.count, mentions(meant))
    return [isOpen(row) ? words.anyone(row.count) : words.byAddress(row.count)]
  })
  return words.all(rows)
}

/** More mentions than these would wake a crowd for one decision. */
const MENTIONS = 3
const NOBODY: Named = { people: [], groups: [], emails: [] }

/** Groups, or else people. Only the policy makes mentions; what stands in a plan is plain text. */
export function mentions({ groups, people, emails }: Named): Rich {
  const found: Inline[] =
    groups.length > 0
      ? groups.map((id) => ({ kind: 'group', id }))
      : [...people.map((id) => ({ kind: 'person' as const, id, name: id })), ...emails]
  const more = found.length - MENTIONS
  const shown = found.slice(0, MENTIONS).flatMap((one, at) => (at === 0 ? [one] : [', ', one]))
  return more > 0 ? say().cards.gate.andMore(shown, more) : shown
}

/** Whoever has the approver role for the plan, as the policy itself names them. */
function approversOf({ bindings }: Policy, plan: string): Named {
  const binding = bindings.filter(
    ({ role, plans }) => role === 'approver' && (!plans || plans.includes(plan)),
  )
  const all = (ids: (one: Named) => readonly string[]) => [...new Set(binding.flatMap(ids))]
  return { groups: all((one) => one.groups), people: all((one) => one.people), emails: [] }
}

/** Who is named by address alone cannot be mentioned, nor can anybody of another platform. */
function onPlatform({ people, groups }: Named, platform: string | undefined): Named {
  const here = (ids: readonly string[]) =>
    platform === undefined ? [...ids] : ids.filter((id) => id.startsWith(`${platform}:`))
  return { people: here(people), groups: here(groups), emails: [] }
}

/** What each has said about the gate as it stands, with a receipt: what has none is not on record. */
export function votesSoFar(execution: Execution, task: Task): Block[] {
  const shown = cardDigest(execution, task)
  const votes = (task.votes ?? []).filter((vote) => vote.digest === shown)
  if (votes.length === 0) return []
  return [{ kind: 'list', items: votes.map((vote) => voteInWords(execution, task, vote)) }]
}

/** How an emergency is called, where it is one. */
export function emergency(
  how: BreakGlass | undefined,
  words: { readonly breakGlass: string; readonly breakGlassWithoutSignIn: string },
): string {
  if (how === undefined) return ''
  return how === 'without-sign-in' ? words.breakGlassWithoutSignIn : words.breakGlass
}

/** "Ann says approve · 14:07 · receipt 1a2b3c4d". */
export const voteInWords = (execution: Execution, task: Task, vote: Vote): Rich => [
  emergency(vote.breakGlass, say().cards.gate),
  ...say().cards.gate.vote(
    who(vote.by),
    say().cards.gate.choice[vote.for],
    clockTime(vote.at),
    because(vote.reason),
    voteReceipt(execution.id, task.id, task.attempt, vote),
  ),
]
