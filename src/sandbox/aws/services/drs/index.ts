import type { Context, Operation } from '../../operation.ts'
import { restJson } from '../../protocols/json.ts'
import { type AwsRefusal, refuse } from '../../refusal.ts'
import type { AwsApi } from '../api.ts'
import { describeRecoveryInstances } from './instances.ts'
import { describeJobLogItems, describeJobs } from './jobs.ts'
import { describeRecoverySnapshots } from './snapshots.ts'
import { describeSourceServers } from './source-servers.ts'
import { startRecovery } from './start-recovery.ts'
import { terminateRecoveryInstances } from './terminate.ts'

/** DRS works only where an account has set it up: here, in the recovery Region of those that have something to recover. */
const whereInitialized = ({ changes, prepare }: Operation): Operation => ({
  changes,
  prepare: (input, estate) => {
    const prepared = prepare(input, estate)
    if ('problem' in prepared) return prepared
    return { concerns: prepared.concerns, run: (context) => uninitialized(context) ?? prepared.run(context) }
  },
})

function uninitialized({ estate, caller, region }: Context): AwsRefusal | undefined {
  const known = estate.applications.some(({ account }) => account === caller.account)
  if (known && region === estate.recoveryRegion) return undefined
  return refuse('UninitializedAccountException', 'Account is not initialized', { status: 400 })
}

export const drs: AwsApi = {
  name: 'drs',
  protocol: restJson(['StartRecovery', 'TerminateRecoveryInstances']),
  codes: { invalidInput: 'ValidationException', throttled: 'ThrottlingException', throttledStatus: 429 },
  operations: {
    StartRecovery: whereInitialized(startRecovery),
    TerminateRecoveryInstances: whereInitialized(terminateRecoveryInstances),
    DescribeJobs: whereInitialized(describeJobs),
    DescribeJobLogItems: whereInitialized(describeJobLogItems),
    DescribeSourceServers: whereInitialized(describeSourceServers),
    DescribeRecoveryInstances: whereInitialized(describeRecoveryInstances),
    DescribeRecoverySnapshots: whereInitialized(describeRecoverySnapshots),
  },
}
