import { DrsClient } from '@aws-sdk/client-drs'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { RDSClient } from '@aws-sdk/client-rds'
import { Route53Client } from '@aws-sdk/client-route-53'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas'
import { SNSClient } from '@aws-sdk/client-sns'
import { SSMClient } from '@aws-sdk/client-ssm'
import { STSClient } from '@aws-sdk/client-sts'
import { optional } from '../../domain/optional.ts'
import type { Origin, Target } from '../../ports/aws.ts'
import type { Clock } from '../../ports/clock.ts'
import { type Keys, roleKeys } from './role-keys.ts'

export interface AwsSettings {
  /** Where a call goes that names no Region. */
  readonly region: string
  readonly clock: Clock
  /** By service ("drs", "ssm", "route53", "eventbridge", …), or "all" for the rest; AWS's own without one. */
  readonly endpoints?: { readonly [service: string]: string }
  /** Those of the process; without them the SDK looks in its usual places. */
  readonly credentials?: Keys
  /** How long a request may stay without an answer. */
  readonly patienceSeconds?: number
}

/** The clients of one service. */
export interface Service<Client> {
  /** For what may be asked again: the SDK repeats it by itself. */
  reading(target: Target): Client
  /**
   * For what starts something: sent at most once, and signed with the time of the intent. AWS refuses a signature five
   * minutes later, so a request of a sender that slept in between can no longer start anything.
   */
  once<Reply>(
    target: Target,
    origin: Origin | undefined,
    send: (client: Client) => Promise<Reply>,
  ): Promise<Reply>
}

export type AwsClients = ReturnType<typeof awsClients>

const PATIENCE_SECONDS = 10

export function awsClients(settings: AwsSettings) {
  const { clock, endpoints = {}, credentials, patienceSeconds = PATIENCE_SECONDS } = settings
  const open = new Set<SdkClient>()
  const now = () => clock.now().getTime()

  const make = <Client extends SdkClient>(
    [name, Client]: Kind<Client>,
    target: Target,
    how: { maxAttempts: number; signedAt: () => number; session: string },
  ): Client => {
    const client = new Client({
      region: target.region ?? settings.region,
      maxAttempts: how.maxAttempts,
      // The old handler of client-drs ends a silent call by itself, the newer ones only when told to throw.
      requestHandler: { requestTimeout: patienceSeconds * 1000, throwOnRequestTimeout: true },
      ...optional('endpoint', endpoints[name] ?? endpoints.all),
      ...optional('credentials', target.roleArn ? assume(target, target.roleArn, how.session) : credentials),
    })
    // Requests are signed with our clock, not with the machine's, and the SDK may not correct it: an intent's time stands.
    Object.defineProperty(client.config, 'systemClockOffset', {
      get: () => how.signedAt() - Date.now(),
      set: () => {},
    })
    open.add(client)
    return client
  }

  const service = <Client extends SdkClient>(...kind: Kind<Client>): Service<Client> => {
    const kept = new Map<string, Client>()
    return {
      reading: (target) => {
        const key = JSON.stringify([target.region, target.roleArn, target.externalIdSecret])
        const client =
          kept.get(key) ?? make(kind, target, { maxAttempts: 3, signedAt: now, session: 'lifeboat' })
        kept.set(key, client)
        return client
      },
      once: async (target, origin, send) => {
        const intendedAt = origin && Date.parse(origin.intendedAt)
        const client = make(kind, target, {
          maxAttempts: 1,
          signedAt: intendedAt === undefined ? now : () => intendedAt,
          session: origin ? `lifeboat-${origin.execution}` : 'lifeboat',
        })
        try {
          return await send(client)
        } finally {
          open.delete(client)
          client.destroy()
        }
      },
    }
  }

  const secrets = service('secretsmanager', SecretsManagerClient)
  const sts = service('sts', STSClient)
  const assume = roleKeys({ secrets: secrets.reading({}), sts: sts.reading({}), clock })
  return {
    clock,
    drs: service('drs', DrsClient),
    ssm: service('ssm', SSMClient),
    rds: service('rds', RDSClient),
    route53: service('route53', Route53Client),
    eventbridge: service('eventbridge', EventBridgeClient),
    sns: service('sns', SNSClient),
    quotas: service('service_quotas', ServiceQuotasClient),
    secrets,
    close: () => {
      for (const client of open) client.destroy()
      open.clear()
    },
  }
}

interface SdkClient {
  readonly config: object
  destroy(): void
}

interface SdkSettings {
  region: string
  maxAttempts: number
  requestHandler: { requestTimeout: number; throwOnRequestTimeout: boolean }
  endpoint?: string
  credentials?: Keys | (() => Promise<Keys>)
}

type Kind<Client> = readonly [name: string, Client: new (settings: SdkSettings) => Client]
