import type { Refusal } from '../../src/domain/refusal.ts'
import { taskId } from '../../src/domain/task.ts'
import { ANN } from '../conversation/payments.ts'

const task = taskId.parse('dns')
const at = '2026-11-23T14:07:00.000Z'
const needs = [
  { count: 2, groups: ['slack:S1'], people: [], emails: [] },
  { count: 1, groups: [], people: [ANN.id], emails: [] },
]

/** Every way to say no. */
export const REFUSALS: { readonly [Why in Refusal['why']]: Extract<Refusal, { why: Why }> } = {
  'no-such-plan': { why: 'no-such-plan', plan: 'paymnts', nearest: ['payments'] },
  'no-such-execution': { why: 'no-such-execution', execution: '01X' },
  'no-such-task': { why: 'no-such-task', task: 'dnss', nearest: ['dns'] },
  'no-permission': { why: 'no-permission', asked: 'approve', needs: ['approver'], has: [] },
  'not-asked': { why: 'not-asked', task, asked: 'approve', needs },
  'own-work': { why: 'own-work', task, asked: 'approve', did: 'started' },
  'already-voted': { why: 'already-voted', task, asked: 'approve', at },
  nobody: { why: 'nobody', task, asked: 'approve' },
  'step-up-needed': {
    why: 'step-up-needed',
    task,
    asked: 'approve',
    link: 'https://dr.example.com/decide/abc?a=1&b=2',
    until: at,
  },
  'link-needed': {
    why: 'link-needed',
    isDoneThen: true,
    asked: 'approve',
    link: 'https://dr.example.com/decide/abc?a=1&b=2',
    until: at,
    because: { why: 'no-permission', asked: 'approve', needs: ['approver'], has: [] },
  },
  'step-up-impossible': { why: 'step-up-impossible', task, asked: 'approve', lacks: 'set-up' },
  'directory-unavailable': { why: 'directory-unavailable', asked: 'skip' },
  'not-allowed': { why: 'not-allowed', task, asked: 'retry', status: 'IN_PROGRESS', possible: [] },
  'already-decided': {
    why: 'already-decided',
    task,
    asked: 'reject',
    status: 'COMPLETED',
    decision: { event: 'approve', by: ANN, at },
  },
  outdated: { why: 'outdated', task, asked: 'retry', seen: 1, attempt: 2, status: 'FAILED' },
  'changed-since-shown': { why: 'changed-since-shown', subject: 'DNS cutover' },
  'no-such-work': { why: 'no-such-work', task, named: 'drsjob-9', candidates: ['drsjob-1', 'drsjob-2'] },
  'successor-begun': { why: 'successor-begun', task, successor: taskId.parse('mail'), status: 'COMPLETED' },
  'predecessor-abandoned': { why: 'predecessor-abandoned', task, predecessor: taskId.parse('gate') },
  'reason-missing': { why: 'reason-missing', asked: 'skip', subject: 'dns' },
  'reason-too-long': { why: 'reason-too-long', length: 3001, limit: 3000 },
  'reason-holds-secret': { why: 'reason-holds-secret', kind: 'a Slack token' },
  'execution-ended': { why: 'execution-ended', status: 'CANCELLED', asked: 'pause' },
  'already-so': { why: 'already-so', state: 'paused' },
  'plan-busy': { why: 'plan-busy', plan: 'payments', execution: '01X' },
  'inputs-missing': { why: 'inputs-missing', plan: 'payments', missing: [{ task: 'dns', inputs: ['zone'] }] },
  'plan-invalid': { why: 'plan-invalid', problems: [{ path: 'tasks[0]', message: 'is empty' }] },
  'confirmation-differs': { why: 'confirmation-differs', expected: 'Payments', found: 'pay' },
  busy: { why: 'busy', asked: 'approve' },
}
