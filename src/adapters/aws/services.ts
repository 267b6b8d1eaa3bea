import type { AwsClients } from './clients.ts'
import { awsRecovery } from './drs.ts'
import { awsRecoveryPoints } from './drs-points.ts'
import { awsQuotas } from './quotas.ts'
import { awsDatabases } from './rds.ts'
import { awsDns } from './route53.ts'
import { awsAutomation } from './ssm.ts'
import { awsCommands } from './ssm-commands.ts'

/** Every AWS service that tasks work with, over the same clients. */
export const awsServices = (clients: AwsClients) => ({
  recovery: awsRecovery(clients),
  recoveryPoints: awsRecoveryPoints(clients),
  quotas: awsQuotas(clients),
  automation: awsAutomation(clients),
  commands: awsCommands(clients),
  databases: awsDatabases(clients),
  dns: awsDns(clients),
})
