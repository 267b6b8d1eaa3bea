import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { expect, test } from 'vitest'
import { failureOf, practise } from './practice.ts'

const SecretId = 'lifeboat/external-id/444455556666'

test('a secret is read by its name and by its ARN, and described without its value', async () => {
  const { client } = await practise()
  const secrets = client(SecretsManagerClient)
  const byName = await secrets.send(new GetSecretValueCommand({ SecretId }))
  expect(byName).toMatchObject({
    Name: SecretId,
    VersionStages: ['AWSCURRENT'],
    CreatedDate: expect.any(Date),
  })
  const byArn = await secrets.send(new GetSecretValueCommand({ SecretId: byName.ARN }))
  expect(byArn.SecretString).toBe(byName.SecretString)
  const described = await secrets.send(new DescribeSecretCommand({ SecretId }))
  expect(described.ARN).toBe(byName.ARN)
  expect(JSON.stringify(described)).not.toContain(byName.SecretString)
})

test('an unknown secret is not found', async () => {
  const { client } = await practise()
  const get = new GetSecretValueCommand({ SecretId: 'lifeboat/nothing' })
  expect(await failureOf(client(SecretsManagerClient).send(get))).toBeInstanceOf(ResourceNotFoundException)
})
