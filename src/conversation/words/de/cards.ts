import type { Words } from '../index.ts'
import { plurals } from '../plural.ts'

const counted = plurals('de')

export const cards: Words['cards'] = {
  button: {
    approve: 'Freigeben',
    reject: 'Ablehnen…',
    adopt: 'Übernehmen',
    retry: 'Wiederholen',
    release: 'Fortsetzen',
    hold: 'Anhalten',
    skip: 'Aufgabe überspringen…',
    abandon: 'Zweig aufgeben…',
  },
  spoken: (action, task) => `${action}: ${task}`,
  adopt: (reference) => `Übernehmen: ${reference}`,
  spokenAdopt: (reference, task) => `Übernehmen, ${reference}: ${task}`,
  note: (plan, task, run) => `${plan} · Aufgabe ${task} · Lauf ${run}`,

  approval: {
    subject: (task) => (/^(freigabe|freigeben)\b/i.test(task) ? task : `Freigabe: ${task}`),
    decideBy: (at) => ['Entscheidung bis ', at, '. '],
    waiting: 'Wartet auf eine Entscheidung.',
    votesSoFar: (votes) => `Bisher ${votes}.`,
  },

  gate: {
    needs: (people) => ['Nötig: ', ...people, '.'],
    fourEyes: 'Nicht, wer den Lauf gestartet oder den Plan zuletzt bearbeitet hat.',
    stepUp: 'Wer entscheidet, meldet sich neu an; zum Ablehnen ist das nicht nötig.',
    anyone: counted({
      one: 'eine Person mit der Rolle approver',
      other: '# Personen mit der Rolle approver',
    }),
    byAddress: counted({
      one: 'eine Person, die in der Policy mit Adresse steht',
      other: '# Personen, die in der Policy mit Adresse stehen',
    }),
    of: (people, those) => [`${people} von `, ...those],
    all: (rows) =>
      rows.flatMap((row, place) =>
        place === 0 ? row : [place === rows.length - 1 ? ' und ' : ', ', ...row],
      ),
    andMore: (names, more) => [...names, ` und ${more} weitere`],
    choice: { approve: 'freigeben', reject: 'ablehnen', skip: 'überspringen', abandon: 'aufgeben' },
    breakGlass: '🚨 BREAK GLASS · ',
    breakGlassWithoutSignIn: '🚨 BREAK GLASS, keine Anmeldung möglich · ',
    vote: (by, choice, at, because, receipt) => [
      by,
      ` sagt: ${choice} · `,
      at,
      ...because,
      ` · Beleg ${receipt}`,
    ],
  },

  failure: {
    subject: (task, how) => `❌ ${task}: ${how}`,
    rejectedBy: (by, at) => ['Abgelehnt von ', by, ' · ', at],
    note: (plan, task, attempt, at, run) => [
      `${plan} · Aufgabe ${task} · Versuch ${attempt}`,
      ...(at ? [' · ', at] : []),
      ` · Lauf ${run}`,
    ],
    decisionNeeded: 'Eine Entscheidung ist nötig.',
    runCancelled: 'Der Lauf wurde abgebrochen.',
  },

  decided: {
    cascaded: 'aufgegeben, weil eine Aufgabe davor aufgegeben wurde',
    hadFailed: (failure) => ` · zuvor ${failure}`,
    recorded: (receipt) => `Festgehalten · Beleg ${receipt}`,
    attemptOver: (task, attempt) => `🔁 ${task}: Versuch ${attempt} ist vorbei`,
    attemptFollows: (attempt) => `An seine Stelle ist Versuch ${attempt} getreten`,
    doneBy: (done, by, at) => [`${done} von `, ...by, ' · ', at],
  },

  consequence: {
    opens: (names) => `Gibt den Weg frei für: ${names}.`,
    completes: 'Schließt diese Aufgabe ab.',
    stops: 'Hält hier an, bis jemand die Aufgabe wiederholt, überspringt oder aufgibt.',
    stopsBefore: (names) =>
      `Hält hier an, bis jemand die Aufgabe wiederholt, überspringt oder aufgibt. Bis dahin startet nicht: ${names}.`,
    adopts: 'Startet nichts: verfolgt als dieser Versuch, was in AWS läuft, bis zu seinem Ende.',
    startsAnew:
      'Startet die Aufgabe neu. Stellen Sie vorher in AWS sicher, dass von diesem Versuch nichts mehr läuft.',
    asksAgain: 'Bittet noch einmal um die Freigabe.',
    runsAgain: 'Führt diese Aufgabe noch einmal von Anfang an aus.',
    skips: 'Lässt diese Aufgabe aus.',
    skipsTo: (names) => `Lässt diese Aufgabe aus. Weiter geht es, als wäre sie erledigt: ${names}.`,
    abandonsAlone: 'Gibt diese Aufgabe auf. Keine andere hängt von ihr ab.',
    abandons: (tasks, names) =>
      `Gibt diese Aufgabe auf. Damit entfällt, was nach ihr kommt (${tasks}): ${names}.`,
    holds: 'Hält diese Aufgabe vor dem Start an, bis sie jemand fortsetzt.',
    releases: 'Lässt diese Aufgabe starten, sobald sie an der Reihe ist.',
  },

  preview: {
    lost: (tasks, names) => `🚫 Entfällt (${tasks}): ${names}`,
    begins: (tasks, names) => `▶️ Beginnt sofort (${tasks}): ${names}`,
    finish: (after, before) => ['🏁 Voraussichtlich fertig um ', after, ' statt um ', before],
  },

  brief: {
    heading: (plan) => `${plan}: das Wichtigste`,
    mode: 'Modus',
    means: {
      recovery: 'die Produktion wird wirklich verlagert',
      drill: 'nur eine Übung, die Produktion bleibt, wo sie ist',
    },
    started: 'Gestartet',
    startedBy: (at, by) => [at, ' von ', by],
    now: 'Jetzt',
    running: 'Läuft',
    waits: 'Wartet auf Menschen',
    nobody: 'noch niemand',
    note: (help) => [
      'Die angeheftete Übersicht ist immer aktuell; in ihrem Thread steht jeder Schritt. Die Befehle zeigt ',
      help,
      '.',
    ],
  },

  steps: 'Aufgaben',

  bulk: {
    started: (tasks, names) => `⏳ ${tasks} gestartet: ${names}`,
    running: (tasks, names) => `⏳ ${tasks} laufen: ${names}`,
    completed: (tasks, names) => `✅ ${tasks} abgeschlossen: ${names}`,
  },
}
