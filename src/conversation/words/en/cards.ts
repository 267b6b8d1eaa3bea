import type { Inline, Rich } from '../../card.ts'

/** What stands on the cards that ask for a decision, and on those that tell what became of it. */
export const cards = {
  /** Says the effect; "…" where a dialog asks for the reason first. */
  button: {
    approve: 'Approve',
    reject: 'Reject…',
    adopt: 'Adopt',
    retry: 'Retry',
    release: 'Release',
    hold: 'Hold',
    skip: 'Skip task…',
    abandon: 'Abandon branch…',
  },
  spoken: (action: string, task: string): string => `${action}: ${task}`,
  adopt: (reference: string): string => `Adopt ${reference}`,
  spokenAdopt: (reference: string, task: string): string => `Adopt ${reference}: ${task}`,
  note: (plan: string, task: string, run: string): string => `${plan} · task ${task} · run ${run}`,

  approval: {
    /** Of a gate whose name does not say already that it asks for approval. */
    subject: (task: string): string => `Approve: ${task}`,
    decideBy: (at: Inline): Rich => ['Decide by ', at, '. '],
    waiting: 'Waiting for a decision.',
    votesSoFar: (votes: string): string => `${votes} so far.`,
  },

  gate: {
    needs: (people: Rich): Rich => ['Needs ', ...people, '.'],
    fourEyes: 'Not whoever started the run or edited its plan last.',
    stepUp: 'Deciding takes a fresh sign-in; rejecting does not.',
    /** These four are things that are needed: "2 of @dr-approvers and one of @dba". */
    anyone: (people: number): string =>
      people === 1 ? 'anyone with the approver role' : `${people} people with the approver role`,
    byAddress: (people: number): string => `${people} that the policy names by address`,
    of: (people: number, those: Rich): Rich => [`${people === 1 ? 'one' : people} of `, ...those],
    all: (rows: readonly Rich[]): Rich =>
      rows.flatMap((row, place) =>
        place === 0 ? row : [place === rows.length - 1 ? ' and ' : ', ', ...row],
      ),
    andMore: (names: Rich, more: number): Rich => [...names, ` and ${more} more`],
    choice: { approve: 'approve', reject: 'reject', skip: 'skip', abandon: 'abandon' },
    breakGlass: '🚨 BREAK GLASS · ',
    breakGlassWithoutSignIn: '🚨 BREAK GLASS, no sign-in to be had · ',
    vote: (by: Inline, choice: string, at: Inline, because: Rich, receipt: string): Rich => [
      by,
      ` says ${choice} · `,
      at,
      ...because,
      ` · receipt ${receipt}`,
    ],
  },

  failure: {
    subject: (task: string, how: string): string => `❌ ${task} ${how}`,
    rejectedBy: (by: Inline, at: Inline): Rich => ['Rejected by ', by, ' · ', at],
    note: (plan: string, task: string, attempt: number, at: Inline | undefined, run: string): Rich => [
      `${plan} · task ${task} · attempt ${attempt}`,
      ...(at ? [' · ', at] : []),
      ` · run ${run}`,
    ],
    decisionNeeded: 'A decision is needed.',
    runCancelled: 'The run was cancelled.',
  },

  decided: {
    cascaded: 'abandoned, because a task before it was',
    hadFailed: (failure: string): string => ` · it had ${failure}`,
    recorded: (receipt: string): string => `Recorded · receipt ${receipt}`,
    attemptOver: (task: string, attempt: number): string => `🔁 ${task}: attempt ${attempt} is over`,
    attemptFollows: (attempt: number): string => `Attempt ${attempt} has taken its place`,
    /** "Approved by Ann · 14:07". */
    doneBy: (done: string, by: Rich, at: Inline): Rich => [`${done} by `, ...by, ' · ', at],
  },

  consequence: {
    opens: (names: string): string => `Opens the way to ${names}.`,
    completes: 'Completes this task.',
    stops: 'Stops here until somebody retries, skips or abandons it.',
    stopsBefore: (names: string): string =>
      `Stops here: ${names} will not start until somebody retries, skips or abandons it.`,
    adopts: 'Starts nothing: follows what is running in AWS to its end, as this attempt.',
    startsAnew: 'Starts it anew. Make sure in AWS first that nothing of this attempt still runs.',
    asksAgain: 'Asks for the approval again.',
    runsAgain: 'Runs this task again from its start.',
    skips: 'Leaves this task out.',
    skipsTo: (names: string): string =>
      `Leaves this task out and goes on with ${names}, as if it had been done.`,
    abandonsAlone: 'Gives this task up. No other task depends on it.',
    abandons: (tasks: string, names: string): string =>
      `Gives this task up and ${tasks} after it: ${names} will not run.`,
    holds: 'Keeps this task from starting until it is released.',
    releases: 'Lets this task start when its turn comes.',
  },

  preview: {
    lost: (tasks: string, names: string): string => `🚫 ${tasks} will not run: ${names}`,
    begins: (tasks: string, names: string): string => `▶️ ${tasks} will begin at once: ${names}`,
    finish: (after: Inline, before: Inline): Rich => ['🏁 Expected finish ', after, ' instead of ', before],
  },

  brief: {
    heading: (plan: string): string => `${plan}: what you must know`,
    mode: 'Mode',
    means: { recovery: 'this moves production for real', drill: 'a rehearsal, production stays' },
    started: 'Started',
    startedBy: (at: Inline, by: Inline): Rich => [at, ' by ', by],
    now: 'Now',
    running: 'Running',
    waits: 'Waits for people',
    nobody: 'nobody yet',
    note: (help: Inline): Rich => [
      'The pinned headline is always current; its thread has every step. ',
      help,
      ' has the commands.',
    ],
  },

  steps: 'Tasks',

  /** Of many tasks in one line; there are always several. */
  bulk: {
    started: (tasks: string, names: string): string => `⏳ ${tasks} started: ${names}`,
    running: (tasks: string, names: string): string => `⏳ ${tasks} running: ${names}`,
    completed: (tasks: string, names: string): string => `✅ ${tasks} completed: ${names}`,
  },
}
