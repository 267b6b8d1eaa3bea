import { z } from 'zod'
import type { Target } from '../../ports/aws.ts'

/** Where a task's calls go; without them, to the Region and the account that Lifeboat itself is set to. */
export const targetInputs = {
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'expected a Region such as us-west-2')
    .optional(),
  role_arn: z
    .string()
    .regex(
      /^arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
      'expected the ARN of one role such as arn:aws:iam::111122223333:role/LifeboatRecovery',
    )
    .optional(),
  external_id_secret: z
    .string()
    .regex(
      /^[\w/+=.@-]{1,512}$/,
      'expected the name of a secret in Secrets Manager, not the external id itself',
    )
    .optional(),
}

interface TargetInputs {
  readonly region?: string | undefined
  readonly role_arn?: string | undefined
  readonly external_id_secret?: string | undefined
}

export const targetOf = ({ region, role_arn, external_id_secret }: TargetInputs): Target => ({
  region,
  roleArn: role_arn,
  externalIdSecret: external_id_secret,
})
