import { type ChangeRecord, isIntact } from './change.ts'
import type { ExecutionId } from './execution.ts'
import type { Found } from './found.ts'
import type { Plan } from './plan.ts'
import { replay } from './replay.ts'
import { differences } from './state-differences.ts'

export interface Finding {
  readonly execution: ExecutionId
  /** Of the record in question; for the state, the version it stands at. */
  readonly version: number
  readonly kind:
    | 'changed'
    | 'missing'
    | 'added'
    | 'out-of-order'
    | 'broken-link'
    | 'illegal'
    | 'state-differs'
    | 'rolled-back'
  /** For an auditor: what, where, and what it means. */
  readonly message: string
}

/** The hash that an execution had at a version, kept by somebody else than the table. */
export interface Anchor {
  readonly execution: ExecutionId
  readonly version: number
  readonly hash: string
}

/**
 * What cannot be so if nobody but Lifeboat wrote to the store; an untouched execution has none of it.
 * 1. A record that was changed, deleted, added, swapped or copied is found, and so is a head or a task that was changed without one.
 * 2. The state is rebuilt from the plan and the records, each record held to the rules, and compared with what is stored.
 *    Where the chain has a flaw it is not: what to compare with is then unknown.
 * 3. Hashes have no key. Who cuts the last records off, or rewrites all from some version on, and makes head and tasks fit, leaves a
 *    chain without a flaw. Only a hash that was kept elsewhere tells: see `rolledBack`.
 */
export function verify(found: Found, begunFrom: Plan | undefined): readonly Finding[] {
  const { id, head } = found
  const { flaws, sound } = chainOf(found)
  const strays = found.strays.map((message) => finding(id, head?.version ?? 0, 'added', message))
  const findings = [...flaws, ...strays]
  if (!head) {
    const message = `The head of execution ${id} is not there, or not as Lifeboat writes it: it was deleted or changed.`
    return [...findings, finding(id, 0, 'missing', message)]
  }
  if (!begunFrom || flaws.length > 0) return findings
  if (begunFrom.hash !== head.plan.hash) {
    const message = `The plan "${head.plan.id}" has the hash ${begunFrom.hash}, and execution ${id} began from ${head.plan.hash}: the stored plan or the head was changed.`
    return [...findings, finding(id, 1, 'changed', message)]
  }
  const replayed = replay(begunFrom, head, sound)
  if (replayed.kind === 'illegal') {
    const { version, why } = replayed
    const message = `Record ${version} of execution ${id} says what cannot have happened: ${why} It was not written by Lifeboat.`
    return [...findings, finding(id, version, 'illegal', message)]
  }
  const differing = differences(replayed, { head, tasks: found.tasks })
  return [...findings, ...differing.map((message) => finding(id, head.version, 'state-differs', message))]
}

/** Whether the execution still has the anchored hash at that version. It grows on from there; it never goes back. */
export function rolledBack(anchor: Anchor, found: Found | undefined): Finding | undefined {
  const { execution, version, hash } = anchor
  if (found?.records.get(version)?.hash === hash) return undefined
  const there = found?.records.has(version) ? 'another record stands there now' : 'it is not there now'
  const message = `Execution ${execution} had record ${version} with the hash ${hash} when the anchor was kept; ${there}. History was cut off or rewritten.`
  return finding(execution, version, 'rolled-back', message)
}

/** The flaws of the chain; where it has none, `sound` is all of it, in order. */
function chainOf({ id, head, records }: Found): { flaws: Finding[]; sound: ChangeRecord[] } {
  const flaws: Finding[] = []
  const flaw = (version: number, kind: Finding['kind'], message: string) =>
    void flaws.push(finding(id, version, kind, message))
  const places = [...records.keys()].sort((a, b) => a - b)
  const end = head?.version ?? places.at(-1) ?? 0
  const missing = (from: number, to: number) => {
    const which = from === to ? `Record ${from} is` : `The records ${from} to ${to} are`
    if (from <= to)
      flaw(
        from,
        'missing',
        `${which} not stored, though execution ${id} has reached version ${end}: deleted.`,
      )
  }
  const sound: ChangeRecord[] = []
  let last: { place: number; hash: string } | undefined = { place: 0, hash: '' }
  let reached = 0
  for (const place of places) {
    if (place < 1 || place > end) {
      const message = `Record ${place} is stored, though execution ${id} has only reached version ${end}: it was added, or the head was set back.`
      flaw(place, 'added', message)
      continue
    }
    missing(reached + 1, place - 1)
    reached = place
    const record = records.get(place)
    const before = last?.place === place - 1 ? last.hash : undefined
    last = undefined
    const wrong = wrongIn(record, place, id)
    if (wrong) flaw(place, ...wrong)
    if (!record || wrong) continue
    last = { place, hash: record.hash }
    if (before !== undefined && record.previousHash !== before) {
      const message = `Record ${place} of execution ${id} was written after another record ${place - 1} than the one stored: one of the two was replaced.`
      flaw(place, 'broken-link', message)
    }
    if (flaws.length === 0) sound.push(record)
  }
  missing(reached + 1, end)
  if (head && last?.place === end && last.hash !== head.lastChangeHash) {
    const message = `The head of execution ${id} names another record ${end} than the one stored: the record was replaced, or the head changed.`
    flaw(end, 'broken-link', message)
  }
  return { flaws, sound }
}

/** What is wrong with what stands in this place, whatever is around it. */
function wrongIn(
  record: ChangeRecord | undefined,
  place: number,
  id: ExecutionId,
): [Finding['kind'], string] | undefined {
  const where = `record ${place} of execution ${id}`
  if (!record) return ['changed', `What stands in the place of ${where} cannot be read: it was changed.`]
  if (!isIntact(record))
    return [
      'changed',
      `In the place of ${where} stands a record that does not match its own hash: it was changed.`,
    ]
  if (record.execution !== id)
    return [
      'added',
      `In the place of ${where} stands a record of execution ${record.execution}: it was put there.`,
    ]
  if (record.version !== place)
    return [
      'out-of-order',
      `In the place of ${where} stands record ${record.version}: it was moved or copied there.`,
    ]
  return undefined
}

const finding = (
  execution: ExecutionId,
  version: number,
  kind: Finding['kind'],
  message: string,
): Finding => ({ execution, version, kind, message })
