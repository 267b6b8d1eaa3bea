import { type ChangeRecord, isIntact } from './change.ts'
import type { Execution } from './execution.ts'

/** What ties a report to the records it was made of. */
export interface Chain {
  readonly records: number
  readonly firstHash: string
  readonly lastHash: string
  /** Every record fits its own hash and names the one before it, none is missing, and the state stands at the last one. */
  readonly intact: boolean
}

export function chainOf({ id, version, lastChangeHash }: Execution, records: readonly ChangeRecord[]): Chain {
  const linked = records.every(
    (record, place) =>
      record.execution === id &&
      record.version === place + 1 &&
      record.previousHash === (records[place - 1]?.hash ?? '') &&
      isIntact(record),
  )
  const lastHash = records.at(-1)?.hash ?? ''
  return {
    records: records.length,
    firstHash: records[0]?.hash ?? '',
    lastHash,
    intact: linked && records.length === version && lastHash === lastChangeHash,
  }
}
