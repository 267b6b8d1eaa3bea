import type { Requirement } from './gate-rules.ts'
import type { Vote } from './task.ts'

/** What may be asked of a gate that waits: all of them weigh the same. */
export const GATE_EVENTS = ['approve', 'reject', 'skip', 'abandon'] as const
export type GateEvent = (typeof GATE_EVENTS)[number]

/** Somebody who may vote, as the directory and the policy knew them a moment ago. */
export interface Voter {
  /** One human being, whatever they are signed in to; two votes with the same are one. */
  readonly human: string
  /** The rows of the requirement in which they may take a seat. */
  readonly rows: readonly number[]
  /** Their "no" ends it. */
  readonly mayVeto: boolean
  readonly mayBreakGlass: boolean
}

/** A decision about to be counted: who makes it, and who has voted before and may still. */
export interface Ballot {
  readonly requirement: Requirement
  readonly voter: Voter
  readonly before: readonly { readonly vote: Vote; readonly voter: Voter }[]
  /** The sign-in that this takes cannot be had: nobody can sign in anywhere. */
  readonly withoutSignIn?: true
}

/** A voice in an emergency; also one that was to sign in, and could not. */
export type BreakGlass = true | 'without-sign-in'

/** In an emergency it takes two of the people who are named for it. */
export const BREAK_GLASS_VOTES = 2

/** Whether these fill every seat, each of them one. */
export function fillsEverySeat({ needs }: Requirement, voters: readonly Voter[]): boolean {
  const humans = [...new Map(voters.map((voter) => [voter.human, voter])).values()]
  const seats = needs.flatMap(({ count }, row) => Array.from({ length: count }, () => row))
  const taken = new Map<number, Voter>()
  /** Finds the voter a seat, asking others to move where that helps. */
  function seat(voter: Voter, tried: Set<number>): boolean {
    for (const [place, row] of seats.entries()) {
      if (!voter.rows.includes(row) || tried.has(place)) continue
      tried.add(place)
      const sitting = taken.get(place)
      if (sitting && !seat(sitting, tried)) continue
      taken.set(place, voter)
      return true
    }
    return false
  }
  for (const voter of humans) seat(voter, new Set())
  return taken.size === seats.length
}

/** Of all who could vote, whether enough are there: where not, nobody can open the gate. */
export const isFeasible = fillsEverySeat

/** Whether the vote settles the gate, together with those before it for the same. */
export function settles(
  asked: GateEvent,
  isBreakGlass: boolean,
  { requirement, voter, before }: Ballot,
): boolean {
  if (asked === 'reject') return voter.mayVeto
  const same = before.filter(({ vote }) => vote.for === asked && vote.human !== voter.human)
  if (isBreakGlass) {
    const others = same.filter(({ vote, voter: other }) => vote.breakGlass && other.mayBreakGlass)
    return 1 + new Set(others.map(({ vote }) => vote.human)).size >= BREAK_GLASS_VOTES
  }
  return fillsEverySeat(requirement, [voter, ...same.map((one) => one.voter)])
}
