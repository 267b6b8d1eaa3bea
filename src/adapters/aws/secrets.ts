import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { z } from 'zod'
import { say } from '../../conversation/words/index.ts'
import { FinalFailure } from '../../ports/failure.ts'
import { asking } from './failure.ts'

const reply = z.object({ SecretString: z.string().min(1) })

/** The text that is kept under this name in Secrets Manager. It goes into no message. */
export async function secretText(client: SecretsManagerClient, name: string): Promise<string> {
  const read = await asking(
    {
      service: 'Secrets Manager',
      operation: 'GetSecretValue',
      about: say().outcome.aws.secret(name),
      reads: true,
    },
    () => client.send(new GetSecretValueCommand({ SecretId: name })),
  )
  const secret = reply.safeParse(read)
  if (secret.success) return secret.data.SecretString
  throw new FinalFailure(say().outcome.aws.secretWithoutText(name))
}
