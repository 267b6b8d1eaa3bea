import type { DescribeSecretResponse, GetSecretValueResponse } from '@aws-sdk/client-secrets-manager'
import { z } from 'zod'
import { idOf } from '../identity.ts'
import { type Context, operation } from '../operation.ts'
import { json } from '../protocols/json.ts'
import { type AwsRefusal, isRefusal, refuse } from '../refusal.ts'
import type { AwsApi } from './api.ts'

const input = z.strictObject({ SecretId: z.string().min(1).max(2048) })
const valueInput = input.extend({ VersionStage: z.literal('AWSCURRENT').optional() })

/** The secrets of the sample estate were made long before anyone practises. */
const CREATED = new Date('2026-01-01T00:00:00Z')

interface Secret {
  readonly arn: string
  readonly name: string
  readonly value: string
  readonly version: string
}

function secretOf({ SecretId }: { SecretId: string }, context: Context): Secret | AwsRefusal {
  const { estate, region, caller } = context
  const entries = caller.account === estate.homeAccount ? Object.entries(estate.secrets) : []
  for (const [name, value] of entries) {
    // AWS ends a secret's ARN with six characters of its own.
    const arn = `arn:aws:secretsmanager:${region}:${caller.account}:secret:${name}-${idOf(name, 6)}`
    if (SecretId === name || SecretId === arn) return { arn, name, value, version: versionOf(name) }
  }
  return refuse('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
}

const versionOf = (name: string): string => idOf(`version of ${name}`, 32)

export const secretsManager: AwsApi = {
  name: 'secretsmanager',
  protocol: json,
  codes: {
    invalidInput: 'InvalidParameterException',
    throttled: 'ThrottlingException',
    throttledStatus: 400,
  },
  operations: {
    GetSecretValue: operation({
      input: valueInput,
      run: (wanted, context): GetSecretValueResponse | AwsRefusal => {
        const secret = secretOf(wanted, context)
        if (isRefusal(secret)) return secret
        return {
          ARN: secret.arn,
          Name: secret.name,
          SecretString: secret.value,
          VersionId: secret.version,
          VersionStages: ['AWSCURRENT'],
          CreatedDate: CREATED,
        }
      },
    }),
    DescribeSecret: operation({
      input,
      run: (wanted, context): DescribeSecretResponse | AwsRefusal => {
        const secret = secretOf(wanted, context)
        if (isRefusal(secret)) return secret
        return {
          ARN: secret.arn,
          Name: secret.name,
          RotationEnabled: false,
          VersionIdsToStages: { [secret.version]: ['AWSCURRENT'] },
          CreatedDate: CREATED,
          LastChangedDate: CREATED,
        }
      },
    }),
  },
}
