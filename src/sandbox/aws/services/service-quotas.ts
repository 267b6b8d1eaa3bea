import type { GetServiceQuotaResponse } from '@aws-sdk/client-service-quotas'
import { z } from 'zod'
import { type Context, operation } from '../operation.ts'
import { json } from '../protocols/json.ts'
import { type AwsRefusal, refuse } from '../refusal.ts'
import type { AwsApi } from './api.ts'
import { quotasOf } from './drs/quotas.ts'

const input = z.strictObject({ ServiceCode: z.string().min(1), QuotaCode: z.string().min(1) })

function quota(
  { ServiceCode, QuotaCode }: z.output<typeof input>,
  { caller, region, estate }: Context,
): GetServiceQuotaResponse | AwsRefusal {
  const found = ServiceCode === 'drs' ? quotasOf(estate).find(({ code }) => code === QuotaCode) : undefined
  if (!found)
    return refuse('NoSuchResourceException', `There is no quota ${QuotaCode} of the service ${ServiceCode}.`)
  return {
    Quota: {
      ServiceCode,
      ServiceName: 'AWS Elastic Disaster Recovery',
      QuotaArn: `arn:aws:servicequotas:${region}:${caller.account}:${ServiceCode}/${QuotaCode}`,
      QuotaCode,
      QuotaName: found.name,
      Value: found.limit,
      Unit: 'None',
      Adjustable: false,
      GlobalQuota: false,
    },
  }
}

export const serviceQuotas: AwsApi = {
  name: 'servicequotas',
  protocol: json,
  codes: {
    invalidInput: 'IllegalArgumentException',
    throttled: 'TooManyRequestsException',
    throttledStatus: 400,
  },
  operations: { GetServiceQuota: operation({ input, run: quota }) },
}
