import { expect, test } from 'vitest'
import { readPolicyFile } from '../../../src/adapters/files/policy-file.ts'

test('a policy file gives the policy', () => {
  expect(readPolicyFile('bindings:\n  - { role: operator, people: ["slack:U1"] }', 'policy.yaml')).toEqual({
    kind: 'policy',
    policy: {
      bindings: [{ role: 'operator', people: ['slack:U1'], groups: [], emails: [] }],
      api_tokens: [],
      approvals: [],
      humans: [],
      on_call: [],
    },
  })
})

test('a policy file is refused with every problem, by field', () => {
  const text = 'bindings:\n  - { role: oprator, peple: [] }\n  - { role: admin, people: [U1] }\n'
  const read = readPolicyFile(text, 'policy.yaml')
  expect(read).toMatchObject({
    kind: 'invalid',
    problems: [
      { path: 'bindings[0].role', message: expect.stringContaining('found "oprator"') },
      { path: 'bindings[0].peple', message: 'Unknown field "peple". Did you mean "people"?' },
      { path: 'bindings[1].people[0]', message: 'Write it as "slack:U0123"; found "U1".' },
    ],
  })
  expect(readPolicyFile('', 'policy.yaml')).toMatchObject({ kind: 'invalid' })
})
