import { core } from './core.ts'

/** The plan as a graph, a run as a timeline, and the same in words. */
export const pictures = {
  dates: 'en-GB',
  means: { drill: 'rehearsal', recovery: 'live recovery' },
  unnamed: 'without a name',
  /** After the number of tasks in that state, or beside it. */
  state: (status: keyof typeof core.status, _tasks: number): string => core.status[status],
  node: {
    attempt: (attempt: number): string => `attempt ${attempt}`,
    andMore: (more: number): string => `and ${more} more`,
    /** After the word "failed". */
    failure: {
      rejected: 'rejected',
      expired: 'expired without a decision',
      'timed-out': 'ran out of time',
      crashed: 'broke off inside Lifeboat',
      aws: 'in AWS',
    },
    needsDecision: 'needs a decision',
  },
  plan: {
    drawnTogether: (tasks: string, boxes: number): string =>
      `${tasks} in ${boxes} boxes: those of one state that run side by side or in a row are drawn together.`,
    againstObjective: (elapsed: string, objective: string): string => `${elapsed}, objective ${objective}`,
    exceeded: (elapsed: string, objective: string): string => `${elapsed}, objective ${objective} exceeded`,
    alt: (mode: string, means: string, plan: string): string =>
      `${mode}, ${means}: the plan ${plan} as a graph.`,
    failed: (names: string): string => `Failed: ${names}.`,
    waits: (names: string): string => `Waits for people: ${names}.`,
    running: (names: string): string => `Running: ${names}.`,
    onHold: (names: string): string => `On hold: ${names}.`,
    next: (names: string): string => `Next: ${names}.`,
    after: (task: string, others: string): string => `${task} (after ${others})`,
  },
  timeline: {
    asPlanned: (took: string): string => `Took ${took}, as planned`,
    later: (took: string, by: string): string => `Took ${took}, ${by} later than planned`,
    sooner: (took: string, by: string): string => `Took ${took}, ${by} sooner than planned`,
    waiting: (time: string): string => `${time} waiting for people`,
    met: (objective: string): string => `objective ${objective} met`,
    notMet: (objective: string): string => `objective ${objective} not met`,
    objective: (at: string): string => `RTO ${at}`,
    leftOut: (tasks: string): string =>
      `${tasks} left out: not critical, not waiting, not failed, and shorter.`,
    wait: {
      approval: (task: string): string => `approval: ${task}`,
      decision: (task: string): string => `decision: ${task}`,
    },
    tookOfPlanned: (took: string, planned: string): string => `${took}, planned ${planned}`,
    neverStarted: 'never started',
    legend: {
      planned: 'planned',
      actual: 'actual',
      critical: 'critical path',
      waiting: 'waiting for people',
      zone: (zone: string): string => `times in ${zone}`,
    },
    alt: (mode: string, means: string, plan: string): string =>
      `${mode}, ${means}: the run of ${plan} as a timeline.`,
    times: (started: string, ended: string, planned: string, zone: string): string =>
      `Started ${started}, ended ${ended}, planned for ${planned} (${zone}).`,
    timesAndDue: (started: string, ended: string, planned: string, due: string, zone: string): string =>
      `Started ${started}, ended ${ended}, planned for ${planned}, objective ${due} (${zone}).`,
    criticalPath: (names: string): string => `Critical path: ${names}.`,
    waitedFor: (waits: string): string => `Waited for people: ${waits}.`,
    waitedFrom: (what: string, time: string, from: string): string => `${what} ${time} from ${from}`,
    notCompleted: (names: string): string => `Not completed: ${names}.`,
  },
}
