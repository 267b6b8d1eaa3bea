import { type Policy, policySchema } from '../../domain/permission.ts'
import type { Problem } from '../../domain/problem.ts'
import { schemaProblems } from '../../domain/schema-problems.ts'
import { readDataFile } from './data-file.ts'

export type PolicyFile =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }

/** Who may do what, from its file. */
export function readPolicyFile(text: string | Buffer, name: string): PolicyFile {
  const file = readDataFile(text, name)
  if (file.kind === 'invalid') return file
  const read = policySchema.safeParse(file.document)
  if (read.success) return { kind: 'policy', policy: read.data }
  return { kind: 'invalid', problems: schemaProblems(policySchema, file.document, read.error.issues) }
}
