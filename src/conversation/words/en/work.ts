import { plurals } from '../plural.ts'

const counted = plurals('en')
const servers = counted({ one: '1 server', other: '# servers' })
const instances = counted({ one: '1 instance', other: '# instances' })
const inRegion = (region: string | undefined): string => (region ? ` in ${region}` : '')
const asWell = (isDrill: boolean): string => (isDrill ? ', in a drill as well' : '')

/** What each type of task is called, and what it will do. */
export const work = {
  title: {
    approval: 'Approval',
    database_failover: 'Move a database (RDS)',
    drs_recovery: 'Recover servers (DRS)',
    route53_failover: 'Redirect traffic (Route 53)',
    ssm_automation: 'Run an automation (SSM)',
    ssm_command: 'Run a command (SSM)',
    wait: 'Wait',
  },
  approval: 'Waits until somebody who may decide approves or rejects.',
  launch: (number: number, region: string | undefined, jobs: number): string =>
    `Launches ${servers(number)}${inRegion(region)} with ${jobs > 1 ? `DRS in ${jobs} jobs` : 'DRS'}.`,
  launchAsDrill: (number: number, region: string | undefined, jobs: number): string =>
    `Launches ${servers(number)}${inRegion(region)} with ${jobs > 1 ? `DRS in ${jobs} jobs` : 'DRS'} as a drill; production is not touched.`,
  automation: (document: string, region: string | undefined, isDrill: boolean): string =>
    `Runs the automation ${document}${inRegion(region)}${asWell(isDrill)}.`,
  command: (document: string, number: number, region: string | undefined, isDrill: boolean): string =>
    `Runs the command ${document} on ${instances(number)}${inRegion(region)}${asWell(isDrill)}.`,
  database: {
    drill: (cluster: string, target: string): string =>
      `Drill: checks only that it could move the writer of ${cluster} to ${target}; nothing is moved.`,
    withLoss: (cluster: string, target: string): string =>
      `Fails over the writer of ${cluster} to ${target}; the newest data MAY BE LOST.`,
    withoutLoss: (cluster: string, target: string): string =>
      `Switches over the writer of ${cluster} to ${target}, without data loss.`,
  },
  dns: {
    drill: (names: string, zone: string): string =>
      `Drill: checks only that ${names} could be changed in ${zone}; no record is changed.`,
    sets: (records: string, zone: string): string => `Sets ${records} in ${zone}.`,
  },
  wait: counted({ one: 'Waits 1 minute.', other: 'Waits # minutes.' }),
}
