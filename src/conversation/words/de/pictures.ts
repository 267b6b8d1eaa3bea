import type { Words } from '../index.ts'
import { core } from './core.ts'

const MANY: Partial<typeof core.status> = {
  IN_PROGRESS: 'laufen',
  PENDING_APPROVAL: 'warten auf Freigabe',
  RETRY: 'laufen gleich noch einmal',
}

export const pictures: Words['pictures'] = {
  dates: 'de-DE',
  means: { drill: 'Übung', recovery: 'echte Wiederherstellung' },
  unnamed: 'ohne Namen',
  state: (status, tasks) => (tasks === 1 ? undefined : MANY[status]) ?? core.status[status],
  node: {
    attempt: (attempt) => `Versuch ${attempt}`,
    andMore: (more) => `und ${more} weitere`,
    failure: {
      rejected: 'abgelehnt',
      expired: 'ohne Entscheidung abgelaufen',
      'timed-out': 'nicht rechtzeitig fertig',
      crashed: 'in Lifeboat abgebrochen',
      aws: 'in AWS',
    },
    needsDecision: 'braucht eine Entscheidung',
  },
  plan: {
    drawnTogether: (tasks, boxes) =>
      `${tasks} in ${boxes === 1 ? 'einem Kasten' : `${boxes} Kästen`}: Aufgaben im selben Zustand, die neben- oder nacheinander laufen, sind zusammen gezeichnet.`,
    againstObjective: (elapsed, objective) => `${elapsed}, Ziel ${objective}`,
    exceeded: (elapsed, objective) => `${elapsed}, Ziel ${objective} überschritten`,
    alt: (mode, means, plan) => `${mode}, ${means}: der Plan ${plan} als Graph.`,
    failed: (names) => `Fehlgeschlagen: ${names}.`,
    waits: (names) => `Wartet auf Menschen: ${names}.`,
    running: (names) => `Läuft: ${names}.`,
    onHold: (names) => `Angehalten: ${names}.`,
    next: (names) => `Als Nächstes: ${names}.`,
    after: (task, others) => `${task} (nach ${others})`,
  },
  timeline: {
    asPlanned: (took) => `Dauer ${took}, wie geplant`,
    later: (took, by) => `Dauer ${took}, ${by} später als geplant`,
    sooner: (took, by) => `Dauer ${took}, ${by} früher als geplant`,
    waiting: (time) => `${time} auf Menschen gewartet`,
    met: (objective) => `Ziel ${objective} erreicht`,
    notMet: (objective) => `Ziel ${objective} verfehlt`,
    objective: (at) => `RTO ${at}`,
    leftOut: (tasks) =>
      `${tasks} ausgelassen: nicht kritisch, nicht wartend, nicht fehlgeschlagen und kürzer.`,
    wait: {
      approval: (task) => `Freigabe: ${task}`,
      decision: (task) => `Entscheidung: ${task}`,
    },
    tookOfPlanned: (took, planned) => `${took}, geplant ${planned}`,
    neverStarted: 'nie begonnen',
    legend: {
      planned: 'geplant',
      actual: 'tatsächlich',
      critical: 'kritischer Pfad',
      waiting: 'Warten auf Menschen',
      zone: (zone) => `Zeiten in ${zone}`,
    },
    alt: (mode, means, plan) => `${mode}, ${means}: der Lauf von ${plan} als Zeitachse.`,
    times: (started, ended, planned, zone) =>
      `Begonnen ${started}, beendet ${ended}, geplant für ${planned} (${zone}).`,
    timesAndDue: (started, ended, planned, due, zone) =>
      `Begonnen ${started}, beendet ${ended}, geplant für ${planned}, Ziel ${due} (${zone}).`,
    criticalPath: (names) => `Kritischer Pfad: ${names}.`,
    waitedFor: (waits) => `Auf Menschen gewartet: ${waits}.`,
    waitedFrom: (what, time, from) => `${what} ${time} ab ${from}`,
    notCompleted: (names) => `Nicht abgeschlossen: ${names}.`,
  },
}
