import type { Words } from '../index.ts'
import { plurals } from '../plural.ts'

const counted = plurals('de')
const morePlans = counted({ one: 'ein weiterer', other: '# weitere' })

export const overview: Words['overview'] = {
  nothingWaits: 'Auf Sie wartet nichts.',
  nothingRuns: 'Es läuft nichts.',
  waitingForYou: 'Wartet auf Sie',
  andMoreTasks: (tasks) => `und ${tasks}`,

  plan: {
    size: 'Umfang',
    objective: 'Ziel',
    missing: 'Fehlt, kann nicht starten',
    noApproval: 'keine Freigabe',
    rto: (time) => `wiederhergestellt binnen ${time} (RTO)`,
    rpo: (time) => `höchstens ${time} Datenverlust (RPO)`,
    noObjective: 'keines gesetzt',
    sizeAndObjective: (size, objective) => `${size}; Ziel: ${objective}`,
    approval: '✋ Freigabe',
    after: (names) => `, nach ${names}`,
    warning: (warning) => `⚠️ Warnung: ${warning}`,
    startIt: (drill, failover) => ['Starten mit ', drill, ' oder ', failover],
    text: (name, size) => `Plan ${name}: ${size}.`,
    textMissing: (name, size) => `Plan ${name}: ${size}. Es fehlen Eingaben.`,
  },

  plans: {
    none: 'Es gibt noch keinen Plan, den Sie sehen dürfen. Senden Sie einen über die API, oder bitten Sie einen Admin um eine Rolle.',
    heading: counted({ one: 'Ein Wiederherstellungsplan', other: '# Wiederherstellungspläne' }),
    inputsMissing: ' – ⚠️ Eingaben fehlen, kann nicht starten',
    seeOne: (command) => ['Einen ansehen: ', command],
    moreSeeOne: (more, command) => [`und ${morePlans(more)}. Einen ansehen: `, command],
  },

  picker: {
    more: (more, status) => [`und ${more} weitere: `, status],
    mayStart: (plans, example) => [`Was Sie starten dürfen: ${plans}, z. B. `, example, '.'],
    help: 'Schreiben Sie „help“, um alle Befehle zu sehen.',
  },

  pending: {
    none: 'Es wartet nichts, auf niemanden.',
    waits: counted({ one: 'Eine Entscheidung wartet auf Sie.', other: '# Entscheidungen warten auf Sie.' }),
    forOthers: 'Wartet auf andere',
    failed: (task, since) => [task, ' ist fehlgeschlagen', ...(since ? [', um ', since] : [])],
    waitsForApproval: (task, since) => [task, ' wartet auf Freigabe', ...(since ? [' seit ', since] : [])],
  },

  gates: {
    heading: 'Freigaben',
    needs: (gate, needs, people, signsIn) => [
      gate,
      ' – nötig: ',
      ...needs,
      people
        ? ` (${people.all} vorhanden${people.active === undefined ? '' : `, ${people.active} gerade erreichbar`})`
        : '',
      signsIn ? ', mit neuer Anmeldung' : '',
    ],
    shortage: (gate, seats, needs, reachable) => [
      gate,
      ` braucht ${seats === 1 ? 'eine Person' : `${seats} Personen`}: `,
      ...needs,
      `. Zu erreichen ist ${reachable === undefined ? 'niemand' : `nur ${reachable}`}; so kann niemand freigeben.`,
    ],
  },

  waiting: {
    decisions: counted({
      one: 'Eine Entscheidung wartet auf Sie.',
      other: '# Entscheidungen warten auf Sie.',
    }),
    note: (task, attempt, run) => `Aufgabe ${task} · Versuch ${attempt} · Lauf ${run}`,
    failed: (task, how) => `❌ ${task}: ${how}`,
    approve: (task) => (/^(freigabe|freigeben)\b/i.test(task) ? `✋ ${task}` : `✋ Freigabe: ${task}`),
    afterWaits: 'Was danach kommt, wartet.',
    decideBy: (at) => [' Entscheidung bis ', at, '.'],
  },

  why: {
    needs: (needs) => ['Nötig: ', ...needs, '. Jede Person füllt einen Platz, gleich auf welcher Plattform.'],
    fourEyes: 'Vier Augen: weder wer den Lauf gestartet hat, noch wer seinen Plan zuletzt bearbeitet hat.',
    vetoOf: (people) => ['Ein „Nein“ beendet es nur von ', ...people, '; jedes andere wird festgehalten.'],
    vetoOfAnybody: 'Ein „Nein“ von jedem, der entscheiden darf, beendet es, bis jemand neu fragt.',
    samePeople: 'Überspringen und Aufgeben brauchen dieselben Personen wie die Freigabe.',
    silenceDeclines:
      'Entscheidet niemand, gilt es als abgelehnt, und die Übung endet dort. Schweigen gibt nie frei.',
    silenceWaits:
      'Entscheidet niemand, läuft die Freigabe ab, der Lauf wartet, und jemand muss entscheiden. Schweigen gibt nie frei.',
    stepUp: 'Wer entscheidet, muss sich neu anmelden.',
    breakGlass: (people) => ['Im Notfall dürfen zwei von ', ...people, ' mit break-glass freigeben.'],
    breakGlassGoesWithout:
      'Solange sich niemand anmelden kann, geht break-glass ohne Anmeldung; das wird vermerkt.',
    nobodyNamed: 'niemandem',
    nobodyAtHand: 'niemand',
    status: (status) => `Stand: ${status}.`,
    mayNot: (why) => ['Sie: ', ...why],
    may: 'Sie dürfen entscheiden.',
    textMayNot: (heading) => `${heading}: Sie dürfen nicht entscheiden.`,
    textMay: (heading) => `${heading}: Sie dürfen entscheiden.`,
    unreachable: '⚠️ Niemand, der entscheiden könnte, ist zu erreichen.',
    can: (names) => `Entscheiden können: ${names}.`,
    canAtHand: (names, atHand) => `Entscheiden können: ${names}. Gerade erreichbar: ${atHand}.`,
  },

  who: {
    heading: (plan) => `${plan}: wer ist wer`,
    startedBy: 'Gestartet von',
    nobodyYet: 'noch niemand',
    onCall: 'Bereitschaft',
    mayApprove: 'Darf freigeben',
    mayOperate: 'Darf wiederholen, überspringen, aufgeben',
    signs: (atHand) => [atHand, ' gerade erreichbar, ○ abwesend'],
    unknown: 'im Moment nicht bekannt',
    nobody: 'niemand namentlich',
  },

  home: {
    nothingWaits: 'Auf Sie wartet nichts. Was Ihre Entscheidung braucht, erscheint hier.',
    running: 'Läuft gerade',
    plans: 'Pläne, die Sie starten dürfen',
    noPlan: 'Sie dürfen keinen starten. Ein Admin kann Ihnen für einen Plan die Rolle operator geben.',
    ended: 'Kürzlich beendet',
    noneEnded: 'Noch kein Lauf ist beendet.',
    help: 'Schreiben Sie „help“, hier unter Nachrichten oder in einem Channel, um alle Befehle zu sehen.',
    more: {
      decision: counted({ one: 'und eine weitere Entscheidung: ', other: 'und # weitere Entscheidungen: ' }),
      run: counted({ one: 'und ein weiterer Lauf: ', other: 'und # weitere Läufe: ' }),
      plan: counted({ one: 'und ein weiterer Plan: ', other: 'und # weitere Pläne: ' }),
    },
    runs: counted({ one: 'Ein Lauf ist im Gange.', other: '# Läufe sind im Gange.' }),
    run: (run, state, at) => [run, ` – ${state} · seit `, at],
    status: (plan) => `Status von ${plan}`,
    spokenStatus: (plan, run) => `Status von ${plan}, Lauf ${run}`,
    isRunning: '⏳ Er läuft gerade.',
    inputsMissing: (inputs) => `⚠️ Kann nicht starten, es fehlen Eingaben: ${inputs}.`,
    unmet: (gates) => `⚠️ Das könnte niemand freigeben: ${gates}.`,
    ready: '✅ Bereit.',
    endedRun: (run, outcome, at, id) => [run, ` – ${outcome} `, ...(at ? [at] : []), ' · Lauf ', id],
  },
}
