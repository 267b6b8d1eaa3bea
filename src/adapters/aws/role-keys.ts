import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts'
import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import { optional } from '../../domain/optional.ts'
import type { Target } from '../../ports/aws.ts'
import type { Clock } from '../../ports/clock.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import { failureOf } from './failure.ts'
import { secretText } from './secrets.ts'

export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

interface Neighbours {
  readonly secrets: SecretsManagerClient
  readonly sts: STSClient
  readonly clock: Clock
}

/** AWS's own limit for a role assumed with a role's keys. */
const SESSION_SECONDS = 3_600
/** A request signed with the keys must still find them valid when it arrives. */
const SPARE_SECONDS = 300

/** Gives the keys of roles, assumed again shortly before they expire. The external id stays inside. */
export function roleKeys(neighbours: Neighbours) {
  const { clock } = neighbours
  const held = new Map<string, Promise<{ keys: Keys; until: number }>>()
  return (target: Target, roleArn: string, session: string) => async (): Promise<Keys> => {
    const key = JSON.stringify([target.region, roleArn, target.externalIdSecret, session])
    const present = await held.get(key)
    if (present && present.until > clock.now().getTime()) return present.keys
    const fresh = assume(roleArn, target.externalIdSecret, session, neighbours)
    held.set(key, fresh)
    try {
      return (await fresh).keys
    } catch (error) {
      if (held.get(key) === fresh) held.delete(key)
      throw error
    }
  }
}

async function assume(
  roleArn: string,
  externalIdSecret: string | undefined,
  session: string,
  { secrets, sts, clock }: Neighbours,
): Promise<{ keys: Keys; until: number }> {
  const externalId = externalIdSecret && (await secretText(secrets, externalIdSecret))
  const reply = await sts
    .send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        // STS takes 64 characters of these.
        RoleSessionName: session.replaceAll(/[^\w+=,.@-]/g, '-').slice(0, 64),
        DurationSeconds: SESSION_SECONDS,
        ...optional('ExternalId', externalId || undefined),
      }),
    )
    .catch((error) => {
      throw refused(error, roleArn, externalIdSecret)
    })
  const given = credentials.safeParse(reply.Credentials)
  if (!given.success) throw new TransientFailure(say().outcome.aws.roleWithoutKeys(roleArn))
  const { AccessKeyId, SecretAccessKey, SessionToken } = given.data
  return {
    // Expired for the SDK, so that it asks here each time: only this cache knows our clock.
    keys: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: new Date(0),
    },
    until: clock.now().getTime() + (SESSION_SECONDS - SPARE_SECONDS) * 1000,
  }
}

const credentials = z.object({
  AccessKeyId: z.string().min(1),
  SecretAccessKey: z.string().min(1),
  SessionToken: z.string().min(1),
})

/** AWS's own words are left out: nothing that was sent with the call may come back in them. */
function refused(error: unknown, roleArn: string, externalIdSecret: string | undefined): Error {
  // Without keys nothing can have been started, whatever became of this call.
  const failure = failureOf(error, { service: 'STS', operation: 'AssumeRole', reads: true })
  if (failure instanceof TransientFailure) {
    return new TransientFailure(say().outcome.aws.roleNotNow(roleArn), failure.retryAfterSeconds)
  }
  const account = roleArn.split(':')[4] ?? ''
  return new FinalFailure(say().outcome.aws.roleRefused(roleArn, account, externalIdSecret))
}
