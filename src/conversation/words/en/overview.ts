import type { Inline, Rich } from '../../card.ts'
import { plurals } from '../plural.ts'

const counted = plurals('en')

/** What shows plans, what waits and who is who: not one run's thread, but where things stand. */
export const overview = {
  nothingWaits: 'Nothing waits for you.',
  nothingRuns: 'Nothing is running.',
  waitingForYou: 'Waiting for you',
  andMoreTasks: (tasks: string): string => `and ${tasks}`,

  plan: {
    size: 'Size',
    objective: 'Objective',
    missing: 'Missing, cannot start',
    noApproval: 'no approval',
    rto: (time: string): string => `recovered within ${time} (RTO)`,
    rpo: (time: string): string => `at most ${time} of data lost (RPO)`,
    noObjective: 'none set',
    sizeAndObjective: (size: string, objective: string): string => `${size}; objective: ${objective}`,
    approval: '✋ approval',
    after: (names: string): string => `, after ${names}`,
    warning: (warning: string): string => `⚠️ Warning: ${warning}`,
    startIt: (drill: Inline, failover: Inline): Rich => ['Start it with ', drill, ' or ', failover],
    text: (name: string, size: string): string => `Plan ${name}: ${size}.`,
    textMissing: (name: string, size: string): string => `Plan ${name}: ${size}. Inputs are missing.`,
  },

  plans: {
    none: 'There is no plan yet that you may see. Send one by the API, or ask an admin for a role.',
    heading: counted({ one: 'One recovery plan', other: '# recovery plans' }),
    inputsMissing: ' – ⚠️ inputs are missing, cannot start',
    seeOne: (command: Inline): Rich => ['See one with ', command],
    moreSeeOne: (more: number, command: Inline): Rich => [`and ${more} more. See one with `, command],
  },

  picker: {
    more: (more: number, status: Inline): Rich => [`and ${more} more: `, status],
    mayStart: (plans: string, example: Inline): Rich => [`You may start ${plans}, e.g. `, example, '.'],
    help: 'Say “help” to see every command.',
  },

  pending: {
    none: 'Nothing waits for anybody.',
    waits: counted({ one: 'one decision waits for you.', other: '# decisions wait for you.' }),
    forOthers: 'Waiting for others',
    failed: (task: Inline, since: Inline | undefined): Rich => [
      task,
      ' failed',
      ...(since ? [' since ', since] : []),
    ],
    waitsForApproval: (task: Inline, since: Inline | undefined): Rich => [
      task,
      ' waits for approval',
      ...(since ? [' since ', since] : []),
    ],
  },

  gates: {
    heading: 'Approvals',
    /** `active`: how many of those there are at hand now, where that is known. */
    needs: (
      gate: Inline,
      needs: Rich,
      people: { readonly all: number; readonly active: number | undefined } | undefined,
      signsIn: boolean,
    ): Rich => [
      gate,
      ' – needs ',
      ...needs,
      people
        ? ` (${people.all} there${people.active === undefined ? '' : `, ${people.active} at hand now`})`
        : '',
      signsIn ? ', with a fresh sign-in' : '',
    ],
    shortage: (gate: Inline, seats: number, needs: Rich, reachable: string | undefined): Rich => [
      gate,
      ` takes ${seats === 1 ? 'one person' : `${seats} people`}: `,
      ...needs,
      `, and ${reachable === undefined ? 'nobody' : `only ${reachable}`} can be reached. Nobody can open it as it is.`,
    ],
  },

  waiting: {
    decisions: counted({ one: 'One decision waits for you.', other: '# decisions wait for you.' }),
    note: (task: string, attempt: number, run: string): string =>
      `task ${task} · attempt ${attempt} · run ${run}`,
    failed: (task: string, how: string): string => `❌ ${task} ${how}`,
    approve: (task: string): string => `✋ Approve: ${task}`,
    afterWaits: 'What comes after it waits.',
    decideBy: (at: Inline): Rich => [' Decide by ', at, '.'],
  },

  why: {
    needs: (needs: Rich): Rich => [
      'It needs ',
      ...needs,
      '. One person fills one place, on whatever platform.',
    ],
    fourEyes: 'Four eyes: neither whoever started the run nor whoever edited its plan last.',
    vetoOf: (people: Rich): Rich => ['A “no” ends it only from ', ...people, '; any other is on record.'],
    vetoOfAnybody: 'A “no” of anybody who may decide ends it, until somebody asks again.',
    samePeople: 'To skip or abandon it takes the same people as to approve it.',
    silenceDeclines:
      'Nobody decides: it is declined and the drill ends there. It is never approved by silence.',
    silenceWaits:
      'Nobody decides: it expires, the run waits, and somebody has to decide. It is never approved by silence.',
    stepUp: 'Deciding takes a fresh sign-in.',
    breakGlass: (people: Rich): Rich => [
      'In an emergency two of ',
      ...people,
      ' may open it with break-glass.',
    ],
    breakGlassGoesWithout: 'While nobody can sign in, break-glass takes no sign-in, and says so.',
    nobodyNamed: 'nobody',
    nobodyAtHand: 'nobody',
    status: (status: string): string => `It is ${status}.`,
    mayNot: (why: Rich): Rich => ['You: ', ...why],
    may: 'You may decide it.',
    textMayNot: (heading: string): string => `${heading}: you may not decide it.`,
    textMay: (heading: string): string => `${heading}: you may decide it.`,
    unreachable: '⚠️ Nobody who could decide it can be reached.',
    can: (names: string): string => `Can decide it: ${names}.`,
    canAtHand: (names: string, atHand: string): string => `Can decide it: ${names}. At hand now: ${atHand}.`,
  },

  who: {
    heading: (plan: string): string => `${plan}: who is who`,
    startedBy: 'Started by',
    nobodyYet: 'nobody yet',
    onCall: 'On call',
    mayApprove: 'May approve',
    mayOperate: 'May retry, skip, abandon',
    signs: (atHand: Inline): Rich => [atHand, ' at hand now, ○ away'],
    unknown: 'not known at the moment',
    nobody: 'nobody by name',
  },

  home: {
    nothingWaits: 'Nothing waits for you. What needs your decision appears here.',
    running: 'Running now',
    plans: 'Plans you may start',
    noPlan: 'There is none that you may start. An admin can give you the role operator for a plan.',
    ended: 'Ended recently',
    noneEnded: 'No run has ended yet.',
    help: 'Say “help”, in the messages here or in a channel, to see every command.',
    more: {
      decision: counted({ one: 'and one more decision: ', other: 'and # more decisions: ' }),
      run: counted({ one: 'and one more run: ', other: 'and # more runs: ' }),
      plan: counted({ one: 'and one more plan: ', other: 'and # more plans: ' }),
    },
    runs: counted({ one: 'One run is under way.', other: '# runs are under way.' }),
    run: (run: Inline, state: string, at: Inline): Rich => [run, ` – ${state} · since `, at],
    status: (plan: string): string => `Status of ${plan}`,
    spokenStatus: (plan: string, run: string): string => `Status of ${plan}, run ${run}`,
    isRunning: '⏳ It is running now.',
    inputsMissing: (inputs: string): string => `⚠️ Cannot start, inputs are missing: ${inputs}.`,
    unmet: (gates: string): string => `⚠️ Nobody could open ${gates}.`,
    ready: '✅ Ready.',
    endedRun: (run: Inline, outcome: string, at: Inline | undefined, id: Inline): Rich => [
      run,
      ` – ${outcome} `,
      ...(at ? [at] : []),
      ' · run ',
      id,
    ],
  },
}
