import type { Role } from '../domain/permission.ts'
import type { Refusal, RunState } from '../domain/refusal.ts'
import { plainText } from './as-text.ts'
import type { Card, Inline, Rich } from './card.ts'
import { needsInWords } from './gate-in-words.ts'
import {
  clip,
  clockTime,
  code,
  count,
  DONE_WORDS,
  listed,
  RUN_STATUS_WORDS,
  STATUS_WORDS,
  webLink,
  who,
} from './in-words.ts'

/** The refusal, for the one who asked: what stands in the way, and the way out. `asker` is their actor id. */
export function refusalCard(refusal: Refusal, asker?: string): Card {
  const sentence = said(refusal, asker)
  return { text: plainText(sentence), tone: 'attention', blocks: [{ kind: 'text', text: sentence }] }
}

/** The sentence alone. */
export const refusalRich = (refusal: Refusal, asker?: string): Rich => said(refusal, asker)

/** The same as plain text, times in UTC. */
export const refusalText = (refusal: Refusal, asker?: string): string => plainText(said(refusal, asker))

function said(refusal: Refusal, asker: string | undefined): Rich {
  switch (refusal.why) {
    case 'no-such-plan':
      return [
        'There is no plan ',
        named(refusal.plan),
        ` that you may see.${meant(refusal.nearest)} `,
        code('plans'),
        ' lists them all.',
      ]
    case 'no-such-execution':
      return [
        'There is no run ',
        named(refusal.execution),
        ' that you may see. ',
        code('status'),
        ' shows the runs under way.',
      ]
    case 'no-such-task':
      return [
        'This run has no task ',
        named(refusal.task),
        `.${meant(refusal.nearest)} `,
        code('status'),
        ' shows its tasks.',
      ]
    case 'no-permission':
      return [
        `You may not ${refusal.asked} here: it needs ${roles(refusal.needs)}, and you ${have(refusal.has)}. `,
        'Ask somebody who has it, or an admin to give it to you. Nothing was changed.',
      ]
    case 'not-asked':
      return [
        `Your ${refusal.asked} of `,
        named(refusal.task),
        ' does not count: it takes ',
        ...needsInWords(refusal.needs),
        '. Ask one of them. Nothing was changed.',
      ]
    case 'own-work':
      return [
        `You ${refusal.did === 'started' ? 'started this run' : 'edited this plan last'}, so somebody else has to ${refusal.asked} `,
        named(refusal.task),
        ' (four eyes). Nothing was changed.',
      ]
    case 'already-voted':
      return [
        `Your ${refusal.asked} of `,
        named(refusal.task),
        ' is on record since ',
        clockTime(refusal.at),
        '. It takes more people; its card says whom.',
      ]
    case 'nobody':
      return [
        named(refusal.task),
        ` takes people, and this token belongs to nobody, so its ${refusal.asked} does not count. Give the token an owner in the policy, or decide in chat.`,
      ]
    case 'step-up-needed':
      return [
        `Not recorded yet: to ${refusal.asked} `,
        named(refusal.task),
        ' takes a fresh sign-in. Open this link before ',
        clockTime(refusal.until),
        '; it works once, and for you only. ',
        webLink(refusal.link, `Sign in to ${refusal.asked}`),
      ]
    case 'step-up-impossible':
      return [
        `Nothing was recorded: to ${refusal.asked} `,
        named(refusal.task),
        refusal.lacks === 'set-up'
          ? ' takes a fresh sign-in, and none is set up. An admin has to set PUBLIC_URL and OIDC_ISSUER, or take step_up out of the policy.'
          : ' takes a fresh sign-in, and no address of yours is known to compare it with. An admin has to put one under humans in the policy.',
      ]
    case 'directory-unavailable':
      return [
        `The directory does not answer, so your permission to ${refusal.asked} could not be checked. Nothing was changed; try again in a minute.`,
      ]
    case 'not-allowed':
      return [
        'Cannot ',
        `${refusal.asked} `,
        named(refusal.task),
        `: it is ${STATUS_WORDS[refusal.status]}. `,
        ...possible(refusal.possible),
      ]
    case 'already-decided': {
      const { by, at, event } = refusal.decision
      const did: Rich =
        by.id === asker ? ['You already ', HAVE_DONE[event]] : [who(by), ` already ${HAVE_DONE[event]}`]
      return [
        ...did,
        ' ',
        named(refusal.task),
        ' at ',
        clockTime(at),
        `, so it is ${STATUS_WORDS[refusal.status]}. ${refusal.status === 'FAILED' ? `To ${refusal.asked} it all the same, use its newest card.` : `There is nothing left to ${refusal.asked}; see the thread for how it goes on.`}`,
      ]
    }
    case 'outdated':
      return [
        `Your ${refusal.asked} was for attempt ${refusal.seen} of `,
        named(refusal.task),
        `; by now it is at attempt ${refusal.attempt} and ${STATUS_WORDS[refusal.status]}. Nothing was changed; use its newest card.`,
      ]
    case 'no-such-work':
      if (refusal.candidates.length === 0)
        return [
          'Cannot adopt anything for ',
          named(refusal.task),
          ': it left nothing in AWS that is known of.',
        ]
      return [
        ...(refusal.named
          ? [named(refusal.named), ' is not what was started for ']
          : ['Say which to adopt for ']),
        named(refusal.task),
        `: ${listed(refusal.candidates, 5)}.`,
      ]
    case 'changed-since-shown':
      return [
        named(refusal.subject),
        ' has changed since it was shown to you, so nothing was done. Look at it again and decide anew.',
      ]
    case 'successor-begun':
      return [
        'Cannot retry ',
        named(refusal.task),
        ': ',
        named(refusal.successor),
        `, which comes after it, is ${STATUS_WORDS[refusal.status]} already. Start the plan anew if it must be repeated.`,
      ]
    case 'predecessor-abandoned':
      return [
        'Cannot retry ',
        named(refusal.task),
        ' alone: ',
        named(refusal.predecessor),
        ', which comes before it, was abandoned. Retry that one first.',
      ]
    case 'reason-missing':
      return [
        `To ${refusal.asked} `,
        named(refusal.subject),
        ' needs a reason in words. Add why, for whoever reads it later.',
      ]
    case 'reason-too-long':
      return [
        `The reason has ${refusal.length} characters; at most ${refusal.limit} are kept. Shorten it and try again.`,
      ]
    case 'reason-holds-secret':
      return [
        `The reason seems to hold ${refusal.kind}, so it was not kept. Write it without; if the secret is real, replace it, since you have typed it into a chat.`,
      ]
    case 'execution-ended':
      return [
        `Cannot ${refusal.asked}: the run is over (${RUN_STATUS_WORDS[refusal.status]}). Start the plan anew to go on.`,
      ]
    case 'already-so':
      return [
        `${ALREADY[refusal.state]} already, so there is nothing to do. `,
        code('status'),
        ' shows where it stands.',
      ]
    case 'plan-busy':
      return [
        'The plan ',
        named(refusal.plan),
        ' is already being run: ',
        code(refusal.execution),
        '. Follow that run, or cancel it first.',
      ]
    case 'inputs-missing':
      return [
        'The plan ',
        named(refusal.plan),
        ` cannot start, inputs are missing: ${listed(refusal.missing.map(({ task, inputs }) => `${task} (${inputs.join(', ')})`))}. Add them to the plan and start it again.`,
      ]
    case 'plan-invalid': {
      const problems = refusal.problems.map(({ path, message }) => (path ? `${path}: ${message}` : message))
      return [
        `The plan has ${count(problems.length, 'problem')}. Correct and send it again. ${clip(listed(problems), 1500)}`,
      ]
    }
    case 'confirmation-differs':
      return [
        'Nothing was started: you typed ',
        named(refusal.found),
        ', the plan is called ',
        named(refusal.expected),
        '. Type the name exactly to start it.',
      ]
    case 'busy':
      return [
        `Your ${refusal.asked} was not recorded, because several people decided at the same moment. Look at the card and try again.`,
      ]
  }
}

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

const HAVE_DONE = { ...DONE_WORDS, hold: 'held' } as const

const named = (name: string): Inline => `“${clip(name, 100)}”`

const meant = (names: readonly string[]): string =>
  names.length > 0 ? ` Did you mean ${names.map((name) => `“${clip(name, 100)}”`).join(' or ')}?` : ''

const roles = (names: readonly Role[]): string => `the role ${names.join(' or ')}`

const have = (names: readonly Role[]): string =>
  names.length > 0 ? `have ${names.join(', ')}` : 'have no role for this plan'

const possible = (events: readonly string[]): Rich =>
  events.length > 0
    ? [`What you can ask for now: ${events.join(', ')}.`]
    : ['Wait until it completes, fails or asks for you.']
