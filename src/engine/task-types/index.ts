import { approval } from './approval.ts'
import { databaseFailover } from './database-failover.ts'
import { drsRecovery } from './drs-recovery.ts'
import { route53Failover } from './route53-failover.ts'
import { ssmAutomation } from './ssm-automation.ts'
import { ssmCommand } from './ssm-command.ts'
import type { TaskType } from './task-type.ts'
import { wait } from './wait.ts'

const register: readonly TaskType[] = [
  drsRecovery,
  ssmAutomation,
  ssmCommand,
  databaseFailover,
  route53Failover,
  wait,
  approval,
]

/** Every type that a plan may name. */
export const TASK_TYPES: ReadonlyMap<string, TaskType> = new Map(register.map((type) => [type.type, type]))

export const kindOf = (type: string): TaskType | undefined => TASK_TYPES.get(type)
