import { expect, test } from 'vitest'
import { AmbiguousFailure, TransientFailure } from '../../../src/ports/failure.ts'
import { failureOf, rule } from '../../sandbox/aws/practice.ts'
import { awsGround } from './ground.ts'

// The old client of DRS gives up on silence by itself; the newer ones of SSM, RDS and Route 53 only when told to throw.
const IN_TIME = 10_000

test(
  'an automation whose start is answered with silence is unclear, and is sent once',
  async () => {
    const hang = rule({ operation: 'StartAutomationExecution' }, { hang: true })
    const { automation, origin, callsOf } = await awsGround([hang], { patienceSeconds: 0.3 })
    const order = { document: 'Lifeboat-WarmCache', parameters: { Application: ['payments'] } }
    expect(await failureOf(automation.start({}, { ...order, origin: origin() }))).toBeInstanceOf(
      AmbiguousFailure,
    )
    expect(callsOf('StartAutomationExecution')).toHaveLength(1)
  },
  IN_TIME,
)

test(
  'a look that is answered with silence has started nothing, and is made again',
  async () => {
    const hang = rule({ operation: 'DescribeGlobalClusters' }, { hang: true })
    const { databases } = await awsGround([hang], { patienceSeconds: 0.3 })
    expect(await failureOf(databases.cluster({}, 'payments-db'))).toBeInstanceOf(TransientFailure)
  },
  IN_TIME,
)
