import { expect, test } from 'vitest'
import { refusalCard, refusalText } from '../../src/conversation/refusals.ts'
import type { Refusal } from '../../src/domain/refusal.ts'
import { taskId } from '../../src/domain/task.ts'
import { ANN } from './payments.ts'

const task = taskId.parse('dns')
const decided: Refusal = {
  why: 'already-decided',
  task,
  asked: 'reject',
  status: 'COMPLETED',
  decision: { event: 'approve', by: ANN, at: '2026-11-23T14:07:00.000Z' },
}

/** Each reason, the thing its sentence names, and the way out. */
const REFUSALS: { [Why in Refusal['why']]: [Extract<Refusal, { why: Why }>, string, RegExp] } = {
  'no-such-plan': [
    { why: 'no-such-plan', plan: 'paymnts', nearest: ['payments'] },
    'paymnts',
    /mean “payments”/,
  ],
  'no-such-execution': [{ why: 'no-such-execution', execution: '01X' }, '01X', /status/],
  'no-such-task': [{ why: 'no-such-task', task: 'dnss', nearest: ['dns'] }, 'dnss', /mean “dns”/],
  'no-permission': [
    { why: 'no-permission', asked: 'approve', needs: ['approver'], has: [] },
    'approver',
    /Ask/,
  ],
  'not-asked': [
    {
      why: 'not-asked',
      task,
      asked: 'approve',
      needs: [{ count: 2, groups: ['slack:S1'], people: [], emails: [] }],
    },
    '2 of slack:S1',
    /Ask one of them/,
  ],
  'link-needed': [
    {
      why: 'link-needed',
      isDoneThen: true,
      asked: 'approve',
      link: 'https://dr.example.com/decide/abc',
      until: '2026-11-23T14:12:00.000Z',
      because: { why: 'no-permission', asked: 'approve', needs: ['approver'], has: [] },
    },
    'approver',
    /open this link before 14:12[\s\S]*Sign in to link your account: https:\/\/dr\.example\.com\/decide\/abc$/,
  ],
  'own-work': [{ why: 'own-work', task, asked: 'approve', did: 'started' }, 'dns', /somebody else/],
  'already-voted': [
    { why: 'already-voted', task, asked: 'approve', at: '2026-11-23T14:07:00.000Z' },
    '14:07',
    /its card says whom/,
  ],
  nobody: [{ why: 'nobody', task, asked: 'approve' }, 'dns', /Give the token an owner/],
  'step-up-needed': [
    {
      why: 'step-up-needed',
      task,
      asked: 'approve',
      link: 'https://dr.example.com/decide/abc',
      until: '2026-11-23T14:07:00.000Z',
    },
    '14:07',
    /Sign in to approve: https:\/\/dr\.example\.com\/decide\/abc$/,
  ],
  'step-up-impossible': [
    { why: 'step-up-impossible', task, asked: 'approve', lacks: 'set-up' },
    'dns',
    /PUBLIC_URL and OIDC_ISSUER/,
  ],
  'directory-unavailable': [{ why: 'directory-unavailable', asked: 'skip' }, 'skip', /try again/],
  'not-allowed': [
    { why: 'not-allowed', task, asked: 'retry', status: 'IN_PROGRESS', possible: [] },
    'dns',
    /Wait until/,
  ],
  'already-decided': [decided, 'dns', /see the thread/],
  outdated: [
    { why: 'outdated', task, asked: 'retry', seen: 1, attempt: 2, status: 'FAILED' },
    'dns',
    /newest card/,
  ],
  'changed-since-shown': [
    { why: 'changed-since-shown', subject: 'DNS cutover' },
    'DNS cutover',
    /Look at it again/,
  ],
  'no-such-work': [
    { why: 'no-such-work', task, named: 'drsjob-9', candidates: ['drsjob-1', 'drsjob-2'] },
    'drsjob-1, drsjob-2',
    /not what was started/,
  ],
  'successor-begun': [
    { why: 'successor-begun', task, successor: taskId.parse('mail'), status: 'COMPLETED' },
    'mail',
    /Start the plan anew/,
  ],
  'predecessor-abandoned': [
    { why: 'predecessor-abandoned', task, predecessor: taskId.parse('gate') },
    'gate',
    /Retry that one first/,
  ],
  'reason-missing': [{ why: 'reason-missing', asked: 'skip', subject: 'dns' }, 'dns', /Add why/],
  'reason-too-long': [{ why: 'reason-too-long', length: 3001, limit: 3000 }, '3001', /Shorten/],
  'reason-holds-secret': [
    { why: 'reason-holds-secret', kind: 'a Slack token' },
    'a Slack token',
    /Write it without/,
  ],
  'execution-ended': [
    { why: 'execution-ended', status: 'CANCELLED', asked: 'pause' },
    'pause',
    /Start the plan anew/,
  ],
  'already-so': [{ why: 'already-so', state: 'paused' }, 'paused', /status/],
  'plan-busy': [{ why: 'plan-busy', plan: 'payments', execution: '01X' }, '01X', /Follow that run/],
  'inputs-missing': [
    { why: 'inputs-missing', plan: 'payments', missing: [{ task: 'dns', inputs: ['zone'] }] },
    'dns (zone)',
    /Add them/,
  ],
  'plan-invalid': [
    { why: 'plan-invalid', problems: [{ path: 'tasks[0]', message: 'is empty' }] },
    'tasks[0]',
    /Correct/,
  ],
  'confirmation-differs': [
    { why: 'confirmation-differs', expected: 'Payments', found: 'pay' },
    'Payments',
    /Type the name/,
  ],
  busy: [{ why: 'busy', asked: 'approve' }, 'approve', /try again/],
}

test.each(Object.entries(REFUSALS))('%s names the thing and the way out', (_, [refusal, thing, way]) => {
  const text = refusalText(refusal)
  expect(text).toContain(thing)
  expect(text).toMatch(way)
  expect(refusalCard(refusal).text).toBe(text)
})

test('who decided already is told by name, and told "you" when it was oneself', () => {
  expect(refusalText(decided)).toMatch(/^Ann already approved “dns” at 14:07 UTC/)
  expect(refusalText(decided, ANN.id)).toMatch(/^You already approved “dns”/)
})

test('whom no address is known of is told where it belongs', () => {
  expect(refusalText({ why: 'step-up-impossible', task, asked: 'skip', lacks: 'address' })).toMatch(
    /put one under humans/,
  )
})
