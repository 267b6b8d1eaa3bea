import { expect, test } from 'vitest'
import { approversOf } from '../../src/conversation/approval-card.ts'
import { asText, plainText } from '../../src/conversation/as-text.ts'
import { attemptCard } from '../../src/conversation/decided-card.ts'
import { policySchema } from '../../src/domain/permission.ts'
import { atGate, the } from './payments.ts'

test.each<[string, object[], string]>([
  ['a group', [{ groups: ['slack:S1'], people: ['slack:U1'] }], 'slack:S1'],
  ['people where there is no group', [{ people: ['slack:U1', 'slack:U2'] }], 'slack:U1, slack:U2'],
  [
    'three of many groups',
    [{ groups: ['slack:S1', 'slack:S2'] }, { groups: ['slack:S2', 'slack:S3', 'slack:S4', 'slack:S5'] }],
    'slack:S1, slack:S2, slack:S3 and 2 more',
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
  const approvers = approversOf(policy, 'payments', 'slack')
  expect(plainText(approvers)).toBe(names)
  const run = atGate()
  expect(asText(attemptCard(run, the(run, 'gate'), 1, approvers))).toContain(`Needs an approver: ${names}.`)
})
