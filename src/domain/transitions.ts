/**
 * THE table of a task's life: what may happen to a task in each status, and where that leads.
 * A missing cell is a refusal. The buttons of a card are the people's events in its row; there is no second table.
 */
export const TRANSITIONS = {
  PENDING: {
    start: 'IN_PROGRESS',
    askApproval: 'PENDING_APPROVAL',
    cascade: 'ABANDONED',
    cancel: 'CANCELLED',
    hold: 'PAUSED',
    skip: 'SKIPPED',
    abandon: 'ABANDONED',
  },
  PAUSED: {
    cascade: 'ABANDONED',
    cancel: 'CANCELLED',
    release: 'PENDING',
    skip: 'SKIPPED',
    abandon: 'ABANDONED',
  },
  // decline: nobody decided in time, and the rule of this gate lets a drill end so.
  PENDING_APPROVAL: {
    expire: 'FAILED',
    decline: 'ABANDONED',
    cancel: 'CANCELLED',
    approve: 'COMPLETED',
    reject: 'FAILED',
    skip: 'SKIPPED',
    abandon: 'ABANDONED',
  },
  IN_PROGRESS: { complete: 'COMPLETED', fail: 'FAILED', cancel: 'CANCELLED' },
  // adopt: what an unclear or overdue attempt left running in AWS is followed to its end after all; nothing is started.
  FAILED: {
    cancel: 'CANCELLED',
    adopt: 'IN_PROGRESS',
    retry: 'RETRY',
    skip: 'SKIPPED',
    abandon: 'ABANDONED',
  },
  // cascade: a task skipped too early may be asked back while a predecessor is still open, and that one may be abandoned.
  RETRY: { start: 'IN_PROGRESS', askApproval: 'PENDING_APPROVAL', cascade: 'ABANDONED', cancel: 'CANCELLED' },
  COMPLETED: { retry: 'RETRY' },
  SKIPPED: { retry: 'RETRY' },
  ABANDONED: { revive: 'PENDING', retry: 'RETRY' },
  CANCELLED: {},
} as const satisfies Record<Status, Partial<Record<TaskEvent, Status>>>

export const STATUSES = [
  'PENDING',
  'IN_PROGRESS',
  'PENDING_APPROVAL',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'PAUSED',
  'RETRY',
  'SKIPPED',
  'ABANDONED',
] as const
export type Status = (typeof STATUSES)[number]

/** What a person may ask of one task, in the order in which a card offers it. */
export const PERSON_EVENTS = [
  'approve',
  'reject',
  'adopt',
  'retry',
  'release',
  'hold',
  'skip',
  'abandon',
] as const
export type PersonEvent = (typeof PERSON_EVENTS)[number]

export const ENGINE_EVENTS = [
  'start',
  'askApproval',
  'cascade',
  'cancel',
  'expire',
  'decline',
  'complete',
  'fail',
  'revive',
] as const
export type EngineEvent = (typeof ENGINE_EVENTS)[number]
export type TaskEvent = PersonEvent | EngineEvent

/** Where the event leads from this status; undefined where the table has no cell. */
export function next(status: Status, event: TaskEvent): Status | undefined {
  const row: Partial<Record<TaskEvent, Status>> = TRANSITIONS[status]
  return row[event]
}

/** What people may ask of a task in this status: the buttons of its card. */
export const personEvents = (status: Status): readonly PersonEvent[] =>
  PERSON_EVENTS.filter((event) => next(status, event) !== undefined)

/** A predecessor in one of these lets its successors start. */
export const opensTheWay = (status: Status): boolean => status === 'COMPLETED' || status === 'SKIPPED'

/** Nothing more happens to a task in one of these unless a person asks for it. */
export const isOver = (status: Status): boolean => opensTheWay(status) || isStopped(status)

/** The task did not run to its end and will not. */
export const isStopped = (status: Status): boolean => status === 'ABANDONED' || status === 'CANCELLED'

/** The task has left the starting line. */
export const hasBegun = (status: Status): boolean => status !== 'PENDING' && status !== 'PAUSED'

/** Decisions that take something away from the run say why. */
export const needsReason = (event: string): boolean =>
  event === 'skip' || event === 'abandon' || event === 'reject' || event === 'cancel'

const OTHER_NAMES: Record<string, Status> = {
  NOT_STARTED: 'PENDING',
  COMPLETE: 'COMPLETED',
  SKIP: 'SKIPPED',
}

/** Reads a status as documents write it: any case, spaces or underscores, and the ancestor's names. */
export function parseStatus(text: string): Status | undefined {
  const name = text
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/g, '_')
  return STATUSES.find((status) => status === name) ?? OTHER_NAMES[name]
}
