import { expect, test } from 'vitest'
import { asText } from '../../src/conversation/as-text.ts'
import { attemptCard } from '../../src/conversation/decided-card.ts'
import { askingOf } from '../../src/conversation/gate-in-words.ts'
import { policySchema } from '../../src/domain/permission.ts'
import { atGate, the } from './payments.ts'

test.each<[string, object[], string]>([
  ['a group', [{ groups: ['slack:S1'], people: ['slack:U1'] }], 'one of slack:S1'],
  ['people where there is no group', [{ people: ['slack:U1', 'slack:U2'] }], 'one of slack:U1, slack:U2'],
  [
    'three of many groups',
    [{ groups: ['slack:S1', 'slack:S2'] }, { groups: ['slack:S2', 'slack:S3', 'slack:S4', 'slack:S5'] }],
    'one of slack:S1, slack:S2, slack:S3 and 2 more',
  ],
  [
    'nobody who is known by address alone',
    [{ emails: ['ada@example.com'] }],
    'anyone with the approver role',
  ],
  [
    'nobody of another platform, plan or role',
    [
      { groups: ['teams:G1'] },
      { groups: ['slack:S1'], plans: ['other'] },
      { role: 'admin', groups: ['slack:S2'] },
    ],
    'anyone with the approver role',
  ],
])('an approval mentions %s', (_, bindings, names) => {
  const policy = policySchema.parse({ bindings: bindings.map((one) => ({ role: 'approver', ...one })) })
  const run = atGate()
  const gate = the(run, 'gate')
  expect(asText(attemptCard(run, gate, 1, askingOf(policy, run, gate, 'slack')))).toContain(`Needs ${names}.`)
})

test.each<[string, object, string]>([
  ['several of one group', { needs: [{ count: 2, groups: ['slack:S1'] }] }, '2 of slack:S1'],
  [
    'some of each group',
    { needs: [{ groups: ['slack:S1'] }, { groups: ['slack:S2'] }, { count: 2 }] },
    'one of slack:S1, one of slack:S2 and 2 people with the approver role',
  ],
  [
    'those known by address alone',
    { needs: [{ emails: ['dba@example.com'] }] },
    '1 that the policy names by address',
  ],
])('a rule that takes %s is said in words', (_, rule, words) => {
  const policy = policySchema.parse({ bindings: [], approvals: [rule] })
  const run = atGate()
  const gate = the(run, 'gate')
  expect(asText(attemptCard(run, gate, 1, askingOf(policy, run, gate, 'slack')))).toContain(`Needs ${words}.`)
})

test('four eyes are announced before anybody tries', () => {
  const policy = policySchema.parse({ bindings: [], approvals: [{ four_eyes: true }] })
  const run = atGate()
  const gate = the(run, 'gate')
  const text = asText(attemptCard(run, gate, 1, askingOf(policy, run, gate, 'slack')))
  expect(text).toContain('Not whoever started the run or edited its plan last.')
})
