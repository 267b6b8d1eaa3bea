import { plurals } from '../plural.ts'

const counted = plurals('en')

/** Words that stand in many sentences. */
export const core = {
  status: {
    PENDING: 'not started',
    IN_PROGRESS: 'running',
    PENDING_APPROVAL: 'waiting for approval',
    COMPLETED: 'completed',
    FAILED: 'failed',
    CANCELLED: 'cancelled',
    PAUSED: 'on hold',
    RETRY: 'about to run again',
    SKIPPED: 'skipped',
    ABANDONED: 'abandoned',
  },
  runStatus: {
    PENDING: 'starting',
    IN_PROGRESS: 'running',
    PENDING_APPROVAL: 'waiting for approval',
    COMPLETED: 'completed',
    FAILED: 'stopped by a failure, a decision is needed',
    CANCELLED: 'cancelled',
    PAUSED: 'paused',
    RETRY: 'about to run again',
    SKIPPED: 'skipped',
    ABANDONED: 'ended, part of it was abandoned',
  },
  /** What somebody did, before "by": "approved by Ann". */
  done: {
    approve: 'approved',
    reject: 'rejected',
    adopt: 'adopted',
    retry: 'retried',
    release: 'released',
    hold: 'put on hold',
    skip: 'skipped',
    abandon: 'abandoned',
  },
  failure: {
    rejected: 'rejected',
    expired: 'expired without a decision',
    'timed-out': 'ran out of time',
    crashed: 'broke off inside Lifeboat',
    aws: 'failed in AWS',
    unknown: 'failed for an unknown reason',
  },
  incidentRole: { commander: 'incident commander', scribe: 'scribe' },
  count: {
    approval: counted({ one: 'one approval', other: '# approvals' }),
    attempt: counted({ one: 'one attempt', other: '# attempts' }),
    check: counted({ one: 'one check', other: '# checks' }),
    decision: counted({ one: 'one decision', other: '# decisions' }),
    'earlier line': counted({ one: 'one earlier line', other: '# earlier lines' }),
    'more task': counted({ one: 'one more task', other: '# more tasks' }),
    plan: counted({ one: 'one plan', other: '# plans' }),
    problem: counted({ one: 'one problem', other: '# problems' }),
    'recovery plan': counted({ one: 'one recovery plan', other: '# recovery plans' }),
    task: counted({ one: 'one task', other: '# tasks' }),
    vote: counted({ one: 'one vote', other: '# votes' }),
  },
  seconds: (seconds: number): string => `${seconds} s`,
  minutes: (minutes: number): string => `${minutes} min`,
  hours: (hours: number, minutes: string): string => `${hours} h ${minutes} min`,
  andMore: (names: string, more: number): string => `${names} and ${more} more`,
  because: (reason: string): string => ` · “${reason}”`,
}
