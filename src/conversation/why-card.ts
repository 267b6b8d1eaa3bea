import type { Execution } from '../domain/execution.ts'
import { isOpen, type Named, type Requirement } from '../domain/gate-rules.ts'
import type { Task } from '../domain/task.ts'
import type { Block, Card, Rich } from './card.ts'
import { mentions, needsInWords, votesSoFar } from './gate-in-words.ts'
import { clip, HEADING_LIMIT, listed, MODE_WORDS } from './in-words.ts'
import { say } from './words/index.ts'

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
  const words = say().overview.why
  const rules: Rich[] = [
    words.needs(needsInWords(requirement.needs)),
    ...(requirement.four_eyes ? [[words.fourEyes]] : []),
    requirement.veto ? words.vetoOf(named(requirement.veto)) : [words.vetoOfAnybody],
    [words.samePeople],
    [requirement.on_silence === 'decline' ? words.silenceDeclines : words.silenceWaits],
    ...(requirement.step_up ? [[words.stepUp]] : []),
    ...(requirement.break_glass ? [words.breakGlass(named(requirement.break_glass))] : []),
    ...(requirement.break_glass && requirement.step_up ? [[words.breakGlassGoesWithout]] : []),
  ]
  const mine: Rich = no ? words.mayNot(no) : [words.may]
  const blocks: Block[] = [
    { kind: 'heading', text: heading },
    { kind: 'text', text: [words.status(say().core.status[task.status])] },
    { kind: 'list', items: rules },
    ...votesSoFar(execution, task),
    ...(people ? [{ kind: 'text' as const, text: [whoCan(people)] }] : []),
    { kind: 'text', text: mine },
  ]
  return {
    text: no ? words.textMayNot(heading) : words.textMay(heading),
    tone: 'neutral',
    blocks,
  }
}

function whoCan({ all, active }: NonNullable<WhyOf['people']>): string {
  const words = say().overview.why
  if (all.length === 0) return words.unreachable
  return active
    ? words.canAtHand(listed(all, 8), active.length > 0 ? listed(active, 8) : words.nobodyAtHand)
    : words.can(listed(all, 8))
}

const named = (who: Named): Rich => (isOpen(who) ? [say().overview.why.nobodyNamed] : mentions(who))
