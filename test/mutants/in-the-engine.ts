import type { Mutant } from './mutant.ts'

const WORK = 'src/engine/work.ts'
const WORLDS = { worlds: 150 }
const VOTING = ['test/engine/voting.test.ts']
const KEEP = ['test/engine/keep.test.ts']
const LOOKS = ['test/engine/work.test.ts']

/** The effect protocol, and what carries decisions in and out. */
export const IN_THE_ENGINE: readonly Mutant[] = [
  {
    name: 'the intent is saved after the call',
    file: WORK,
    from: 'const intended = await save(look,',
    to: `const early = await type.start(attempt(look, look.working.clock.now().toISOString()), running(look.task))
  type = { ...type, start: async () => early }
  const intended = await save(look,`,
    caughtBy: WORLDS,
  },
  {
    name: 'a worker whose intent was refused sends all the same',
    file: WORK,
    from: `  const task = intended?.tasks.get(look.task.id)
  const sending = task && sendingOf(task)
  // Somebody else was first, or the run was paused in between.
  if (!intended || !task || sending?.phase !== 'starting' || sending.token !== token) return again(1)
  const mine = { ...look, execution: intended, task }`,
    to: `  const known = intended ?? (await look.working.keep.current(look.execution.id))
  const task = known?.tasks.get(look.task.id)
  const sending = task && sendingOf(task)
  if (!known || !task || sending?.phase !== 'starting') return again(1)
  const mine = { ...look, execution: known, task }`,
    caughtBy: LOOKS,
  },
  {
    name: 'the request carries the time at which it is sent, not that of the intent',
    file: WORK,
    from: 'references = await type.start(attempt(mine, sending.at)',
    to: 'references = await type.start(attempt(mine, look.working.clock.now().toISOString())',
    caughtBy: LOOKS,
  },
  {
    name: 'a store that fails after the start makes it a failed start',
    file: WORK,
    from: 'return report(mine, [said, ...news], more ? 0 : look.working.pollSeconds)',
    to: `return report(mine, [said, ...news], more ? 0 : look.working.pollSeconds).catch((error) =>
    takeBack(mine, token, error),
  )`,
    caughtBy: WORLDS,
  },
  {
    name: 'an unclear answer to a start is taken for a refusal',
    file: WORK,
    from: 'if (error instanceof TransientFailure) return takeBack(mine, token, error)',
    to: `if (error instanceof TransientFailure) return takeBack(mine, token, error)
    if (error instanceof AmbiguousFailure) return takeBack(mine, token, new TransientFailure(error.message))`,
    caughtBy: WORLDS,
  },
  {
    name: 'an unclear answer to a start ends the attempt',
    file: WORK,
    from: 'if (error instanceof FinalFailure) return giveUp(mine, token, error.message)',
    to: 'if (error instanceof FinalFailure || error instanceof AmbiguousFailure) return giveUp(mine, token, error.message)',
    caughtBy: LOOKS,
  },
  {
    name: 'what is not found at once is believed not to be there',
    file: WORK,
    from: 'if (age < type.quietSeconds * 1000) return again(3)',
    to: 'if (age < 0) return again(3)',
    caughtBy: LOOKS,
  },
  {
    name: 'the quiet time is shorter than a signature lives',
    file: 'src/engine/task-types/drs-recovery.ts',
    from: 'quietSeconds: 330,',
    to: 'quietSeconds: 60,',
    caughtBy: LOOKS,
  },
  {
    name: 'of several jobs that it may have started, the first is taken',
    file: WORK,
    from: 'if (only && others.length === 0) {',
    to: 'if (only && others.length >= 0) {',
    caughtBy: LOOKS,
  },
  {
    name: 'what had not begun when the run was cancelled waits for its deadline',
    file: WORK,
    from: 'if (execution.cancelled) return report(look,',
    to: 'if (execution.cancelled) return again(60)\n  if (execution.cancelled) return report(look,',
    caughtBy: LOOKS,
  },
  {
    name: 'a check that gets no clear answer fails the attempt',
    file: WORK,
    from: "return later(look, error, pollSeconds, 'check did not get through')",
    to: "return fail(look, 'aws', String(error))",
    caughtBy: LOOKS,
  },
  {
    name: 'a start that waits for room is sent all the same',
    file: WORK,
    from: 'return (await inLine(look, type, now)) ?? start(look, type)',
    to: 'return start(look, type)',
    caughtBy: ['test/engine/limits.test.ts'],
  },
  {
    name: 'a job is judged by its status, not server by server',
    file: 'src/engine/task-types/drs-recovery.ts',
    from: "const missing = wanted.filter((server) => states.get(server) !== 'launched')",
    to: 'const missing = wanted.filter((server) => states.get(server) === undefined)',
    caughtBy: ['test/engine/task-types/task-types.test.ts'],
  },
  {
    name: 'a retry launches again what is launched already',
    file: 'src/engine/task-types/drs-recovery.ts',
    from: 'filter((server) => !before.has(server))',
    to: "filter((server) => !before.has(server) || server !== '')",
    caughtBy: ['test/engine/task-types/drs-recovery.test.ts'],
  },
  {
    name: 'a database is moved without reading where its writer is',
    file: 'src/engine/task-types/database-failover.ts',
    from: 'if (!isThere(cluster, to) && cluster.movingTo !== to) {',
    to: "if (cluster.id !== '') {",
    caughtBy: ['test/engine/task-types/task-types.test.ts'],
  },
  {
    name: 'a drill moves the database',
    file: 'src/engine/task-types/database-failover.ts',
    from: "if (attempt.mode === 'drill') return [id]",
    to: "if (id === '') return [id]",
    caughtBy: ['test/engine/task-types/task-types.test.ts'],
  },
  {
    name: 'the promises are not asked before a save',
    file: 'src/engine/keep.ts',
    from: 'if (wrong.length > 0) throw',
    to: 'if (wrong.length > 99) throw',
    caughtBy: KEEP,
  },
  {
    name: 'an execution that is kept is never brought up to date (b.1 row 2)',
    file: 'src/engine/keep.ts',
    from: 'return records.length === 0 ? known : know(records.reduce(evolve, known))',
    to: 'return known',
    caughtBy: WORLDS,
  },
  {
    name: 'what has no effect on an old copy is dropped without a look at the newest one',
    file: 'src/engine/keep.ts',
    from: '        if (sure) for (const ask of line.splice(0))',
    to: '        if (line.length > 0) for (const ask of line.splice(0))',
    caughtBy: KEEP,
  },
  {
    name: 'of two reports on one task in one save both count',
    file: 'src/engine/gather.ts',
    from: 'if (made.length === 0 || tasks.some((task) => touched.has(task))) continue',
    to: 'if (made.length === 0) continue',
    caughtBy: KEEP,
  },
  {
    name: 'whoever was served is told that they did not count',
    file: 'src/engine/keep.ts',
    from: 'ask.answer({ execution: done.execution, counted: true })',
    to: 'ask.answer({ execution: done.execution, counted: false })',
    caughtBy: KEEP,
  },
  {
    name: 'who may decide is asked at the click, not at the save',
    file: 'src/engine/engine.ts',
    from: 'const may = await admitted(id, request, asker)',
    to: "const may = await admitted(id, attempt === 0 ? request : { asks: 'see' }, asker)",
    caughtBy: ['test/engine/engine.test.ts'],
  },
  {
    name: 'a directory that does not answer lets everybody through',
    file: 'src/engine/engine.ts',
    from: 'return unknown(error, asker, permit).refusal',
    to: 'return unknown(error, asker, permit).refusal.why ? undefined : undefined',
    caughtBy: WORLDS,
  },
  {
    name: 'whoever voted once is believed for ever',
    file: 'src/engine/voting.ts',
    from: 'await directory.identify(vote.by), execution.plan.id)',
    to: '{ ...identity, actor: vote.by }, execution.plan.id)',
    caughtBy: VOTING,
  },
  {
    name: 'four eyes look at the account, not at the human',
    file: 'src/engine/voting.ts',
    from: 'if (humanOf(policy, await directory.identify(startedBy)) === human)',
    to: 'if (startedBy.id === human)',
    caughtBy: VOTING,
  },
  {
    name: 'who edited the plan may decide',
    file: 'src/engine/voting.ts',
    from: "=== human ? 'edited' : undefined",
    to: '=== human ? undefined : undefined',
    caughtBy: VOTING,
  },
  {
    name: 'only approve takes several, and skip goes around it',
    file: 'src/engine/voting.ts',
    from: 'const asks = GATE_EVENTS.find((event) => event === request.asks)',
    to: "const asks = GATE_EVENTS.find((event) => event === 'approve' && event === request.asks)",
    caughtBy: VOTING,
  },
  {
    name: 'a run is started from another plan than the dialog showed',
    file: 'src/engine/engine.ts',
    from: 'if (order.seenHash && order.seenHash !== found.plan.hash) {',
    to: "if (order.seenHash === '') {",
    caughtBy: ['test/engine/engine.test.ts'],
  },
  {
    name: 'a sweep rings for nobody: a job that the queue lost is lost for ever',
    file: 'src/engine/wake.ts',
    from: 'await waking.queue.put(jobsOf(execution))',
    to: '',
    caughtBy: ['test/engine/wake.test.ts'],
  },
  {
    name: 'a sweep takes every run it knows for the newest',
    file: 'src/engine/wake.ts',
    from: 'if (!known || known.version !== versions.get(id)) return undefined',
    to: 'if (!known) return undefined',
    caughtBy: ['test/engine/wake.test.ts'],
  },
  {
    name: 'a sweep stops at the first run that cannot be woken (b.1 row 9)',
    file: 'src/engine/wake.ts',
    from: "waking.log.error({ execution: id, error }, 'sweep could not wake an execution')",
    to: "waking.log.error({ execution: id, error }, 'sweep could not wake an execution')\n        throw error",
    caughtBy: ['test/engine/wake.test.ts'],
  },
  {
    name: 'a notice goes out before anybody holds the way out',
    file: 'src/engine/notify.ts',
    from: `      if (!(await save({ ...thread, told, heldUntil }))) return 'held'
      await send(notices, notifying)`,
    to: `      await send(notices, notifying)
      if (!(await save({ ...thread, told, heldUntil }))) return 'held'`,
    caughtBy: ['test/engine/notify.test.ts'],
  },
]
