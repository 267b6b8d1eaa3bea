import type { Inline, Rich } from '../../card.ts'

/** What stands in and about the war room of a run. */
export const room = {
  topic: {
    cancelling: 'cancelling',
    paused: 'paused',
    approvals: (approved: number, all: number): string => `approvals ${approved}/${all}`,
    objective: (at: string): string => `RTO ${at}`,
    forecast: (at: string): string => `forecast ${at}`,
  },
  panel: {
    heading: (plan: string): string => `War room of ${plan}`,
    nobody: 'nobody yet',
    closed: (by: Inline): Rich => ['Closed by ', by, '. It is archived once everything is told here.'],
    howToNote: 'Mark a message with 📌 or 📝 and it is a note of the run.',
    take: { commander: 'Take command', scribe: 'Take scribe' },
    takeOver: { commander: 'Take over command', scribe: 'Take over scribe' },
    giveBack: { commander: 'Give back command', scribe: 'Give back scribe' },
    close: 'Close room',
  },
  notice: {
    missing: '🚪 The war room is not there yet.',
    missingSpoken: 'The war room is not there yet.',
    open: (room: Inline): Rich => ['🚪 War room: ', room],
    archived: (room: Inline): Rich => ['🚪 The war room ', room, ' is closed and archived.'],
    openSpoken: (room: string): string => `War room #${room}.`,
    archivedSpoken: (room: string): string => `War room #${room} is closed.`,
    trouble: (trouble: string): string => `⚠️ ${trouble} The run goes on all the same.`,
  },
  holds: {
    commander: (plan: string, mode: string): string => `You are incident commander of ${plan} (${mode}).`,
    scribe: (plan: string, mode: string): string => `You are scribe of ${plan} (${mode}).`,
  },
  duties: {
    commander: [
      'You lead; you do not repair. Ask people by name, and ask for an answer.',
      'Watch what waits: approvals and failures stand in the room with their buttons.',
      'Watch the forecast against the objective in the headline; say early when it will be missed.',
      'Keep decisions in the room: “/dr note we stay in the west tonight” puts one on record.',
      'Hand over aloud: whoever takes command presses Take command, and you are told.',
    ],
    scribe: [
      'You keep the record, so that nobody else has to.',
      'The run’s own steps and decisions are on record already: write down why, and what is not seen here.',
      '“/dr note …” writes a note; 📌 or 📝 on a message keeps that message.',
      'Note who was told outside, and when.',
      'Hand over aloud: whoever follows presses Take scribe.',
    ],
  },
} as const
