import type { WireRequest } from '../protocols/protocol.ts'
import type { AwsApi } from './api.ts'
import { drs } from './drs/index.ts'
import { events } from './events.ts'
import { rds } from './rds/index.ts'
import { route53 } from './route53/index.ts'
import { secretsManager } from './secrets-manager.ts'
import { serviceQuotas } from './service-quotas.ts'
import { sns } from './sns.ts'
import { ssm } from './ssm/index.ts'
import { sts } from './sts.ts'

/** The register: one line per service. */
export const SERVICES: readonly AwsApi[] = [
  drs,
  ssm,
  sts,
  secretsManager,
  serviceQuotas,
  rds,
  route53,
  events,
  sns,
]

/** Without a signature only the form of the request tells which family's error its client can read. */
export function likelyService({ headers, path }: WireRequest): AwsApi {
  if (headers['x-amz-target'] !== undefined) return ssm
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return sts
  return path.startsWith('/2013-04-01/') ? route53 : drs
}
