import type { Inline, Rich } from '../../card.ts'

/** What stands on dialogs and on the buttons that open them. Slack shows 24 characters of a title and of a submit button. */
export const forms = {
  button: {
    drill: '🟡 Start drill…',
    spokenDrill: (plan: string): string => `Start a drill: ${plan}`,
    failover: '🔴 Start REAL failover…',
    spokenFailover: (plan: string): string => `Start a REAL failover: ${plan}`,
    either: 'Start a failover or drill…',
    spokenEither: 'Start a failover or drill',
    open: 'Open the form…',
    spokenOpen: (submit: string): string => `Open the form: ${submit}`,
  },
  takesForm: (title: string): string => `${title}: this takes a form.`,
  start: {
    label: { drill: 'Start drill', recovery: 'Start REAL failover' },
    means: {
      drill: 'A rehearsal: production stays where it is.',
      recovery: 'This moves production for real.',
    },
    typeName: 'Type the plan’s name to start a REAL failover',
    typeRegion: 'Type the Region that it recovers to',
  },
  reason: {
    label: 'Reason',
    hint: 'Kept in the audit trail. No passwords or keys.',
    breakGlass: 'Break glass',
    breakGlassMeans: (consequence: string): string =>
      `An emergency: it counts with a second one of those named for it, and everybody is told. ${consequence}`,
    run: {
      pause: {
        label: 'Pause run',
        means: 'What runs goes on; nothing new starts until somebody resumes the run.',
      },
      resume: { label: 'Resume run', means: 'The tasks whose turn has come start at once.' },
      cancel: {
        label: 'Cancel run',
        means:
          'No further task starts, and AWS is asked to stop what runs. A cancelled run cannot be taken up again.',
      },
    },
  },
  choose: {
    title: 'Failover or drill',
    nothingStarts: 'Nothing starts yet: the next step shows what will happen.',
    byName: (plans: number, command: Inline): Rich => [`${plans} more plans are started by name: `, command],
    plan: 'Plan',
    mode: 'Mode',
    means: { drill: 'a rehearsal, production stays where it is', recovery: 'moves production' },
    inputsMissing: ' – ⚠️ inputs are missing',
    submit: 'Show what happens',
  },
}
