import { plurals } from '../plural.ts'

const counted = plurals('en')
const servers = counted({ one: '1 server', other: '# servers' })
const instances = counted({ one: '1 instance', other: '# instances' })
const andMore = (more: number): string => (more > 0 ? ` and ${more} more` : '')
const inRegion = (region: string | undefined): string => (region ? ` in ${region}` : '')

/** What became of a task's work. It is recorded as it was said: in the language of the worker. */
export const outcome = {
  nothingStarted: 'Nothing was started.',
  nothingStartedYet: 'Nothing had been started yet.',
  expired: (minutes: number): string => `Nobody decided within ${minutes} minutes.`,
  timedOut: (minutes: number): string => `Not finished within ${minutes} minutes.`,
  mayStillRun: (references: string): string => `${references} may still be running in AWS.`,
  unknownType: (type: string): string => `This version of Lifeboat has no task type "${type}".`,
  crashed: 'Lifeboat broke off several times while it worked on this; its log says why.',
  leftNothing: 'It had started nothing in AWS: it can be retried.',
  leftUnclear: 'It may have started something in AWS, without a reference to it.',
  lookFirst: 'Look there before you retry or skip.',
  startedTwice: (several: string): string =>
    `It may have been started more than once: ${several}. Look in AWS, then adopt the right one, or retry.`,
  neverReached: 'The start never reached AWS.',
  triedOften: (times: number): string => `Tried ${times} times.`,
  couldNotStop: (references: string): string => `Could not be stopped, and may still run: ${references}.`,
  courtesy: 'There is room again, and those before it in line go first.',
  drs: {
    allBefore: (number: number): string => `All ${servers(number)} were launched in an earlier attempt.`,
    launched: (number: number, jobs: readonly string[]): string =>
      `Launched ${servers(number)} (${jobs.length > 1 ? 'jobs' : 'job'} ${jobs.join(', ')}).`,
    notLaunched: (missing: number, of: number, list: string, more: number): string =>
      `${missing} of ${servers(of)} not launched: ${list}${andMore(more)}. A retry launches only these.`,
    jobs: (jobs: readonly string[]): string => `${jobs.length > 1 ? 'Jobs' : 'Job'} ${jobs.join(', ')}.`,
    cannotCancel: (jobs: readonly string[]): string =>
      `DRS cannot cancel a job: ${jobs.join(', ')} ${jobs.length > 1 ? 'go on and launch their servers' : 'goes on and launches its servers'}.`,
    server: {
      waiting: 'skipped, or never begun',
      launching: 'not finished',
      launched: 'launched',
      failed: 'failed',
      terminated: 'terminated',
      absent: 'not part of a job',
    },
    held: (job: string, server: string): string => `The job ${job}, which is still active, holds ${server}.`,
    tooMany: (most: number, region: string | undefined, wanted: number): string =>
      `DRS takes ${most} servers in one job${inRegion(region)}, and here it is to take ${wanted}. Raise the quota.`,
    jobsTaken: (most: number, region: string | undefined): string =>
      `DRS runs ${most} jobs at once${inRegion(region)}, and all are taken.`,
    serversTaken: (most: number, region: string | undefined, wanted: number): string =>
      `DRS works on ${most} servers at once${inRegion(region)}, and those in active jobs leave no room for ${wanted} more.`,
    log: {
      JOB_START: 'the job has started',
      JOB_END: 'the job has ended',
      JOB_CANCEL: 'the job was cancelled',
      SERVER_SKIPPED: 'SKIPPED, it was not launched',
      CLEANUP_START: 'removing the instance of an earlier launch',
      CLEANUP_END: 'instance of an earlier launch removed',
      CLEANUP_FAIL: 'the instance of an earlier launch could not be removed',
      SNAPSHOT_START: 'taking a snapshot',
      SNAPSHOT_END: 'snapshot taken',
      SNAPSHOT_FAIL: 'the snapshot FAILED',
      USING_PREVIOUS_SNAPSHOT: 'an OLDER snapshot is used, the newest data will be missing',
      USING_PREVIOUS_SNAPSHOT_FAILED: 'FAILED to use an older snapshot',
      CONVERSION_START: 'converting the disks',
      CONVERSION_END: 'disks converted',
      CONVERSION_FAIL: 'the conversion of the disks FAILED',
      LAUNCH_START: 'launching',
      LAUNCH_FAILED: 'the launch FAILED',
    },
  },
  ssm: {
    ended: (document: string, status: string, id: string): string =>
      `${document} ended with ${status} (${id}).`,
    failed: (document: string, status: string, why: string, id: string): string =>
      `${document} ended with ${status}${why ? `: ${why}` : '.'} Execution ${id}.`,
    failedStep: (step: string, status: string, why: string): string => `step ${step} ${status}: ${why}`,
    stopping: (document: string, id: string): string =>
      `${document} (${id}) was asked to stop; steps that are under way may still end.`,
    allBefore: (document: string, number: number): string =>
      `${document} succeeded on all ${instances(number)} in an earlier attempt.`,
    succeeded: (document: string, number: number, command: string): string =>
      `${document} succeeded on ${instances(number)} (command ${command}).`,
    notReached: (status: string): string => `not reached, the command is ${status}`,
    notEverywhere: (
      document: string,
      missing: number,
      of: number,
      list: string,
      more: number,
      command: string,
    ): string =>
      `${document} did not succeed on ${missing} of ${instances(of)}: ${list}${andMore(more)}. A retry sends it only to these. Command ${command}.`,
    cancelling: (document: string, id: string): string =>
      `${document} (${id}) was asked to stop; on some instances it may still run to its end.`,
  },
  database: {
    moved: (cluster: string, writer: string): string => `The writer of ${cluster} is ${writer}.`,
    notMoved: (cluster: string, writer: string, target: string, status: string): string =>
      `The writer of ${cluster} is still ${writer}, the move to ${target} did not happen. The cluster is ${status}. Look at its events in RDS, then retry.`,
    moving: (cluster: string, status: string, target: string): string => `${cluster}: ${status} to ${target}`,
    nothingMoved: 'Nothing was moved.',
    cannotStop: (cluster: string): string =>
      `RDS cannot stop a move: ${cluster} goes on with what was ordered.`,
    standing: (cluster: string, status: string, writer: string): string =>
      `${cluster} is ${status}, its writer is ${writer}`,
    notNow: (standing: string): string => `Drill: the order could not be given now: ${standing}.`,
    checked: (standing: string, target: string): string =>
      `Drill: checked only; ${standing}, ${target} is a member. Nothing was moved.`,
    noCluster: (cluster: string): string =>
      `There is no global cluster ${cluster}. Check its name, the Region and the account.`,
    noMember: (target: string, cluster: string, members: string): string =>
      `${target} is no member of ${cluster}. Its members are ${members}. Correct target_cluster.`,
    noWriter: (cluster: string): string =>
      `RDS does not say which cluster of ${cluster} is the writer. Another try follows.`,
  },
  dns: {
    outside: (names: string, zone: string, apex: string): string =>
      `Drill: ${names} not in the zone ${zone} (${apex || 'no SOA record'}). Correct the plan.`,
    checked: (zone: string): string =>
      `Drill: checked only; the zone ${zone} holds the names. No record was changed.`,
    set: (records: string, before: string): string => `Set ${records}. Before: ${before}.`,
    nothingChanged: 'No record was changed.',
    stays: (change: string, before: string): string =>
      `The change ${change} was made and stays. Before: ${before}.`,
    didNotExist: (name: string, type: string): string => `${name} ${type} did not exist`,
  },
  waited: counted({ one: 'Waited 1 minute.', other: 'Waited # minutes.' }),
  waitOver: 'The wait is over; nothing runs.',
  aws: {
    on: (about: string): string => ` for ${about}`,
    zone: (zone: string): string => `the zone ${zone}`,
    secret: (name: string): string => `the secret "${name}"`,
    advice: {
      denied: "Give Lifeboat's role this permission, then retry.",
      unknown: 'Check the name, the Region and the account, then retry.',
      unmanaged:
        'Systems Manager does not manage it: check that it runs, its agent, its role and the Region, then retry.',
      invalid: 'Correct the inputs of the task in the plan.',
      busy: 'It is busy; another try follows.',
      quota: 'It waits until other work has ended, or the quota is raised.',
      stale: 'Check the clock and the keys of this machine; another try follows.',
      unreached: 'Nothing was sent. Check the network and the Region; another try follows.',
      look: 'It may have been done all the same; it is looked for before it is done again.',
      noKeys: 'No AWS keys were found. Give the process a role or keys.',
      noDrs: 'Set up Elastic Disaster Recovery in this Region first.',
      otherParameters: 'This attempt was started with other parameters. Retry the task.',
      conflict: 'Another job may hold it; what is running is looked for first.',
      again: 'Another try follows.',
    },
    roleWithoutKeys: (role: string): string => `STS AssumeRole of ${role} gave no keys. Try again.`,
    roleNotNow: (role: string): string => `STS did not give the role ${role}. Try again.`,
    roleRefused: (role: string, account: string, secret: string | undefined): string =>
      `STS refused the role ${role} in account ${account}. Check that the role exists, that it trusts this account, and ${
        secret === undefined
          ? 'whether it asks for an external id ("external_id_secret" in the task\'s inputs)'
          : `that it asks for the external id in the secret "${secret}"`
      }.`,
    secretWithoutText: (name: string): string =>
      `The secret "${name}" holds no text. Store the value as a plain string.`,
    otherRecord: (name: string, type: string, types: string): string =>
      `Record ${name} has the type ${type}; Lifeboat sets ${types}.`,
    endlessPages: (what: string): string =>
      `${what} does not come to an end: its pages repeat or are too many.`,
  },
}
