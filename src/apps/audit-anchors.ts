import { z } from 'zod'
import type { Anchor } from '../domain/audit.ts'
import { executionId } from '../domain/execution.ts'

/** One line an execution, for people and for diff: its id, its version, and the hash of the record of that version. */
export const anchorLine = ({
  execution,
  version,
  hash,
}: {
  execution: string
  version: number
  hash: string
}) => `${execution} ${version} ${hash}\n`

const anchor = z.tuple([executionId, z.coerce.number().int().positive(), z.string().regex(/^[0-9a-f]{64}$/)])

/** The anchors of a file that `anchorLine` made. A line that is none, or no line at all, is refused: a damaged file must not pass. */
export function readAnchors(text: string, name: string): readonly Anchor[] {
  if (text.trim() === '') throw new Error(`${name} holds no anchor.`)
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    const read = anchor.safeParse(line.trim().split(' '))
    if (!read.success)
      throw new Error(`${name}, line ${index + 1}, is no anchor: an id, a version and a hash are needed.`)
    const [execution, version, hash] = read.data
    return [{ execution, version, hash }]
  })
}
