import type { AssumeRoleResponse, GetCallerIdentityResponse } from '@aws-sdk/client-sts'
import { z } from 'zod'
import { idOf, newId } from '../identity.ts'
import { type Context, operation } from '../operation.ts'
import { query } from '../protocols/query.ts'
import { type AwsRefusal, refuse } from '../refusal.ts'
import type { AwsApi } from './api.ts'

const assumeRoleInput = z.strictObject({
  RoleArn: z.string().regex(/^arn:aws:iam::\d{12}:role\/.+$/),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  ExternalId: z.string().optional(),
  Tags: z.unknown().optional(),
  SourceIdentity: z.string().optional(),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3_600),
})

/** AWS limits a role that is assumed with a role's keys to one hour. */
const CHAINED_SESSION_SECONDS = 3_600

function assumeRole(
  input: z.output<typeof assumeRoleInput>,
  context: Context,
): AssumeRoleResponse | AwsRefusal {
  const { world, estate, now, caller } = context
  const role = estate.roles.find(({ arn }) => arn === input.RoleArn)
  // AWS does not say whether the role is missing, its trust is, or the external id is wrong. Neither do we.
  if (!role || input.ExternalId !== estate.secrets[role.externalIdSecret]) {
    const what = `not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`
    return refuse('AccessDenied', `User: ${caller.arn} is ${what}`, { status: 403 })
  }
  if (caller.isRole && input.DurationSeconds > CHAINED_SESSION_SECONDS) {
    const limit = 'the 1 hour session limit for roles assumed by role chaining.'
    return refuse('ValidationError', `The requested DurationSeconds exceeds ${limit}`)
  }

  const account = input.RoleArn.split(':')[4] ?? ''
  const roleName = input.RoleArn.slice(input.RoleArn.lastIndexOf('/') + 1)
  const expiresAt = new Date(now.getTime() + input.DurationSeconds * 1000)
  const session = {
    accessKey: `ASIA${newId(world, 'access-key', 16).toUpperCase()}`,
    secretKey: newId(world, 'secret-key', 40),
    token: newId(world, 'session-token', 64),
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${input.RoleSessionName}`,
    roleId: `AROA${idOf(input.RoleArn, 17).toUpperCase()}:${input.RoleSessionName}`,
    expiresAt: expiresAt.toISOString(),
  }
  world.sessions.push(session)
  return {
    Credentials: {
      AccessKeyId: session.accessKey,
      SecretAccessKey: session.secretKey,
      SessionToken: session.token,
      Expiration: expiresAt,
    },
    AssumedRoleUser: { AssumedRoleId: session.roleId, Arn: session.arn },
  }
}

export const sts: AwsApi = {
  name: 'sts',
  protocol: query({ namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' }),
  codes: { invalidInput: 'ValidationError', throttled: 'Throttling', throttledStatus: 400 },
  operations: {
    AssumeRole: operation({
      input: assumeRoleInput,
      changes: true,
      concerns: ({ RoleArn }) => ({ role: [RoleArn] }),
      run: assumeRole,
    }),
    GetCallerIdentity: operation({
      input: z.strictObject({}),
      run: (_input, { caller }): GetCallerIdentityResponse => ({
        UserId: caller.userId,
        Account: caller.account,
        Arn: caller.arn,
      }),
    }),
  },
}
