import type { Mutant } from './mutant.ts'

const ADVANCE = ['test/domain/advance.test.ts']
const BALLOT = ['test/domain/ballot.test.ts', 'test/engine/voting.test.ts']
const DECIDE = ['test/domain/decide.test.ts']
const REPORT = ['test/domain/report.test.ts']

/** The rules themselves: what may start, what is refused, whose word counts. */
export const IN_THE_DOMAIN: readonly Mutant[] = [
  {
    name: 'one finished predecessor of several lets a task start',
    file: 'src/domain/execution.ts',
    from: 'task.predecessors.every((id) => opensTheWay(taskOf(execution, id).status))',
    to: 'task.predecessors.length === 0 || task.predecessors.some((id) => opensTheWay(taskOf(execution, id).status))',
    caughtBy: ADVANCE,
  },
  {
    name: 'a task is abandoned only once all its predecessors are (b.1 row 5)',
    file: 'src/domain/advance.ts',
    from: 'const predecessorLost = task.predecessors.some(',
    to: 'const predecessorLost = task.predecessors.length > 0 && task.predecessors.every(',
    caughtBy: ADVANCE,
  },
  {
    name: 'the cascade goes against the arrows, from successor to predecessor',
    file: 'src/domain/advance.ts',
    from: 'const predecessorLost = task.predecessors.some(',
    to: 'const predecessorLost = task.successors.some(',
    caughtBy: ADVANCE,
  },
  {
    name: 'what the cascade took along stays abandoned after a retry (b.1 row 6)',
    file: 'src/domain/advance.ts',
    from: "task.lastEvent === 'cascade' ? move(task, 'revive') : undefined",
    to: 'undefined',
    caughtBy: ADVANCE,
  },
  {
    name: 'what a person abandoned comes back by itself',
    file: 'src/domain/advance.ts',
    from: "return task.lastEvent === 'cascade' ? move(task, 'revive') : undefined",
    to: "return move(task, 'revive')",
    caughtBy: ADVANCE,
  },
  {
    name: 'an approval that nobody gave in time counts as given',
    file: 'src/domain/advance.ts',
    from: 'return move(task, silence, { failure })',
    to: "return failure && move(task, 'approve')",
    caughtBy: ADVANCE,
  },
  {
    name: 'a paused run begins new tasks',
    file: 'src/domain/advance.ts',
    from: '!execution.paused && mayStart(execution, task)',
    to: 'mayStart(execution, task)',
    caughtBy: ADVANCE,
  },
  {
    name: 'a cancelled run goes on with what is open',
    file: 'src/domain/advance.ts',
    from: "if (execution.cancelled) return task.status === 'IN_PROGRESS' ? overdue(task, now) : move(task, 'cancel')",
    to: "if (execution.cancelled && task.status === 'IN_PROGRESS') return overdue(task, now)",
    caughtBy: ADVANCE,
  },
  {
    name: 'the engine itself tries again what may still be running in AWS',
    file: 'src/domain/waits-for-people.ts',
    from: "task.failure?.kind === 'aws' && task.attempt",
    to: "(task.failure?.kind === 'aws' || task.failure?.kind === 'unknown') && task.attempt",
    caughtBy: ['test/engine/work.test.ts'],
  },
  {
    name: 'a failure does not show in the status of the run (b.1 row 1)',
    file: 'src/domain/execution.ts',
    from: "  if (statuses.has('FAILED')) return 'FAILED'\n",
    to: '',
    caughtBy: ADVANCE,
  },
  {
    name: 'a run is finished when its last tasks are, whatever the others do (b.1 row 11)',
    file: 'src/domain/execution.ts',
    from: '  [...execution.tasks.values()].every((task) => isOver(task.status))',
    to: '  [...execution.tasks.values()].every((task) => task.successors.length > 0 || isOver(task.status))',
    caughtBy: ['test/domain/advance.test.ts', 'test/domain/engine-properties.test.ts'],
  },
  {
    name: 'a completed task may be run again although a successor is done',
    file: 'src/domain/decide.ts',
    from: 'find((other) => hasBegun(other.status))',
    to: "find((other) => other.status === 'COMPLETED')",
    caughtBy: DECIDE,
  },
  {
    name: 'a click on the card of an older attempt counts',
    file: 'src/domain/decide.ts',
    from: 'if (seen && seen.attempt !== task.attempt) {',
    to: 'if (seen && seen.attempt > task.attempt) {',
    caughtBy: DECIDE,
  },
  {
    name: 'a vote counts for another gate than the card showed',
    file: 'src/domain/decide.ts',
    from: 'const isOther = seen?.digest !== undefined && seen.digest !== cardDigest(execution, task)',
    to: 'const isOther = false',
    caughtBy: DECIDE,
  },
  {
    name: 'a reason of blanks is a reason',
    file: 'src/domain/decide.ts',
    from: 'if (mustSayWhy && !/',
    to: 'if (mustSayWhy && reason === undefined && !/',
    caughtBy: DECIDE,
  },
  {
    name: 'to reject a gate needs no reason',
    file: 'src/domain/transitions.ts',
    from: "event === 'abandon' || event === 'reject' || event === 'cancel'",
    to: "event === 'abandon' || event === 'cancel'",
    caughtBy: DECIDE,
  },
  {
    name: 'a secret in a reason is recorded',
    file: 'src/domain/decide.ts',
    from: 'const secret = secretIn(text)',
    to: "const secret = secretIn('')",
    caughtBy: DECIDE,
  },
  {
    name: 'an operator may skip a gate that they may not approve',
    file: 'src/domain/permission.ts',
    from: "task?.type === 'approval' || permit.asks === 'approve'",
    to: "permit.asks === 'approve'",
    caughtBy: ['test/domain/permission.test.ts'],
  },
  {
    name: 'the late report of an old attempt counts (b.1 row 24)',
    file: 'src/domain/report.ts',
    from: "task?.status !== 'IN_PROGRESS' || task.attempt !== attempt",
    to: "task?.status !== 'IN_PROGRESS'",
    caughtBy: REPORT,
  },
  {
    name: 'whoever comes with any token speaks for the one who intended',
    file: 'src/domain/report.ts',
    from: "sending?.phase === 'starting' && sending.token === token",
    to: "sending?.phase === 'starting' && token !== ''",
    caughtBy: REPORT,
  },
  {
    name: 'two may intend to send at the same time (b.1 row 3)',
    file: 'src/domain/report.ts',
    from: "sending?.phase !== 'starting' && !sending?.givenUp",
    to: '!sending?.givenUp',
    caughtBy: REPORT,
  },
  {
    name: 'a paused run still lets what had begun be sent',
    file: 'src/domain/report.ts',
    from: '|| execution.paused || execution.cancelled) return []',
    to: '|| execution.cancelled) return []',
    caughtBy: REPORT,
  },
  {
    name: 'a cancelled run still lets what had begun be sent',
    file: 'src/domain/report.ts',
    from: '|| execution.paused || execution.cancelled) return []',
    to: '|| execution.paused) return []',
    caughtBy: REPORT,
  },
  {
    name: 'a retry finds the work of the attempt before and takes it for its own',
    file: 'src/domain/evolve.ts',
    from: "...(!begins && !goesBack ? optional('effect', task.effect) : {}),",
    to: "...optional('effect', task.effect),",
    caughtBy: ['test/domain/evolve.test.ts'],
  },
  {
    name: 'the hash of a record does not cover the record before it',
    file: 'src/domain/change.ts',
    from: `  return { ...body, hash: digest(body) }
}

/** True while nobody has touched the record since it was written. */
export function isIntact({ hash, ...body }: ChangeRecord): boolean {
  return digest(body) === hash`,
    to: `  return { ...body, hash: digest({ ...body, previousHash: '' }) }
}

export function isIntact({ hash, ...body }: ChangeRecord): boolean {
  return digest({ ...body, previousHash: '' }) === hash`,
    caughtBy: ['test/domain/audit.test.ts'],
  },
  {
    name: 'one human counts as often as they are signed in',
    file: 'src/domain/ballot.ts',
    from: 'const humans = [...new Map(voters.map((voter) => [voter.human, voter])).values()]',
    to: 'const humans = voters',
    caughtBy: BALLOT,
  },
  {
    name: 'one human takes a seat in each group they are in',
    file: 'src/domain/ballot.ts',
    from: '      taken.set(place, voter)\n      return true',
    to: '      taken.set(place, voter)\n      continue',
    caughtBy: BALLOT,
  },
  {
    name: 'votes for anything add up',
    file: 'src/domain/ballot.ts',
    from: 'vote.for === asked && vote.human',
    to: 'vote.human',
    caughtBy: BALLOT,
  },
  {
    name: 'one of those named for emergencies is enough',
    file: 'src/domain/ballot.ts',
    from: 'return 1 + new Set',
    to: 'return 2 + new Set',
    caughtBy: BALLOT,
  },
]
