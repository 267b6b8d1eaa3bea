import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const secretsSchema = z.object({ signingSecret: z.string(), botToken: z.string(), apiToken: z.string() })
export type PracticeSecrets = z.infer<typeof secretsSchema>

/** The practice ground's own secrets: made once, kept in its folder, worth nothing anywhere else. */
export function practiceSecrets(file: string): PracticeSecrets {
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!missing)
      throw new Error(`${file} is damaged. Delete the folder it is in to start anew.`, { cause: error })
  }
  const random = () => randomBytes(18).toString('hex')
  const made = {
    signingSecret: random(),
    botToken: `xoxb-practice-${random()}`,
    apiToken: `practice-${random()}`,
  }
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 })
  return made
}
