import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/**
 * The rules of deciding in chat, and the mistakes that others made, each with the tests that would fail without it: file and
 * the words of the test's name. A row whose test is renamed or deleted fails here.
 */
const SHOWN: { readonly [rule: string]: readonly (readonly [file: string, words: string])[] } = {
  'rule 1: the decision is one conditional write, and cards are projections of it': [
    ['hands/hands.test.ts', 'of fifty who decide about one card at once one wins'],
    ['engine/voting.test.ts', 'two who press at the same moment are both counted, and it opens once'],
  ],
  'rule 2: whoever decides is authorised when it is saved': [
    ['engine/engine.test.ts', 'whoever loses their role while somebody else saves first is refused'],
    ['engine/voting.test.ts', 'the vote of somebody who has left since counts no more'],
  ],
  'rule 3: a decision counts for exactly what was shown': [
    ['engine/voting.test.ts', 'a vote counts for exactly what was shown'],
    ['engine/engine.test.ts', 'a plan that was changed since its preview is not started'],
  ],
  'rule 4: the card is locked at once': [
    [
      'adapters/slack/platform.test.ts',
      'a pressed card loses its buttons, and is to be painted as it stands',
    ],
  ],
  'rule 5: what is recorded has a receipt, the same everywhere': [
    ['engine/voting.test.ts', 'card, API and report name a vote and a decision by the same receipt'],
    ['conversation/cards.test.ts', 'an approved card has no buttons and says who, when, why and its receipt'],
  ],
  'rule 6: four eyes, several people, one human one vote': [
    ['engine/voting.test.ts', 'whoever started the run does not decide, nor whoever edited its plan last'],
    ['engine/voting.test.ts', 'takes two people, though one is in both'],
    ['domain/ballot.test.ts', 'exactly when there is some way to seat them'],
  ],
  'rule 7: what cannot be undone takes a fresh sign-in': [
    [
      'engine/step-up.test.ts',
      'is not decided without a sign-in: the answer is a link, and nothing is recorded',
    ],
    ['engine/step-up.test.ts', 'opens with a fresh proof of exactly this'],
  ],
  'rule 8: outcomes of silence are told apart, and silence never approves': [
    ['conversation/cards.test.ts', 'rejected, expired and superseded are told apart'],
    ['domain/ballot.test.ts', 'never approves by silence: there is no such setting'],
  ],
  'rule 9: the ladder follows the slack of the objective': [
    ['domain/escalation.test.ts', 'is asked for sooner the less it can wait before the objective is missed'],
    [
      'engine/tell-thread.test.ts',
      'is sent to whoever is on call and may decide, then to everybody who may, each once',
    ],
  ],
  'rule 10: what takes something away asks why, and says what it will do': [
    ['domain/preview.test.ts', 'what the preview of a decision says is what then happens'],
    ['conversation/cards.test.ts', 'a label ends in … exactly where a reason is asked for'],
  ],
  'rule 11: a real start shows a preview and asks for the plan’s name and the Region': [
    [
      'conversation/cards.test.ts',
      'a real failover asks for the plan’s name and its Region, a drill does not',
    ],
  ],
  'rule 12: REAL and DRILL cannot be confused': [
    [
      'conversation/room-cards.test.ts',
      'a room’s name tells mode, day, plan and run, the same each time, in what every chat takes',
    ],
    ['adapters/http/step-up-page.test.ts', 'REAL and DRILL differ in words and in colour'],
  ],
  'rule 13: one headline, one thread, and progress in its own time': [
    ['engine/tell-thread.test.ts', 'is told once in so many seconds, with the headline'],
    ['engine/tell-thread.test.ts', 'many failures at once open few cards'],
  ],
  'rule 14: at most three buttons side by side, and only what the table allows': [
    ['conversation/cards.test.ts', 'offers only what the table allows, at most three side by side'],
  ],
  'rule 15: a refusal names the thing and the way out': [
    ['conversation/refusals.test.ts', 'names the thing and the way out'],
    ['engine/explain.test.ts', 'says why you may not, in the words of the refusal'],
    ['engine/who-may.test.ts', 'whoever may not is told who may, those on call first'],
  ],
  'rule 16: an account is linked on the way, and what was wanted is then done': [
    ['adapters/http/link.test.ts', 'their account is linked, and what they asked for is done'],
    ['adapters/http/link.test.ts', 'a link that is passed on gives nobody a second voice'],
    ['adapters/http/link.test.ts', 'it is good for five minutes'],
  ],
  'rule 17: every card shows the decision, wherever it stands': [
    [
      'engine/tell-thread.test.ts',
      'shows the decision on every card once it is made, those sent to people too',
    ],
  ],
  'rule 18: the war room is made in steps that no failure stops': [
    ['engine/room.test.ts', 'that cannot be made holds up neither the run nor its thread'],
    ['engine/room.test.ts', 'goes on after a long outage; the line about it goes when it is over'],
  ],
  'rule 19: objective, forecast and the time people were waited for': [
    [
      'domain/forecast.test.ts',
      'counts a gate while it asks and a failure while it stands, and overlaps once',
    ],
    [
      'conversation/cards.test.ts',
      'the headline says mode, state, progress, who is waited for and the objective',
    ],
  ],
  'rule 20: roles and who is on call': [
    ['domain/talk.test.ts', 'one at a time, handed over and given back'],
    ['engine/explain.test.ts', 'who says who leads, who is on call and who may decide'],
  ],
  'rule 21: the report is made of the records': [
    ['scenarios/api.test.ts', 'the report of a run is made of all its records, up to the last decision'],
  ],
  'rule 22: who joins late is briefed from the state': [
    ['scenarios/war-room.test.ts', 'it comes about, is joined late, is led, keeps notes, and is closed'],
  ],
  'rule 23: lanes, and the pace of the platform': [
    ['adapters/outbox/outbox.test.ts', 'are sent by their lane, and within a lane the oldest first'],
    ['adapters/outbox/outbox.test.ts', 'shuts its channel until the time it names, and no other'],
  ],
  'rule 24: a small grammar, and the nearest words for others': [
    ['conversation/commands.test.ts', 'does nothing, and says why and what would work'],
  ],
  'rule 25: the audit can be exported and verified': [
    [
      'apps/audit.test.ts',
      'a report is compared with the records it was made of, and each field that differs is named',
    ],
  ],
  'mistake 1: authorised at the click, not at the save': [
    ['engine/voting.test.ts', 'somebody who lost the group between pressing and saving is refused'],
  ],
  'mistake 2: the decision names the wrong person': [
    ['engine/voting.test.ts', 'waits for the second, then opens, and both are on record with a receipt'],
  ],
  'mistake 3: a way ends without a word': [
    ['adapters/http/step-up.test.ts', 'a cancelled sign-in, which leads back to the decision'],
    ['engine/step-up.test.ts', 'with nowhere to sign in, the gate is refused with what an admin has to set'],
  ],
  'mistake 4: a request waits for a person': [
    [
      'engine/step-up.test.ts',
      'is not decided without a sign-in: the answer is a link, and nothing is recorded',
    ],
  ],
  'mistake 5: one workspace gets what was meant for another': [
    [
      'scenarios/pressed-cards.test.ts',
      'what another workspace or another app is sent is not done, though it is signed',
    ],
  ],
  'mistake 6: an old signed message is taken': [
    ['adapters/slack/platform.test.ts', '301 seconds old'],
    ['adapters/slack/platform.test.ts', 'the same request again is done once'],
  ],
  'mistake 7: an unknown person is let in': [
    ['engine/voting.test.ts', 'nothing is recorded while the directory does not answer'],
  ],
  'mistake 8: a refusal is not delivered': [
    ['scenarios/pressed-cards.test.ts', 'a forbidden click gives the card its buttons back'],
  ],
  'mistake 9: what was asked is gone after a restart': [
    [
      'adapters/http/step-up.test.ts',
      'survives a restart between the question and the answer, and one in the middle of the sign-in',
    ],
  ],
  'mistake 10: two answers at once are both taken': [
    ['scenarios/decisions.test.ts', 'one approves while another rejects: one of them wins'],
  ],
  'mistake 11: what is over ends again': [
    ['domain/talk.test.ts', 'is opened once, closed once, and may be opened again'],
  ],
  'mistake 12: a setting that nothing reads': [
    ['domain/advance.test.ts', 'expires an approval that nobody decided, and that is no rejection'],
    ['engine/voting.test.ts', 'holds a real failover: the gate has expired, and people decide'],
  ],
  'mistake 13: a late tick reminds not at all, or three times': [
    ['domain/escalation.test.ts', 'is not asked for three times at once after an outage of ours'],
  ],
  'mistake 14: what is known of a person is kept for ever': [
    ['adapters/slack/ports.test.ts', 'an answer of the directory serves for a minute, and no longer'],
  ],
  'mistake 15: opening a link decides': [
    [
      'adapters/http/step-up.test.ts',
      'whoever opens a link, however often and by whatever method reads, changes nothing',
    ],
  ],
}

const text = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')

test.each(Object.entries(SHOWN))('%s', (_rule, tests) => {
  for (const [file, words] of tests) expect(text(file), file).toContain(words)
})
