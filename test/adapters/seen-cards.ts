import { briefCard } from '../../src/conversation/brief-card.ts'
import type { Card } from '../../src/conversation/card.ts'
import { catchUpCard } from '../../src/conversation/catch-up-card.ts'
import { formCard } from '../../src/conversation/command-buttons.ts'
import { attemptCard } from '../../src/conversation/decided-card.ts'
import { askingOf } from '../../src/conversation/gate-in-words.ts'
import { headlineCard } from '../../src/conversation/headline-card.ts'
import { helpCard, nothingRunsCard, noticeCard, unclearCard } from '../../src/conversation/help-card.ts'
import { type Home, homeCard } from '../../src/conversation/home-card.ts'
import { outcomeCard } from '../../src/conversation/outcome-card.ts'
import { pendingCard } from '../../src/conversation/pending-card.ts'
import { pickerCard } from '../../src/conversation/picker-card.ts'
import { planCard } from '../../src/conversation/plan-card.ts'
import { plansCard } from '../../src/conversation/plans-card.ts'
import { refusalCard } from '../../src/conversation/refusals.ts'
import {
  recordedCard,
  type SignInEnd,
  signInCard,
  signInEndCard,
} from '../../src/conversation/sign-in-cards.ts'
import { linesFor } from '../../src/conversation/thread-line.ts'
import { unreachableCard } from '../../src/conversation/unreachable-card.ts'
import { dutiesCard, roomNoticeCard, warRoomCard } from '../../src/conversation/war-room-card.ts'
import { whoCard } from '../../src/conversation/who-card.ts'
import { whyCard } from '../../src/conversation/why-card.ts'
import { say } from '../../src/conversation/words/index.ts'
import { executionId } from '../../src/domain/execution.ts'
import { requirementFor } from '../../src/domain/gate-rules.ts'
import { policySchema } from '../../src/domain/permission.ts'
import { shownDecision } from '../../src/domain/step-up.ts'
import { sampleRun } from '../conversation/estates.ts'
import { ANN, after, atGate, begun, failedDns, moved, PLAN, the } from '../conversation/payments.ts'
import { REFUSALS } from './seen-refusals.ts'

const NOW = new Date('2026-11-23T14:10:00.000Z')
const at = NOW.toISOString()
const gate = atGate()
const failed = failedDns()
const nasty = failedDns('*DNS* <at>Ann</at> [cutover](https://evil.example) {{TIME(2026-01-01T00:00:00Z)}}')
const ended = after(
  failed,
  ['dns', 'skip', 12, { reason: 'by hand, see <the log> & *ask* Ann_B' }],
  ['mail', 'start', 12],
  ['mail', 'complete', 40],
)
const abandoned = after(failed, ['dns', 'abandon', 12, { reason: 'no' }], ['mail', 'cascade', 12])
const rejected = after(gate, [
  'gate',
  'reject',
  8,
  { reason: 'not yet', failure: { kind: 'rejected', message: 'not yet' } },
])
const expired = after(gate, [
  'gate',
  'expire',
  8,
  { failure: { kind: 'expired', message: 'Nobody decided.' } },
])
const retried = after(rejected, ['gate', 'retry', 9], ['gate', 'askApproval', 9])
const unknown = after(
  begun('drill'),
  ['servers', 'start', 0],
  [
    'servers',
    'fail',
    2,
    { failure: { kind: 'unknown', message: 'Started twice?', candidates: [['drsjob-1'], ['drsjob-2']] } },
  ],
)

const policy = policySchema.parse({
  bindings: [{ role: 'approver', groups: ['slack:S1'], people: ['slack:U1'] }],
  approvals: [
    { needs: [{ count: 2, groups: ['slack:S1'] }, { people: ['slack:U1'] }], four_eyes: true, step_up: true },
  ],
})
const strict = askingOf(policy, gate, the(gate, 'gate'), 'slack')
const requirement = requirementFor(policy.approvals, {
  plan: 'payments',
  id: the(gate, 'gate').id,
  mode: 'recovery',
})

const ticket = {
  ...shownDecision(gate, the(gate, 'gate'), 'approve', { task: the(gate, 'gate').id, asks: 'approve' }),
  actor: ANN,
  human: 'ann@example.com',
  reason: 'all is quiet',
  expiresAt: at,
}

const channel = { platform: 'slack', id: 'C1', name: 'dr-real-20261123-payments-1run' }
const standing = { channel, isArchived: false, troubles: ['The headline is not pinned.'] }
const asked = { by: ANN, at }

const records = [
  moved(gate, 'gate', 'approve', 7, { reason: 'looks good' }).record,
  moved(failed, 'dns', 'skip', 12, { reason: 'by hand' }).record,
]

const caughtUp = catchUpCard(records, failed, { now: NOW, isFirst: false })
const busy: Home = {
  waiting: [
    { execution: gate, tasks: [the(gate, 'gate')] },
    { execution: { ...failed, id: executionId.parse('01OTHER') }, tasks: [the(failed, 'dns')] },
  ],
  running: [gate, failed],
  plans: [{ plan: PLAN }, { plan: { ...PLAN, id: 'ledger', name: 'Ledger' } }],
  recent: [ended],
}

const threadCards = records.flatMap((record) =>
  linesFor([record], failed).map((line): [string, Card] => [
    `thread, version ${record.version}`,
    { text: 'line', tone: 'neutral', blocks: [{ kind: 'text', text: line }] },
  ]),
)

const card = (run: typeof gate, task: string, attempt = 1, asking?: typeof strict): Card =>
  attemptCard(run, the(run, task), attempt, asking)

/** The cards that people see, made as the app makes them. */
export const SEEN: readonly (readonly [name: string, card: Card])[] = [
  ['approval', card(gate, 'gate')],
  ['approval by several, with four eyes and a sign-in', card(gate, 'gate', 1, strict)],
  ['failure', card(failed, 'dns')],
  ['failure of a task with a forging name', card(nasty, 'dns')],
  ['failure with work to adopt', card(unknown, 'servers')],
  ['approved', card(failed, 'gate')],
  ['skipped', card(ended, 'dns')],
  ['abandoned', card(abandoned, 'dns')],
  ['abandoned with what was before it', card(abandoned, 'mail')],
  ['rejected', card(rejected, 'gate')],
  ['expired', card(expired, 'gate')],
  ['attempt that is over', card(retried, 'gate')],
  ['headline', headlineCard(gate, NOW)],
  ['headline of a drill', headlineCard(begun('drill'), NOW)],
  ['headline of a failure', headlineCard(failed, NOW)],
  ['headline, paused', headlineCard({ ...gate, paused: { ...asked, reason: 'wait for Bob' } }, NOW)],
  ['headline, cancelling', headlineCard({ ...gate, cancelled: asked }, NOW)],
  ['headline at the end', headlineCard(ended, NOW)],
  ['headline of a larger plan', headlineCard(sampleRun('storefront'), NOW)],
  ['outcome', outcomeCard(ended)],
  ['outcome, incomplete', outcomeCard(abandoned)],
  [
    'pending',
    pendingCard([
      { execution: gate, task: the(gate, 'gate'), isMine: true },
      { execution: failed, task: the(failed, 'dns'), isMine: false },
    ]),
  ],
  ['pending, nothing', pendingCard([])],
  ['plan', planCard({ ...PLAN, description: 'Moves *all* payments.', warnings: ['Slow.'] }, new Map())],
  ['plan without its inputs', planCard({ ...PLAN, missing: [{ task: 'dns', inputs: ['zone'] }] }, new Map())],
  ['plans', plansCard([PLAN, { ...PLAN, id: 'ledger', name: 'Ledger' }])],
  ['plans, none', plansCard([])],
  ['help', helpCard()],
  ['unclear', unclearCard({ kind: 'unclear', say: 'What is “frob”?', try: ['help', 'status'] })],
  ['nothing runs', nothingRunsCard()],
  ['notice', noticeCard('Started.', 'good')],
  [
    'who',
    whoCard(
      { ...gate, roles: { commander: ANN } },
      { onCall: [{ id: 'slack:U1', name: 'Ann', state: 'active' }], operators: [], approvers: undefined },
    ),
  ],
  [
    'why',
    whyCard(gate, the(gate, 'gate'), {
      requirement,
      no: ['you started this run'],
      people: { all: ['Ann', 'Bob'], active: ['Bob'] },
    }),
  ],
  ['home', homeCard(busy)],
  ['home, empty', homeCard({ waiting: [], running: [], plans: [], recent: [] })],
  ['picker', pickerCard(busy)],
  ['picker, empty', pickerCard({ waiting: [], running: [], plans: [] })],
  ['war room', warRoomCard({ ...gate, roles: { commander: ANN } }, standing)],
  ['war room, closed', warRoomCard({ ...ended, room: { opened: asked, closed: asked } }, standing)],
  ['where the war room is', roomNoticeCard(standing)],
  ['duties', dutiesCard(gate, 'commander')],
  ['brief', briefCard({ ...failed, roles: { scribe: ANN } })],
  ...(caughtUp ? [['catch-up', caughtUp] as const] : []),
  ['unreachable', unreachableCard(gate, { platform: 'slack', channel: 'C1' }, 'It is archived.', at)],
  ['form to open', formCard({ title: 'Start drill', submit: 'Start drill' }, 'drill payments')],
  ['sign-in', signInCard(gate, the(gate, 'gate'), ticket)],
  ['sign-in, break glass', signInCard(gate, the(gate, 'gate'), { ...ticket, breakGlass: true })],
  ['sign-in, recorded', recordedCard(failed, the(failed, 'gate'), ticket)],
  ...(Object.keys(say().notices.signIn.ends) as SignInEnd[]).map(
    (end) => [`sign-in ends: ${end}`, signInEndCard(end)] as const,
  ),
  ...threadCards,
  ...Object.values(REFUSALS).map((one) => [`refusal: ${one.why}`, refusalCard(one)] as const),
]

/** The same card about people of that platform. */
export const withPeopleOf = (platform: 'slack' | 'teams', seen: Card): Card =>
  JSON.parse(JSON.stringify(seen), (_, value) =>
    value?.kind === 'person'
      ? { ...value, id: platform === 'slack' ? 'slack:U0ANN' : `teams:${ANNS_ID}` }
      : value,
  )

export const ANNS_ID = '8f4b0c2a-1111-4222-8333-0123456789ab'
