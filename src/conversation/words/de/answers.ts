import type { Words } from '../index.ts'
import { plurals } from '../plural.ts'

const counted = plurals('de')

export const answers: Words['answers'] = {
  desk: {
    trouble: (wrong) => `⚠️ ${wrong} Die Läufe gehen trotzdem weiter.`,
    oldButton:
      'Diese Schaltfläche stammt aus einer anderen Version von Lifeboat. Bitte den Status neu abfragen.',
    oldDialog: 'Dieser Dialog stammt aus einer anderen Version von Lifeboat. Bitte neu öffnen.',
    cannotSpeak: (channel, since, why) =>
      `In ${channel} kann seit ${since} nichts mehr geschrieben werden: ${why}`,
  },
  trouble: {
    redisAway: (why) => `Redis antwortet nicht: ${why}. Der Kontrollgang macht ohne ihn weiter.`,
    redisReplica:
      'Redis ist eine Kopie, die nur gelesen werden kann, und nimmt keine Jobs: Lassen Sie REDIS_URL auf das Original zeigen.',
    redisFull: (limit) =>
      `Redis ist voll (maxmemory: ${limit} Bytes) und nimmt keine Jobs: Geben Sie ihm mehr Speicher, oder entfernen Sie, was nicht zu Lifeboat gehört.`,
    redisEvicts: (policy) =>
      `Redis hat die maxmemory-policy „${policy}“ und wirft vielleicht Jobs hinaus: Stellen Sie sie auf „noeviction“.`,
    redisForgets:
      'Redis behält nichts auf der Platte und vergisst bei jedem Neustart alle Jobs: Stellen Sie „appendonly yes“ ein.',
    streamAway: (why) =>
      `Der Stream der Tabelle lässt sich nicht lesen: ${why}. Der Kontrollgang findet, was sich geändert hat.`,
    changesPassed: (changes) =>
      `${changes === 1 ? 'Eine Änderung der letzten Stunde ließ' : `${changes} Änderungen der letzten Stunde ließen`} sich nicht weitergeben; das Protokoll nennt sie. Der Kontrollgang sieht nach diesen Läufen.`,
  },
  whichRun: {
    none: (named) => `Kein Lauf „${named}“ ist im Gange.`,
    several: (names) => `Mehrere Läufe sind im Gange: ${names}. Bitte run:<id> an den Befehl anhängen.`,
  },
  start: {
    noPlan:
      'Es gibt keinen Plan, den Sie starten dürfen. Wer Lifeboat verwaltet, kann Ihnen eine Rolle dafür geben.',
    noSuchPlan: (plan) =>
      `Es gibt keinen Plan „${plan}“, den Sie starten dürfen. Bitte einen aus der Liste wählen.`,
    chooseMode: (modes) => `Bitte eines davon wählen: ${modes}.`,
    typeName: (typed, name) =>
      `Eingegeben wurde „${typed}“. Um ein REAL-Failover zu starten, bitte „${name}“ eingeben.`,
    typeRegion: (typed, region) =>
      `Eingegeben wurde „${typed}“. Das REAL-Failover verlagert nach „${region}“: bitte das eingeben.`,
  },
  mute: {
    notKnown:
      'Im Moment lässt sich nicht feststellen, wer Sie sind: Nichts ist stummgeschaltet. Bitte bald noch einmal versuchen.',
    nobody: 'Ein Token bekommt keine Direktnachrichten: Da gibt es nichts stummzuschalten.',
    muted: (run, until) => [
      `Zu ${run} bekommen Sie keine Direktnachrichten bis `,
      until,
      '. Die Karten bleiben im Thread, und wo sonst niemand entscheiden könnte, werden Sie trotzdem gefragt.',
    ],
    heard: (run) => [`Zu ${run} bekommen Sie wieder Direktnachrichten.`],
  },
  talk: {
    stillUnderWay:
      'Der Lauf ist noch im Gange. Sein Einsatzraum kann geschlossen werden, sobald er beendet ist.',
  },
  why: {
    noApproval: (task) =>
      `„${task}“ ist keine Freigabe: Wiederholen, Überspringen oder Aufgeben erfordert die Rolle operator.`,
  },
  report: {
    overApiOnly: 'Berichte gibt es nur über die API: GET /api/v1/executions/{id}/report.',
    overApi: (id) => `Über die API: GET /api/v1/executions/${id}/report, report.md, report.pdf.`,
    ready: (run) => `Der Bericht zu ${run} liegt bereit.`,
    soFar: (run) => `${run}: der Bericht bis jetzt.`,
    notSent: (run) => `Der Bericht zu ${run} konnte Ihnen nicht direkt geschickt werden.`,
    sent: (run, forms) => `Der Bericht zu ${run} ist in Ihren Direktnachrichten, als ${forms}.`,
    forms: { pdf: 'PDF', md: 'Markdown', json: 'JSON' },
    all: 'PDF, Markdown und JSON',
  },
  files: {
    timeline: 'Wie es lief: geplant und tatsächlich',
    planAtStart: 'Der Plan zu Beginn',
    gate: (name) => `Wo der Lauf steht: ${name}`,
    report: 'Bericht',
    reportMarkdown: 'Bericht (Markdown)',
    reportJson: 'Bericht (JSON, zum Prüfen)',
  },
  left: {
    earlierLines: counted({ one: '… eine frühere Zeile', other: '… # frühere Zeilen' }),
    more: counted({ one: '… und noch eins', other: '… und # weitere' }),
    parts: counted({
      one: '… Ein weiterer Teil wird nicht angezeigt.',
      other: '… # weitere Teile werden nicht angezeigt.',
    }),
    rest: '… Der Rest passt nicht hierher. „status“ und „report“ zeigen mehr.',
  },
  room: {
    lacks: {
      open: 'Der Einsatzraum konnte nicht eröffnet werden',
      topic: 'Der Einsatzraum hat kein aktuelles Thema',
      invite: 'Niemand konnte in den Einsatzraum geholt werden',
      pin: 'Die Übersicht ist im Einsatzraum nicht angeheftet',
      'thread-link': 'Dem Einsatzraum fehlt der Link zum Thread',
      links: 'Dem Einsatzraum fehlen die Links',
      roles: 'Wer eine Rolle hat, konnte nicht in den Einsatzraum geholt werden',
      commander: 'Die Einsatzleitung hat nicht erfahren, was zu tun ist',
      scribe: 'Wer das Protokoll führt, hat nicht erfahren, was zu tun ist',
      farewell: 'Im Einsatzraum steht noch nicht alles',
      report: 'Der Bericht ist nicht im Einsatzraum',
      archive: 'Der Einsatzraum ist nicht archiviert',
    },
    trouble: (lacks, why) => `${lacks}: ${why}`,
    ourFault: (lacks) => `${lacks}: Bei uns ist etwas schiefgegangen.`,
    lost: (why) => `${why} „/dr room close“ und „/dr room“ geben dem Lauf einen neuen Einsatzraum.`,
    links: { thread: 'Wo es begann', runbook: 'Runbook', bridge: 'Besprechung' },
    purpose: (run) => `Einsatzraum des Laufs ${run}, von Lifeboat geführt.`,
    title: 'Einsatzraum',
    opens: 'Der Einsatzraum wird eröffnet.',
    closed: 'Dieser Einsatzraum ist geschlossen. Der Bericht steht oben.',
    askedHere: (people) => [
      'Sie werden hier gebraucht: ',
      ...people.flatMap((person, at) => (at === 0 ? [person] : [', ', person])),
    ],
  },
  account: {
    bot: 'Ihr Konto ist ein Bot: Es kann Lifeboat nicht benutzen.',
    deactivated: 'Ihr Konto ist deaktiviert: Es kann Lifeboat nicht benutzen.',
    gone: 'Ihr Konto ist hier nicht bekannt: Es kann Lifeboat nicht benutzen.',
    'of another tenant': 'Ihr Konto gehört zu einem anderen Tenant: Es kann Lifeboat nicht benutzen.',
    'of another workspace': 'Ihr Konto gehört zu einem anderen Workspace: Es kann Lifeboat nicht benutzen.',
  },
  broken: {
    slack: (id) =>
      `Bei uns ist etwas schiefgegangen (Id ${id}). Bitte erst mit /dr status prüfen, ob etwas festgehalten wurde, und dann erneut versuchen.`,
    teams: (id) =>
      `Bei uns ist etwas schiefgegangen (Id ${id}). Bitte erst mit „status“ prüfen, ob etwas festgehalten wurde, und dann erneut versuchen.`,
    web: (id) =>
      `Bei uns ist etwas schiefgegangen. Im Log steht es unter ${id}. Die Karte im Chat zeigt, was festgehalten wurde.`,
  },
  slack: {
    oneMoment: 'Einen Moment …',
    working: 'In Arbeit …',
    recording: (by) => ['Wird festgehalten, auf Wunsch von ', by, ' …'],
    done: 'Erledigt. Alles Weitere zeigt die Karte im Channel.',
    tooLate: 'Der Dialog ging nicht rechtzeitig auf. Bitte noch einmal anfordern.',
    notTaken: 'Das konnte nicht angenommen werden.',
    cancel: 'Abbrechen',
    close: 'Schließen',
  },
  teams: {
    hello:
      'Lifeboat steuert von hier aus die Notfallwiederherstellung. „@Lifeboat help“ zeigt, was es versteht, „@Lifeboat drill“ startet eine Übung.',
    done: 'Erledigt. Alles Weitere steht im Thread des Laufs.',
    doneAsAsked: (name) => `Erledigt, wie von ${name} gewünscht. Der Lauf hat einen eigenen Thread.`,
    recorded: 'Festgehalten. Die Karte zeigt es gleich.',
    unchanged: 'Nichts wurde geändert.',
    oldForm: 'Dieses Formular stammt aus einer anderen Version von Lifeboat. Bitte neu öffnen.',
    stillWorking:
      'Noch in Arbeit: Die Karte wird sich ändern, oder ich schreibe Ihnen in unserem persönlichen Chat.',
    fileNotHanded:
      'Die Datei konnte nicht übergeben werden. Das Angebot steht noch: Bitte gleich noch einmal annehmen.',
    fileGone: 'Diese Datei wird nicht mehr aufbewahrt. Bitte den Bericht neu anfordern.',
    back: 'Zurück',
    needed: (label) => `Erforderlich: ${label}`,
    hasLeft: 'jemand, der nicht mehr dabei ist',
    somebody: 'jemand',
  },
  signInPage: {
    language: 'de',
    mode: {
      recovery: '🔴 REAL: Das verlagert die Produktion',
      drill: '🟡 DRILL: Eine Übung, die Produktion bleibt, wo sie ist',
    },
    back: 'Zurück zur Entscheidung',
  },
}
