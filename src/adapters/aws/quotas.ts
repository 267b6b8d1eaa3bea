import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas'
import { z } from 'zod'
import type { Quotas, RecoveryQuotas, Target } from '../../ports/aws.ts'
import type { AwsClients } from './clients.ts'

interface Known {
  readonly code: string
  readonly documented: number
}

/** The codes of Service Quotas, and what AWS documents for every account. */
const DRS = {
  concurrentJobs: { code: 'L-D88FAC3A', documented: 20 },
  serversPerJob: { code: 'L-B827C881', documented: 100 },
  serversInAllJobs: { code: 'L-05AFA8C6', documented: 500 },
} as const satisfies { readonly [Name in keyof RecoveryQuotas]: Known }

/** A quota that was raised is seen after this long; a service that does not answer is asked again no sooner. */
const KEPT_SECONDS = 600

/** Service Quotas over the SDK. */
export function awsQuotas({ quotas, clock }: Pick<AwsClients, 'quotas' | 'clock'>): Quotas {
  const kept = new Map<string, { until: number; read: Promise<RecoveryQuotas> }>()

  const limitOf = async (target: Target, { code, documented }: Known): Promise<number> => {
    try {
      // Once, without the SDK's repetitions: a start waits for it.
      const reply = await quotas.once(target, undefined, (client) =>
        client.send(new GetServiceQuotaCommand({ ServiceCode: 'drs', QuotaCode: code })),
      )
      return answer.safeParse(reply).data?.Quota.Value ?? documented
    } catch {
      // A right that is missing, a service that is away: whatever it is, the documented value is good enough to wait in line
      // by, and AWS has the last word.
      return documented
    }
  }

  return {
    async drs(target) {
      const key = JSON.stringify([target.region, target.roleArn, target.externalIdSecret])
      const now = clock.now().getTime()
      const known = kept.get(key)
      if (known && known.until > now) return known.read
      const read = Promise.all([
        limitOf(target, DRS.concurrentJobs),
        limitOf(target, DRS.serversPerJob),
        limitOf(target, DRS.serversInAllJobs),
      ]).then(([concurrentJobs, serversPerJob, serversInAllJobs]) => ({
        concurrentJobs,
        serversPerJob,
        serversInAllJobs,
      }))
      kept.set(key, { until: now + KEPT_SECONDS * 1000, read })
      return read
    },
  }
}

const answer = z.object({ Quota: z.object({ Value: z.int().positive() }) })
