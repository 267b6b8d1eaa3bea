import { z } from 'zod'

/** Temporary keys that STS gave out. They live in the clock's time, for the clients that use them do so too. */
export const sessionSchema = z.object({
  accessKey: z.string(),
  secretKey: z.string(),
  token: z.string(),
  account: z.string(),
  /** Of the assumed role: arn:aws:sts::…:assumed-role/<role>/<session name>. */
  arn: z.string(),
  roleId: z.string(),
  expiresAt: z.string(),
})

export type Session = z.output<typeof sessionSchema>
