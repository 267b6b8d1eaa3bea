import type { Refusal } from '../domain/refusal.ts'
import { plainText } from './as-text.ts'
import type { Card, Rich } from './card.ts'
import { needsInWords } from './gate-in-words.ts'
import { clip, clockTime, code, count, listed, webLink, who } from './in-words.ts'
import { say } from './words/index.ts'

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
  const { core, refusals: words } = say()
  switch (refusal.why) {
    case 'no-such-plan':
      return words['no-such-plan'](short(refusal.plan), refusal.nearest.map(short), code('plans'))
    case 'no-such-execution':
      return words['no-such-execution'](short(refusal.execution), code('status'))
    case 'no-such-task':
      return words['no-such-task'](short(refusal.task), refusal.nearest.map(short), code('status'))
    case 'no-permission':
      return [words['no-permission'](refusal.asked, refusal.needs, refusal.has)]
    case 'not-asked':
      return words['not-asked'](refusal.asked, short(refusal.task), needsInWords(refusal.needs))
    case 'own-work':
      return [words['own-work'][refusal.did](refusal.asked, short(refusal.task))]
    case 'already-voted':
      return words['already-voted'](refusal.asked, short(refusal.task), clockTime(refusal.at))
    case 'nobody':
      return [words.nobody(refusal.asked, short(refusal.task))]
    case 'step-up-needed': {
      const signIn = webLink(refusal.link, words.signInTo(refusal.asked))
      return words['step-up-needed'](refusal.asked, short(refusal.task), clockTime(refusal.until), signIn)
    }
    case 'link-needed': {
      const { asked, because, link, until, isDoneThen } = refusal
      return words['link-needed'](
        said(because, asker),
        clockTime(until),
        isDoneThen ? words.doneThen(asked) : words.askedAgain,
        webLink(link, words.linkAccount),
      )
    }
    case 'step-up-impossible':
      return [words['step-up-impossible'][refusal.lacks](refusal.asked, short(refusal.task))]
    case 'directory-unavailable':
      return [words['directory-unavailable'](refusal.asked)]
    case 'not-allowed': {
      const { asked, task, status, possible } = refusal
      return [words['not-allowed'](asked, short(task), core.status[status], possible)]
    }
    case 'already-decided':
      return alreadyDecided(refusal, asker)
    case 'outdated': {
      const { asked, seen, task, attempt, status } = refusal
      return [words.outdated(asked, seen, short(task), attempt, core.status[status])]
    }
    case 'no-such-work': {
      const { candidates, named } = refusal
      const task = short(refusal.task)
      if (candidates.length === 0) return [words['no-such-work'].none(task)]
      return [
        named
          ? words['no-such-work'].notThat(short(named), task, listed(candidates, 5))
          : words['no-such-work'].which(task, listed(candidates, 5)),
      ]
    }
    case 'changed-since-shown':
      return [words['changed-since-shown'](short(refusal.subject))]
    case 'successor-begun': {
      const { task, successor, status } = refusal
      return [words['successor-begun'](short(task), short(successor), core.status[status])]
    }
    case 'predecessor-abandoned':
      return [words['predecessor-abandoned'](short(refusal.task), short(refusal.predecessor))]
    case 'reason-missing':
      return [words['reason-missing'](refusal.asked, short(refusal.subject))]
    case 'reason-too-long':
      return [words['reason-too-long'](refusal.length, refusal.limit)]
    case 'reason-holds-secret':
      return [words['reason-holds-secret'](refusal.kind)]
    case 'execution-ended':
      return [words['execution-ended'](refusal.asked, core.runStatus[refusal.status])]
    case 'already-so':
      return words['already-so'](refusal.state, code('status'))
    case 'plan-busy':
      return words['plan-busy'](short(refusal.plan), code(refusal.execution))
    case 'inputs-missing': {
      const missing = refusal.missing.map(({ task, inputs }) => `${task} (${inputs.join(', ')})`)
      return [words['inputs-missing'](short(refusal.plan), listed(missing))]
    }
    case 'plan-invalid': {
      const problems = refusal.problems.map(({ path, message }) => (path ? `${path}: ${message}` : message))
      return [words['plan-invalid'](count(problems.length, 'problem'), clip(listed(problems), 1500))]
    }
    case 'confirmation-differs':
      return [words['confirmation-differs'](short(refusal.found), short(refusal.expected))]
    case 'busy':
      return [words.busy(refusal.asked)]
  }
}

function alreadyDecided(
  { asked, task, status, decision: { by, at, event } }: Extract<Refusal, { why: 'already-decided' }>,
  asker: string | undefined,
): Rich {
  const { core, refusals } = say()
  const words = refusals['already-decided']
  const name = short(task)
  return [
    ...(by.id === asker
      ? words.byYou(event, name, clockTime(at))
      : words.by(who(by), event, name, clockTime(at))),
    status === 'FAILED'
      ? words.onNewestCard(asked, core.status[status])
      : words.nothingLeft(asked, core.status[status]),
  ]
}

const short = (name: string): string => clip(name, 100)
