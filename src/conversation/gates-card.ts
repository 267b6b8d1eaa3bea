import type { Requirement } from '../domain/gate-rules.ts'
import { seatsOf } from '../domain/gate-rules.ts'
import type { Block, Rich } from './card.ts'
import { needsInWords } from './gate-in-words.ts'
import { clip, listed, strong } from './in-words.ts'
import { say } from './words/index.ts'

/** A gate and how many could decide it, as far as that is known. */
export interface GateAhead {
  readonly name: string
  readonly requirement: Requirement
  readonly isFeasible: boolean | undefined
  /** Their names; `active` are at hand now, undefined where the platform does not tell. */
  readonly people: { readonly all: readonly string[]; readonly active: number | undefined } | undefined
}

/** Whom the gates of a plan will ask, and a warning where they are not enough. */
export function gatesAhead(gates: readonly GateAhead[]): Block[] {
  if (gates.length === 0) return []
  const impossible = gates.filter(({ isFeasible }) => isFeasible === false)
  return [
    { kind: 'text', text: [strong(say().overview.gates.heading)] },
    { kind: 'list', items: gates.slice(0, 8).map(gateLine) },
    ...impossible.slice(0, 3).map((gate): Block => ({ kind: 'text', text: ['⚠️ ', ...shortage(gate)] })),
  ]
}

const gateLine = ({ name, requirement, people }: GateAhead): Rich =>
  say().overview.gates.needs(
    strong(clip(name, 60)),
    needsInWords(requirement.needs),
    people && { all: people.all.length, active: people.active },
    requirement.step_up,
  )

/** "Approve DNS needs 2 of @dba, only Ann can be reached." */
export function shortage({ name, requirement, people }: GateAhead): Rich {
  const there = people?.all ?? []
  return say().overview.gates.shortage(
    strong(clip(name, 60)),
    seatsOf(requirement),
    needsInWords(requirement.needs),
    there.length === 0 ? undefined : listed(there, 3),
  )
}
