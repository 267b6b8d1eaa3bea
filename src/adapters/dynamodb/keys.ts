import { digest } from '../../domain/digest.ts'
import type { Execution, Place } from '../../domain/execution.ts'
import type { TaskId } from '../../domain/task.ts'

/** Every key of the table. Whoever reads the stream tells by `executionIn` which execution an item belongs to. */
export type Key = { readonly pk: string; readonly sk: string }

export const EXECUTIONS = 'EXECUTIONS'
export const ACTIVE = 'ACTIVE'
export const PLANS = 'PLANS'

export const headKey = (id: string): Key => ({ pk: executionPartition(id), sk: 'HEAD' })
export const taskKey = (execution: Execution, task: TaskId): Key => ({
  pk: executionPartition(execution.id),
  sk: `${tasksPrefix(execution)}${task}`,
})
export const changeKey = (id: string, version: number): Key => ({
  pk: executionPartition(id),
  sk: `CHANGE#${nineDigits(version)}`,
})
export const listedKey = (id: string): Key => ({ pk: EXECUTIONS, sk: id })
/** Both the list of unfinished executions and the lock "one unfinished execution a plan". */
export const activeKey = (plan: string): Key => ({ pk: ACTIVE, sk: plan })

export const planVersionKey = (id: string, version: number): Key => ({
  pk: `PLAN#${id}`,
  sk: `VERSION#${nineDigits(version)}`,
})
export const planKey = (id: string): Key => ({ pk: PLANS, sk: id })
export const threadKey = (execution: string, place: Place): Key => ({
  pk: `THREAD#${execution}`,
  sk: `${place.platform}#${place.channel}`,
})
export const roomKey = (execution: string): Key => ({ pk: `ROOM#${execution}`, sk: 'ROOM' })
export const roomAtKey = ({ platform, channel }: Place): Key => ({
  pk: `ROOM-AT#${platform}#${channel}`,
  sk: 'ROOM-AT',
})
/** The caller is encoded: "a#b" with key "c" is not "a" with key "b#c". */
export const callKey = (caller: string, key: string): Key => ({
  pk: `CALL#${encodeURIComponent(caller)}#${key}`,
  sk: 'CALL',
})
/** By the digest of its id: who reads the table cannot use it. */
export const ticketKey = (key: string): Key => ({ pk: `TICKET#${key}`, sk: 'TICKET' })
export const contactKey = (id: string): Key => ({ pk: `CONTACT#${id}`, sk: 'CONTACT' })
export const linkKey = (actor: string): Key => ({ pk: `LINK#${actor}`, sk: 'LINK' })
export const linkedTo = (human: string): string => `LINKED#${human}`
export const linkedKey = (human: string, actor: string): Key => ({ pk: linkedTo(human), sk: actor })
export const mutesOf = (run: string): string => `MUTE#${run}`
export const muteKey = (run: string, human: string): Key => ({ pk: mutesOf(run), sk: human })
/** Whoever knows the id may fetch the file. */
export const filePartition = (id: string): string => `FILE#${id}`
export const filePart = (id: string, part: number): Key => ({
  pk: filePartition(id),
  sk: `PART#${nineDigits(part)}`,
})
export const leaseKey = (name: string): Key => ({ pk: `LEASE#${name}`, sk: 'LEASE' })

/** A large plan's tasks are written before its head, so two starts under one id must not mix theirs: each has a prefix of its own. */
export function tasksPrefix({ plan, mode, startedAt, startedBy }: Omit<Execution, 'tasks'>): string {
  return `TASK#${digest({ plan: plan.hash, mode, startedAt, startedBy: startedBy.id }).slice(0, 16)}#`
}

/** The id of the execution that a partition belongs to. */
export const executionIn = (pk: string): string | undefined =>
  pk.startsWith('EXECUTION#') ? pk.slice('EXECUTION#'.length) : undefined

const executionPartition = (id: string) => `EXECUTION#${id}`
const nineDigits = (version: number) => String(version).padStart(9, '0')
