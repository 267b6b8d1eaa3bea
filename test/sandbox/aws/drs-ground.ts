import {
  DescribeJobLogItemsCommand,
  DescribeJobsCommand,
  DescribeRecoveryInstancesCommand,
  DrsClient,
  StartRecoveryCommand,
} from '@aws-sdk/client-drs'
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts'
import { practise } from './practice.ts'

/** The id of a server of `payments`. */
export const server = (number: number) => `s-0a${String(number).padStart(15, '0')}`
const sourceServers = (...numbers: number[]) => numbers.map((number) => ({ sourceServerID: server(number) }))

export async function drsGround(scenario: Scenario = []) {
  const ground = await practise({ scenario })
  const drs = ground.client(DrsClient)
  const start = async (
    numbers: number[],
    more: { isDrill?: boolean; tags?: Record<string, string> } = {},
  ) => {
    const { job } = await drs.send(
      new StartRecoveryCommand({ sourceServers: sourceServers(...numbers), ...more }),
    )
    return job?.jobID ?? ''
  }
  const job = async (id: string) =>
    (await drs.send(new DescribeJobsCommand({ filters: { jobIDs: [id] } }))).items?.[0]
  const launchStatuses = async (id: string) =>
    (await job(id))?.participatingServers?.map(({ launchStatus }) => launchStatus)
  const events = async (id: string) => {
    const { items } = await drs.send(new DescribeJobLogItemsCommand({ jobID: id }))
    return items?.map(({ event }) => event)
  }
  const instances = async () => (await drs.send(new DescribeRecoveryInstancesCommand({}))).items ?? []
  return { ...ground, drs, start, job, launchStatuses, events, instances }
}
