import type { Inline, Rich } from '../../card.ts'

/** Mails and events beyond the chat, and the pages of the sign-in. */
export const notices = {
  /** Subjects are ASCII, and the prefix, names and words of one take fewer than 100 characters. */
  subject: {
    started: (plan: string): string => `run started: ${plan}`,
    approval: (task: string, plan: string): string => `approval needed: ${task} (${plan})`,
    failed: (task: string, plan: string): string => `task failed: ${task} (${plan})`,
    ended: (plan: string): string => `run ended: ${plan}`,
  },
  means: {
    drill: 'This is a DRILL: production stays where it is.',
    recovery: 'This is REAL: it moves production.',
  },
  started: (by: string, plan: string): string => `${by} started ${plan}.`,
  startedBecause: (by: string, plan: string, reason: string): string => `${by} started ${plan}: ${reason}`,
  nothingAsked: 'Nothing is asked of you now.',
  waits: (plan: string, task: string): string => `${plan} waits for an approval: ${task}.`,
  approveOrReject: 'Approve or reject it in the thread of the run, or over the API.',
  decideBy: (at: string): string => `Decide by ${at}.`,
  failed: (task: string, plan: string, how: string, message: string): string =>
    `${task} of ${plan} ${how}. ${message}`,
  rejected: (task: string, plan: string, by: string, message: string): string =>
    `${task} of ${plan} rejected by ${by}. ${message}`,
  retrySkipOrAbandon:
    'What comes after it waits. Retry, skip or abandon it in the thread of the run, or over the API.',
  ended: (plan: string, outcome: string): string => `${plan} has ended. ${outcome}`,
  about: (plan: string, run: string, at: string): string => `Plan ${plan}, run ${run}, ${at}`,
  aboutTask: (plan: string, task: string, attempt: number, run: string, at: string): string =>
    `Plan ${plan}, task ${task}, attempt ${attempt}, run ${run}, ${at}`,
  link: {
    heading: 'Whose account is this?',
    button: 'Sign in and link the account',
    says: (account: Inline): Rich => [
      'Lifeboat does not know yet who ',
      account,
      ' is. Sign in with the address your company knows you by. From then on this account decides in your name.',
    ],
    label: { account: 'Account', wants: 'Wants to' },
    wants: {
      task: (asks: string, task: string, plan: string): string => `${asks} “${task}” of ${plan}`,
      run: (asks: string, plan: string): string => `${asks} ${plan}`,
      start: (mode: string, plan: string): string => `start ${plan} · ${mode}`,
    },
    onlyYours:
      'Is this not your own account, or has somebody sent you this link? Then do not sign in: they would decide in your name. Tell whoever leads the incident.',
    linked: (human: string): string => `This account belongs to ${human} from now on.`,
    askAgain: 'Go back to chat and ask again: it knows you now.',
    headingDone: '✅ Linked, and recorded',
    headingOnly: '✅ Linked',
    notDone: 'What you wanted was not recorded:',
  },
  signIn: {
    verb: { approve: 'Approve', reject: 'Reject', skip: 'Skip', abandon: 'Abandon' },
    button: {
      approve: 'Sign in to approve',
      reject: 'Sign in to reject',
      skip: 'Sign in to skip',
      abandon: 'Sign in to abandon',
    },
    breakGlass: (): Rich => [
      { kind: 'strong', text: '🚨 Break glass: ' },
      'it counts with a second one of those named for it, and everybody is told.',
    ],
    label: {
      signInAs: 'Sign in as',
      askedBy: 'Asked by',
      reason: 'Reason',
      plan: 'Plan',
      run: 'Run',
      goodUntil: 'Good until',
    },
    quoted: (reason: string): string => `“${reason}”`,
    once: (until: Inline): Rich => [until, ', once'],
    notYou: 'Did you not ask for this? Then do not sign in, and tell whoever leads the incident.',
    counted: '🗳️ Your voice is counted',
    recorded: 'Recorded.',
    recordedWith: (receipt: Inline): Rich => ['Recorded · receipt ', receipt, '.'],
    takesMore: 'It takes more people; the card in chat says whom.',
    closePage: 'You can close this page; the cards in chat show it too.',
    usedUp: 'Your link has been used. Press the button in chat again if you still want to decide.',
    ends: {
      unknown: [
        'This link is not known',
        'It may be cut short, or more than a day old. Press the button in chat again for a new one.',
      ],
      used: [
        'This link has been used',
        'It works once. The card in chat shows what was recorded; where nothing was, press its button again for a new link.',
      ],
      expired: [
        'This link has expired',
        'Nothing was recorded. Press the button in chat again for a new one.',
      ],
      elsewhere: [
        'This sign-in was not begun here',
        'The card in chat shows what is recorded. Where it still asks, open your link again in this browser, and begin there.',
      ],
      declined: ['You did not sign in', 'Nothing was recorded, and your link still works.'],
      unproven: [
        'The sign-in could not be verified',
        'Nothing was recorded, and your link still works. If it happens again, tell an admin: the log says why.',
      ],
      'not-fresh': [
        'The sign-in was not a fresh one',
        'It has to happen now, with your password or key. Nothing was recorded, and your link still works.',
      ],
      'no-address': [
        'The sign-in gave no verified address',
        'Nothing was recorded. Verify your address with the identity provider, or ask an admin.',
      ],
      'somebody-else': [
        'Somebody else signed in',
        'This decision takes the person who asked for it. Nothing was recorded, and the link still works for them.',
      ],
      taken: [
        'This address has an account already',
        'It belongs to another account on the same platform, so this one was not linked, and nothing was recorded. Decide with that account, or ask an admin to link both under humans in the policy.',
      ],
      away: [
        'The sign-in is not available',
        'Something that it needs does not answer. Nothing was recorded, and your link still works: try again in a moment. Rejecting in chat takes no sign-in. Where the gate names people for emergencies, two of them can open it meanwhile: /dr break-glass.',
      ],
      'not-recorded': [
        'Your decision may not be recorded',
        'The store does not answer. Look at the card in chat: where it still asks, press its button again for a new link.',
      ],
      'too-many': ['Too many unknown links', 'Wait a minute, then open your link again.'],
    },
  },
} as const
