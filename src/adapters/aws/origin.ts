import { createHash } from 'node:crypto'
import type { Origin } from '../../ports/aws.ts'

/** The tags by which our work is known again in AWS. */
export const tagsOf = ({ execution, task, attempt }: Origin) => ({
  'lifeboat:execution': execution,
  'lifeboat:task': task,
  'lifeboat:attempt': String(attempt),
})

/** AWS takes no longer comment. */
const COMMENT_LENGTH = 100

/** Where AWS takes no tag: the attempt in words, or as its token where the words are too long. */
export function commentOf(origin: Origin): string {
  const comment = `lifeboat ${origin.execution}/${origin.task}@${origin.attempt}`
  return comment.length <= COMMENT_LENGTH ? comment : `lifeboat ${tokenOf(origin)}`
}

/** The same UUID (version 5 in form) for the same attempt, whoever asks and whenever. */
export function tokenOf({ execution, task, attempt }: Origin): string {
  const bytes = createHash('sha1').update(`lifeboat/${execution}/${task}/${attempt}`).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
