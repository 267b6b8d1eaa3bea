import type { RunState } from '../../../domain/refusal.ts'
import type { PersonEvent } from '../../../domain/transitions.ts'
import type { Inline, Rich } from '../../card.ts'
import { core } from './core.ts'

/** Why not, and the way out. Each by its `why`; tasks, plans and runs come by their names. */
export const refusals = {
  'no-such-plan': (plan: string, nearest: readonly string[], plans: Inline): Rich => [
    `There is no plan “${plan}” that you may see.${meant(nearest)} `,
    plans,
    ' lists them all.',
  ],
  'no-such-execution': (run: string, status: Inline): Rich => [
    `There is no run “${run}” that you may see. `,
    status,
    ' shows the runs under way.',
  ],
  'no-such-task': (task: string, nearest: readonly string[], status: Inline): Rich => [
    `This run has no task “${task}”.${meant(nearest)} `,
    status,
    ' shows its tasks.',
  ],
  'no-permission': (asked: string, needs: readonly string[], has: readonly string[]): string =>
    `You may not ${asked === 'see' ? 'see this' : `${asked} here`}: it needs the role ${needs.join(' or ')}, and you ${has.length > 0 ? `have ${has.join(', ')}` : 'have no role for this plan'}. Ask somebody who has it, or an admin to give it to you. Nothing was changed.`,
  'not-asked': (asked: string, task: string, needs: Rich): Rich => [
    `Your ${asked} of “${task}” does not count: it takes `,
    ...needs,
    '. Ask one of them. Nothing was changed.',
  ],
  whoMay: (names: string): string => `Who may: ${names}.`,
  whoIsOnCall: (name: string): string => `${name} (on call)`,
  'own-work': {
    started: (asked: string, task: string): string =>
      `You started this run, so somebody else has to ${asked} “${task}” (four eyes). Nothing was changed.`,
    edited: (asked: string, task: string): string =>
      `You edited this plan last, so somebody else has to ${asked} “${task}” (four eyes). Nothing was changed.`,
  },
  'already-voted': (asked: string, task: string, at: Inline): Rich => [
    `Your ${asked} of “${task}” is on record since `,
    at,
    '. It takes more people; its card says whom.',
  ],
  nobody: (asked: string, task: string): string =>
    `“${task}” takes people, and this token belongs to nobody, so its ${asked} does not count. Give the token an owner in the policy, or decide in chat.`,
  'step-up-needed': (asked: string, task: string, until: Inline, signIn: Inline): Rich => [
    `Not recorded yet: to ${asked} “${task}” takes a fresh sign-in. Open this link before `,
    until,
    '; it works once, and for you only. ',
    signIn,
  ],
  signInTo: (asked: string): string => `Sign in to ${asked}`,
  linkAccount: 'Sign in to link your account',
  'link-needed': (because: Rich, until: Inline, after: string, signIn: Inline): Rich => [
    ...because,
    ' Nobody knows yet who this account belongs to. Are you somebody who may? Then open this link before ',
    until,
    `, and sign in with the address your company knows you by. ${after} The link works once. `,
    signIn,
  ],
  doneThen: (asked: string): string => `Your ${asked} is then recorded at once.`,
  askedAgain: 'Then ask again here.',
  'step-up-impossible': {
    'set-up': (asked: string, task: string): string =>
      `Nothing was recorded: to ${asked} “${task}” takes a fresh sign-in, and none is set up. An admin has to set PUBLIC_URL and OIDC_ISSUER, or take step_up out of the policy.`,
    address: (asked: string, task: string): string =>
      `Nothing was recorded: to ${asked} “${task}” takes a fresh sign-in, and no address of yours is known to compare it with. An admin has to put one under humans in the policy.`,
  },
  'directory-unavailable': (asked: string): string =>
    `The directory does not answer, so your permission to ${asked} could not be checked. Nothing was changed; try again in a minute.`,
  'not-allowed': (asked: string, task: string, status: string, possible: readonly string[]): string =>
    `Cannot ${asked} “${task}”: it is ${status}. ${possible.length > 0 ? `What you can ask for now: ${possible.join(', ')}.` : 'Wait until it completes, fails or asks for you.'}`,
  'already-decided': {
    byYou: (event: PersonEvent, task: string, at: Inline): Rich => [
      `You already ${HAVE_DONE[event]} “${task}” at `,
      at,
    ],
    by: (who: Inline, event: PersonEvent, task: string, at: Inline): Rich => [
      who,
      ` already ${HAVE_DONE[event]} “${task}” at `,
      at,
    ],
    onNewestCard: (asked: string, status: string): string =>
      `, so it is ${status}. To ${asked} it all the same, use its newest card.`,
    nothingLeft: (asked: string, status: string): string =>
      `, so it is ${status}. There is nothing left to ${asked}; see the thread for how it goes on.`,
  },
  outdated: (asked: string, seen: number, task: string, attempt: number, status: string): string =>
    `Your ${asked} was for attempt ${seen} of “${task}”; by now it is at attempt ${attempt} and ${status}. Nothing was changed; use its newest card.`,
  'no-such-work': {
    none: (task: string): string =>
      `Cannot adopt anything for “${task}”: it left nothing in AWS that is known of.`,
    notThat: (work: string, task: string, candidates: string): string =>
      `“${work}” is not what was started for “${task}”: ${candidates}.`,
    which: (task: string, candidates: string): string => `Say which to adopt for “${task}”: ${candidates}.`,
  },
  'changed-since-shown': (subject: string): string =>
    `“${subject}” has changed since it was shown to you, so nothing was done. Look at it again and decide anew.`,
  'successor-begun': (task: string, successor: string, status: string): string =>
    `Cannot retry “${task}”: “${successor}”, which comes after it, is ${status} already. Start the plan anew if it must be repeated.`,
  'predecessor-abandoned': (task: string, predecessor: string): string =>
    `Cannot retry “${task}” alone: “${predecessor}”, which comes before it, was abandoned. Retry that one first.`,
  'reason-missing': (asked: string, subject: string): string =>
    `To ${asked} “${subject}” needs a reason in words. Add why, for whoever reads it later.`,
  'reason-too-long': (length: number, limit: number): string =>
    `The reason has ${length} characters; at most ${limit} are kept. Shorten it and try again.`,
  'reason-holds-secret': (kind: string): string =>
    `The reason seems to hold ${kind}, so it was not kept. Write it without; if the secret is real, replace it, since you have typed it into a chat.`,
  'execution-ended': (asked: string, status: string): string =>
    `Cannot ${asked}: the run is over (${status}). Start the plan anew to go on.`,
  'already-so': (state: RunState, status: Inline): Rich => [
    `${ALREADY[state]} already, so there is nothing to do. `,
    status,
    ' shows where it stands.',
  ],
  'plan-busy': (plan: string, run: Inline): Rich => [
    `The plan “${plan}” is already being run: `,
    run,
    '. Follow that run, or cancel it first.',
  ],
  'inputs-missing': (plan: string, missing: string): string =>
    `The plan “${plan}” cannot start, inputs are missing: ${missing}. Add them to the plan and start it again.`,
  'plan-invalid': (number: string, problems: string): string =>
    `The plan has ${number}. Correct and send it again. ${problems}`,
  'confirmation-differs': (found: string, expected: string): string =>
    `Nothing was started: you typed “${found}”, the plan is called “${expected}”. Type the name exactly to start it.`,
  busy: (asked: string): string =>
    `Your ${asked} was not recorded, because several people decided at the same moment. Look at the card and try again.`,
}

const HAVE_DONE = { ...core.done, hold: 'held' }

const ALREADY = {
  paused: 'The run is paused',
  running: 'The run is running',
  cancelled: 'The run is cancelled',
  assigned: 'They have that role',
  unassigned: 'Nobody has that role',
  open: 'The run has a war room',
  closed: 'The run has no open war room',
  noted: 'That message is a note of the run',
} as const satisfies Record<RunState, string>

const meant = (names: readonly string[]): string =>
  names.length > 0 ? ` Did you mean ${names.map((name) => `“${name}”`).join(' or ')}?` : ''
