import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPolicyFile } from '../../src/adapters/files/policy-file.ts'
import { gateRule } from '../../src/domain/gate-rules.ts'
import { policySchema, ROLES } from '../../src/domain/permission.ts'

const words = readFileSync(new URL('../../src/domain/README.md', import.meta.url), 'utf8')
const [, sample = ''] = /```yaml\n([\s\S]*?)```/.exec(words) ?? []

test('the policy that the words show is a policy, and shows every field that there is', () => {
  const read = readPolicyFile(sample, 'README.md')
  expect(read).toMatchObject({ kind: 'policy' })
  const fields = [...Object.keys(policySchema.shape), ...Object.keys(gateRule.shape)]
  for (const field of fields) expect(sample, field).toMatch(new RegExp(`\\b${field}:`))
})

test('the words say of each role what it may', () => {
  const rows = [...words.matchAll(/^\| (\w+) \| /gm)].map(([, name]) => name)
  expect(rows.filter((name) => name !== 'role')).toEqual([...ROLES])
})
