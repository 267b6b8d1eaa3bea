import type { Inline, Rich } from '../../card.ts'

/** What somebody is answered who asked, pressed or typed something, and what stands around it on each platform. */
export const answers = {
  desk: {
    trouble: (wrong: string) => `⚠️ ${wrong} Runs go on all the same.`,
    oldButton: 'This button is from another version of Lifeboat. Ask for the status anew.',
    oldDialog: 'This dialog is from another version of Lifeboat. Open it anew.',
    cannotSpeak: (channel: string, since: string, why: string) =>
      `Nothing can be said in ${channel} since ${since}: ${why}`,
  },
  /** What is wrong with a neighbour of ours. */
  trouble: {
    redisAway: (why: string) => `Redis does not answer: ${why}. The sweep goes on without it.`,
    redisReplica: 'Redis is a read-only replica and takes no jobs: point REDIS_URL at its primary.',
    redisFull: (limit: number) =>
      `Redis is full (maxmemory is ${limit} bytes) and takes no jobs: give it more memory, or remove what is not ours.`,
    redisEvicts: (policy: string) =>
      `Redis has maxmemory-policy "${policy}" and may drop jobs to make room: set it to "noeviction".`,
    redisForgets: 'Redis keeps nothing on disk and forgets every job when it restarts: set "appendonly yes".',
    streamAway: (why: string) => `The table's stream cannot be read: ${why}. The sweep finds what changed.`,
    changesPassed: (changes: number) =>
      `${changes === 1 ? 'One change' : `${changes} changes`} of the last hour could not be passed on; the log names them. The sweep looks at their runs.`,
  },
  whichRun: {
    none: (named: string) => `There is no running run "${named}".`,
    several: (names: string) => `Several runs are on: ${names}. Add run:<id> to your command.`,
  },
  start: {
    noPlan: 'There is no plan that you may start. An admin can give you a role for one.',
    noSuchPlan: (plan: string) => `There is no plan “${plan}” that you may start. Choose one of the list.`,
    chooseMode: (modes: string) => `Choose one of: ${modes}.`,
    typeName: (typed: string, name: string) =>
      `You typed “${typed}”. To start the REAL failover, type “${name}”.`,
    typeRegion: (typed: string, region: string) =>
      `You typed “${typed}”. The REAL failover recovers to “${region}”: type that.`,
  },
  mute: {
    notKnown: 'It cannot be looked up at the moment who you are: nothing is muted. Try again soon.',
    nobody: 'A token gets no direct messages: there is nothing to mute.',
    muted: (run: string, until: Inline): Rich => [
      `You get no direct messages about ${run} until `,
      until,
      '. Its cards stay in the thread, and where nobody else could decide you are asked all the same.',
    ],
    heard: (run: string): Rich => [`You get direct messages about ${run} again.`],
  },
  talk: {
    stillUnderWay: 'The run is still under way. Its war room can be closed when it has ended.',
  },
  why: {
    noApproval: (task: string) =>
      `“${task}” is no approval: it takes the operator role to retry, skip or abandon it.`,
  },
  report: {
    overApiOnly: 'Reports are given over the API only: GET /api/v1/executions/{id}/report.',
    overApi: (id: string) => `Over the API: GET /api/v1/executions/${id}/report, report.md, report.pdf.`,
    ready: (run: string) => `The report of ${run} is ready.`,
    soFar: (run: string) => `${run}: the report so far.`,
    notSent: (run: string) => `The report of ${run} could not be sent to you directly.`,
    sent: (run: string, forms: string) => `The report of ${run} is in your direct messages, as ${forms}.`,
    forms: { pdf: 'PDF', md: 'Markdown', json: 'JSON' },
    all: 'PDF, Markdown and JSON',
  },
  /** Titles of files. */
  files: {
    timeline: 'How it went: plan and actual',
    planAtStart: 'The plan at the start',
    gate: (name: string) => `Where it stands: ${name}`,
    report: 'Report',
    reportMarkdown: 'Report (Markdown)',
    reportJson: 'Report (JSON, to verify)',
  },
  /** What is left out of what is shown. */
  left: {
    earlierLines: (lines: number) => `… ${lines} earlier lines`,
    more: (more: number) => `… and ${more} more`,
    parts: (parts: number) => `… ${parts} more parts are not shown.`,
    rest: '… The rest does not fit here. “status” and “report” tell more.',
  },
  room: {
    /** What is missing while a step of the room fails, by the step. */
    lacks: {
      open: 'The war room could not be opened',
      topic: 'The war room has no current topic',
      invite: 'Nobody could be brought into the war room',
      pin: 'The headline is not pinned in the war room',
      'thread-link': 'The war room has no link to the thread',
      links: 'The war room has no links',
      roles: 'Who has a role could not be brought into the war room',
      commander: 'The commander was not told what to do',
      scribe: 'The scribe was not told what to do',
      farewell: 'Not all is told in the war room',
      report: 'The report is not in the war room',
      archive: 'The war room is not archived',
    },
    trouble: (lacks: string, why: string) => `${lacks}: ${why}`,
    ourFault: (lacks: string) => `${lacks}: something went wrong on our side.`,
    lost: (why: string) => `${why} “/dr room close” and “/dr room” give the run a new one.`,
    /** Titles of links. */
    links: { thread: 'Where it began', runbook: 'Runbook', bridge: 'Bridge' },
    purpose: (run: string) => `War room of run ${run}, kept by Lifeboat.`,
    title: 'War room',
    opens: 'The war room opens.',
    closed: 'This war room is closed. The report is above.',
    askedHere: (people: readonly Inline[]): Rich => [
      'You are asked to be here: ',
      ...people.flatMap((person, at) => (at === 0 ? [person] : [', ', person])),
    ],
  },
  /** Why an account may not even ask, by what it is. */
  account: {
    bot: 'Your account is a bot: it cannot use Lifeboat.',
    deactivated: 'Your account is deactivated: it cannot use Lifeboat.',
    gone: 'Your account is not known here: it cannot use Lifeboat.',
    'of another tenant': 'Your account is of another tenant: it cannot use Lifeboat.',
    'of another workspace': 'Your account is of another workspace: it cannot use Lifeboat.',
  },
  broken: {
    slack: (id: string) =>
      `Something went wrong on our side (id ${id}). Check with /dr status whether anything was recorded before you try again.`,
    teams: (id: string) =>
      `Something went wrong on our side (id ${id}). Check with “status” whether anything was recorded before you try again.`,
    web: (id: string) =>
      `Something went wrong on our side. The log has it as ${id}. The card in chat shows what was recorded.`,
  },
  slack: {
    oneMoment: 'One moment …',
    working: 'Working …',
    recording: (by: Inline): Rich => ['Recording, asked by ', by, ' …'],
    done: 'Done. The card in the channel has the rest.',
    tooLate: 'The dialog did not open in time. Ask for it again.',
    notTaken: 'That could not be taken.',
    cancel: 'Cancel',
    close: 'Close',
  },
  teams: {
    hello:
      'Lifeboat runs disaster recovery from here. “@Lifeboat help” shows what it understands, “@Lifeboat drill” starts a rehearsal.',
    done: 'Done. The run’s own thread has the rest.',
    doneAsAsked: (name: string) => `Done, as ${name} asked. The run has a thread of its own.`,
    recorded: 'Recorded. The card shows it in a moment.',
    unchanged: 'Nothing was changed.',
    oldForm: 'This form is from another version of Lifeboat. Open it anew.',
    stillWorking: 'Still working on it: the card will change, or I write to you in our personal chat.',
    fileNotHanded: 'The file could not be handed over. Its offer stands: accept it again in a moment.',
    fileGone: 'This file is not kept any more. Ask for the report anew.',
    back: 'Back',
    needed: (label: string) => `Needed: ${label}`,
    hasLeft: 'somebody who has left',
    somebody: 'somebody',
  },
  signInPage: {
    /** As HTML names the language. */
    language: 'en',
    mode: {
      recovery: '🔴 REAL: this moves production',
      drill: '🟡 DRILL: a rehearsal, production stays where it is',
    },
    back: 'Back to the decision',
  },
}
