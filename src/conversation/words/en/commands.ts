import type { Inline, Rich } from '../../card.ts'

/** What can be typed, and what is said where it was not understood. The commands themselves are the same in every language. */
export const commands = {
  does: {
    help: 'Shows these commands.',
    plans: 'Lists the recovery plans.',
    plan: 'Shows one plan.',
    start: 'Asks which plan to start, and whether for real.',
    drill: 'Starts a rehearsal; production stays where it is.',
    failover: 'Starts a REAL failover, after you confirm it.',
    status: 'Shows where the runs stand.',
    pending: 'Lists what waits for people, first what waits for you.',
    why: 'Says whom an approval takes, who that is, and whether you may decide it.',
    report: 'Sends you the report of a run as it is now: PDF, Markdown and JSON.',
    export: 'Sends you the record of a run as one file: JSON, to keep and to verify, or md or pdf.',
    who: 'Says who leads, who is on call and who may decide.',
    mute: 'Sends you no direct messages about a run for a time; its cards stay in the thread.',
    approve: 'Says yes to an approval.',
    reject: 'Says no to an approval.',
    'break-glass': 'In an emergency: two of those named for it open an approval that nobody else can.',
    adopt: 'Follows what a failed task left running in AWS.',
    retry: 'Runs a task again.',
    skip: 'Leaves a task out and goes on.',
    abandon: 'Gives up a task and all that depends on it.',
    hold: 'Keeps a task from starting.',
    release: 'Lets a held task start.',
    pause: 'Lets nothing new start.',
    resume: 'Goes on after a pause.',
    cancel: 'Ends the run for good.',
    note: 'Puts a note into the timeline.',
    room: 'Gives the run a war room; once it has ended, closes it.',
    role: 'Takes a role of the incident, hands it over or gives it back.',
  },
  tooLong: (length: number, limit: number): string =>
    `That has ${length} characters; a command has at most ${limit}.`,
  twoRuns: 'That names two runs. Name one.',
  noOptions: (option: string, usage: string): string =>
    `There are no options such as ${option}. Usage: ${usage}.`,
  howLong: (said: string, hours: number, usage: string): string =>
    `“${said}” is no time between 1m and ${hours}h. Usage: ${usage}.`,
  whichForm: (said: string, usage: string): string =>
    `A record is given as json, md or pdf, not as “${said}”. Usage: ${usage}.`,
  nameMissing: (verb: string, usage: string): string => `${verb} needs a name. Usage: ${usage}.`,
  nameTooLong: (limit: number, length: number): string =>
    `A name has at most ${limit} characters, this one has ${length}.`,
  whichMode: (said: string): string =>
    `“${said}” does not say whether you mean a rehearsal or the real thing.`,
  unknown: (said: string): string => `I do not know “${said}”.`,
  emptyNote: (usage: string): string => `A note needs some words. Usage: ${usage}.`,
  notToRoom: (said: string, usage: string): string => `I cannot ${said} a room. Usage: ${usage}.`,
  roles: (roles: readonly string[], usage: string): string =>
    `The roles are ${roles.join(' and ')}. Usage: ${usage}.`,
  unknownPerson: (said: string, usage: string): string =>
    `I do not know “${said}”. Mention somebody, e.g. @olive. Usage: ${usage}.`,
  tryText: (why: string, commands: readonly string[]): string => `${why} Try: ${commands.join(' or ')}`,
  tryThese: (why: string, commands: readonly Inline[]): Rich => [
    `${why} Try `,
    ...commands.flatMap((each, place) => (place > 0 ? [' or ', each] : [each])),
    '.',
  ],
  help: {
    text: (verbs: string): string => `Commands: ${verbs}`,
    heading: 'What you can ask',
    nameOneRun: (example: Inline): Rich => ['With several runs under way, name one: ', example],
  },
  nothingRuns: (plans: Inline): Rich => [
    'Nothing is running that you may see. ',
    plans,
    ' lists what can be started.',
  ],
}
