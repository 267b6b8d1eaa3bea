import type { Inline, Rich } from '../../card.ts'
import { plurals } from '../plural.ts'

const counted = plurals('en')

/** What the thread of a run says: its lines, its headline, how it ended and what was missed. */
export const thread = {
  line: {
    begun: (mode: string, plan: string, by: Inline): Rich => [`${mode} run of ${plan} started by `, by],
    couldNotStart: (task: Inline, trouble: string, nextTry: Inline): Rich => [
      '⏳ ',
      task,
      ` could not start yet: ${trouble} Next try `,
      nextTry,
    ],
    escalated: {
      'on-call': (task: Inline, since: Inline): Rich => [
        '🔔 Reminder to those on call: ',
        task,
        ' has waited for a decision since ',
        since,
      ],
      others: (task: Inline, since: Inline): Rich => [
        '🔔 Everybody else who may decide is asked: ',
        task,
        ' has waited for a decision since ',
        since,
      ],
      everybody: (task: Inline, since: Inline): Rich => [
        '🔔 Still nobody has decided: ',
        task,
        ' has waited for a decision since ',
        since,
      ],
    },
    queued: (task: Inline, because: string): Rich => ['⏳ ', task, ` waits in line: ${because}`],
    queuedAt: (task: Inline, because: string, place: number): Rich => [
      '⏳ ',
      task,
      ` waits in line: ${because} Place ${place} in line.`,
    ],
    running: (task: Inline, references: Rich): Rich => ['⏳ ', task, ' runs', ...references],
    foundAgain: (task: Inline, references: Rich): Rich => ['⏳ ', task, ' was found again', ...references],
    moreReferences: (more: number): string => ` + ${more} more`,
    noted: (by: Inline, text: string): Rich => ['📝 ', by, `: “${text}”`],
    notedFor: (said: Inline, text: string, by: Inline): Rich => ['📝 ', said, `: “${text}” · noted by `, by],
    role: {
      commander: {
        taken: (person: Inline): Rich => ['🎖️ ', person, ' is incident commander'],
        given: (person: Inline, by: Inline): Rich => [
          '🎖️ ',
          person,
          ' is incident commander, made so by ',
          by,
        ],
        givenBack: (by: Inline): Rich => ['🎖️ Nobody is incident commander any more; ', by, ' gave it back'],
      },
      scribe: {
        taken: (person: Inline): Rich => ['🎖️ ', person, ' is scribe'],
        given: (person: Inline, by: Inline): Rich => ['🎖️ ', person, ' is scribe, made so by ', by],
        givenBack: (by: Inline): Rich => ['🎖️ Nobody is scribe any more; ', by, ' gave it back'],
      },
    },
    roomOpened: (by: Inline): Rich => ['🚪 War room asked for by ', by],
    roomClosed: (by: Inline): Rich => ['🚪 War room closed by ', by],
    paused: (by: Inline): Rich => ['⏸ Paused by ', by],
    resumed: (by: Inline): Rich => ['▶️ Resumed by ', by],
    cancelled: (by: Inline): Rich => ['🚫 Cancelled by ', by],
    says: {
      approve: (task: Inline, by: Inline): Rich => [task, ': ', by, ' says approve'],
      reject: (task: Inline, by: Inline): Rich => [task, ': ', by, ' says reject'],
      skip: (task: Inline, by: Inline): Rich => [task, ': ', by, ' says skip'],
      abandon: (task: Inline, by: Inline): Rich => [task, ': ', by, ' says abandon'],
    },
    voteWantsMore: (vote: Rich): Rich => ['🗳️ ', ...vote, ', and more are needed'],
    breakGlass: {
      counts: (vote: Rich): Rich => ['🚨 BREAK GLASS · ', ...vote, '. That is enough: it counts.'],
      wantsMore: (vote: Rich): Rich => [
        '🚨 BREAK GLASS · ',
        ...vote,
        '. One more of those named for emergencies decides it.',
      ],
      withoutSignIn: ', WITHOUT the sign-in that it takes: the identity provider does not answer',
    },
    started: (task: Inline): Rich => ['⏳ ', task, ' started'],
    startedAgain: (task: Inline, attempt: number): Rich => ['⏳ ', task, ` started (attempt ${attempt})`],
    completed: (task: Inline): Rich => ['✅ ', task, ' completed'],
    completedIn: (task: Inline, took: string): Rich => ['✅ ', task, ` completed in ${took}`],
    failed: (task: Inline, how: string, message: string): Rich => ['❌ ', task, ` ${how}: ${message}`],
    declined: (task: Inline, why: string): Rich => ['🚫 ', task, ` declined: ${why} A drill ends so.`],
    nobodyDecided: 'nobody decided in time.',
    approved: (task: Inline, by: Rich): Rich => ['✅ ', task, ' approved by ', ...by],
    rejected: (task: Inline, by: Inline): Rich => ['❌ ', task, ' rejected by ', by],
    adopted: (task: Inline, references: Rich, by: Inline): Rich => [
      '🔎 ',
      task,
      ' goes on',
      ...references,
      ', adopted by ',
      by,
    ],
    retried: (task: Inline, by: Inline, because: Rich, attempt: number): Rich => [
      '🔁 ',
      task,
      ' retried by ',
      by,
      ...because,
      ` – attempt ${attempt}`,
    ],
    skipped: (task: Inline, by: Inline): Rich => ['⏭️ ', task, ' skipped by ', by],
    abandoned: (task: Inline, by: Inline): Rich => ['🚫 ', task, ' abandoned by ', by],
    onHold: (task: Inline, by: Inline): Rich => ['⏸ ', task, ' put on hold by ', by],
    released: (task: Inline, by: Inline): Rich => ['▶️ ', task, ' released by ', by],
    taskCancelled: (task: Inline): Rich => ['🚫 ', task, ' cancelled'],
    together: {
      cascade: (tasks: string, names: string): string =>
        `🚫 ${tasks} abandoned, because a task before was: ${names}`,
      revive: (tasks: string, names: string): string => `🔁 ${tasks} taken up again: ${names}`,
      cancel: (tasks: string, names: string): string => `🚫 ${tasks} cancelled: ${names}`,
    },
  },
  headline: {
    cancelling: (by: Inline, at: Inline): Rich => ['🚫 Cancelling, asked by ', by, ' · ', at],
    paused: (by: Inline, at: Inline, because: Rich): Rich => [
      '⏸ Paused by ',
      by,
      ' · ',
      at,
      ...because,
      ' – what runs goes on, nothing new starts.',
    ],
    label: {
      progress: 'Progress',
      failed: 'Failed, needs a decision',
      approval: 'Needs approval',
      running: 'Running',
      onHold: 'On hold',
      time: 'Time',
      forecast: 'Forecast',
      waited: 'Waited for people',
    },
    done: (done: number, all: number): string =>
      `${done} of ${counted({ one: 'one task', other: '# tasks' })(all)} done`,
    doneAndApproved: (done: string, approved: number, gates: number): string =>
      `${done} · approvals ${approved} of ${gates}`,
    state: (status: string, done: string): string => `${status}, ${done}.`,
    since: (elapsed: string, start: Inline): Rich => [elapsed, ' since ', start],
    underAMinute: 'under a minute',
    objective: {
      ahead: (minutes: string, by: Inline): Rich => [` · objective ${minutes}, by `, by],
      exceeded: (minutes: string, by: Inline): Rich => [` · objective ${minutes}, by `, by, ' – exceeded'],
    },
    forecast: {
      plain: (at: Inline, path: string): Rich => ['done ', at, ` · waits for ${path}`],
      early: (at: Inline, spare: string, path: string): Rich => [
        'done ',
        at,
        ` – ${spare} to spare · waits for ${path}`,
      ],
      late: (at: Inline, late: string, path: string): Rich => [
        'done ',
        at,
        ` – ⚠️ ${late} late · waits for ${path}`,
      ],
    },
    startedBy: (by: Inline, run: string): Rich => ['Started by ', by, ` · run ${run}`],
  },
  outcome: {
    heading: (plan: string): string => `${plan} has ended`,
    decisions: 'Decisions',
    ended: {
      completed: (details: string): string => `✅ Completed${details}.`,
      cancelled: (details: string): string => `🚫 Cancelled${details}.`,
      incomplete: (details: string): string => `🚫 Ended incomplete${details}.`,
    },
    after: (took: string): string => ` after ${took}`,
    with: (left: string): string => `, with ${left}`,
    left: {
      SKIPPED: counted({ one: 'one task skipped', other: '# tasks skipped' }),
      ABANDONED: counted({ one: 'one task abandoned', other: '# tasks abandoned' }),
      CANCELLED: counted({ one: 'one task cancelled', other: '# tasks cancelled' }),
    },
    label: {
      completed: 'Completed',
      skipped: 'Skipped',
      abandoned: 'Abandoned',
      cancelled: 'Cancelled',
      cancelledBy: 'Cancelled by',
      time: 'Time',
    },
    completed: (completed: number, all: number): string =>
      `${completed} of ${counted({ one: 'one task', other: '# tasks' })(all)}`,
    objective: {
      met: (took: string, minutes: string): string => `${took} · objective ${minutes} met`,
      missed: (took: string, minutes: string): string => `${took} · objective ${minutes} not met`,
    },
  },
  catchUp: {
    first: (from: Inline, to: Inline): Rich => [
      '📨 What happened from ',
      from,
      ' to ',
      to,
      ', before anything was told here:',
    ],
    missed: (from: Inline, to: Inline): Rich => [
      '📨 Nothing could be told here from ',
      from,
      ' to ',
      to,
      '. Meanwhile:',
    ],
    completed: (tasks: string, names: string): string => `✅ ${tasks} completed: ${names}`,
    failed: (tasks: string, names: string): string => `❌ ${tasks} failed: ${names}`,
    now: (state: string): string => `Now: ${state}`,
    wait: counted({ one: 'one task waits for a decision', other: '# tasks wait for a decision' }),
    stateAndWait: (status: string, done: string, wait: string): string => `${status}, ${done}; ${wait}.`,
  },
  unreachable: {
    heading: (plan: string, channel: string): string => `⚠️ ${plan} is not told in ${channel}`,
    since: (since: Inline, channel: Inline, why: string): Rich => [
      'Since ',
      since,
      ' nothing can be said in ',
      channel,
      `. ${why}`,
    ],
    note: (run: string): string => `Whoever follows it there sees nothing new. The run goes on · run ${run}`,
  },
}
