import type { Words } from '../index.ts'
import { plurals } from '../plural.ts'

const counted = plurals('de')
const servers = counted({ one: '1 Server', other: '# Servern' })
const allServers = counted({ one: 'Der Server wurde', other: 'Alle # Server wurden' })
const launched = counted({ one: '1 Server', other: '# Server' })
const instances = counted({ one: '1 Instanz', other: '# Instanzen' })
const andMore = (more: number): string => (more > 0 ? ` und ${more} weitere` : '')
const inRegion = (region: string | undefined): string => (region ? ` in ${region}` : '')

export const outcome: Words['outcome'] = {
  nothingStarted: 'Es wurde nichts gestartet.',
  nothingStartedYet: 'Es war noch nichts gestartet.',
  expired: (minutes) => `Niemand hat innerhalb von ${minutes} Minuten entschieden.`,
  timedOut: (minutes) => `Nicht innerhalb von ${minutes} Minuten fertig geworden.`,
  mayStillRun: (references) => `${references} läuft in AWS vielleicht noch.`,
  unknownType: (type) => `Diese Version von Lifeboat kennt keine Aufgaben der Art „${type}“.`,
  crashed: 'Lifeboat ist dabei mehrmals abgebrochen; warum, steht in seinem Protokoll.',
  leftNothing: 'In AWS war nichts gestartet: Die Aufgabe lässt sich wiederholen.',
  leftUnclear: 'Vielleicht wurde in AWS etwas gestartet, zu dem ein Verweis fehlt.',
  lookFirst: 'Sehen Sie dort nach, bevor Sie wiederholen oder überspringen.',
  startedTwice: (several) =>
    `Vielleicht wurde mehr als einmal gestartet: ${several}. Sehen Sie in AWS nach, und übernehmen Sie dann das Richtige, oder wiederholen Sie.`,
  neverReached: 'Der Start hat AWS nie erreicht.',
  triedOften: (times) => `Es wurde ${times}-mal versucht.`,
  couldNotStop: (references) => `Ließ sich nicht anhalten und läuft vielleicht noch: ${references}.`,
  courtesy: 'Es ist wieder Platz; wer länger wartet, ist zuerst an der Reihe.',
  drs: {
    allBefore: (number) => `${allServers(number)} schon in einem früheren Versuch gestartet.`,
    launched: (number, jobs) =>
      `${launched(number)} gestartet (${jobs.length > 1 ? 'Jobs' : 'Job'} ${jobs.join(', ')}).`,
    notLaunched: (missing, of, list, more) =>
      `${missing} von ${servers(of)} nicht gestartet: ${list}${andMore(more)}. Eine Wiederholung startet nur diese.`,
    jobs: (jobs) => `${jobs.length > 1 ? 'Jobs' : 'Job'} ${jobs.join(', ')}.`,
    cannotCancel: (jobs) =>
      `DRS kann keinen Job abbrechen: ${jobs.join(', ')} ${jobs.length > 1 ? 'laufen weiter und starten ihre Server' : 'läuft weiter und startet seine Server'}.`,
    server: {
      waiting: 'ausgelassen oder nie begonnen',
      launching: 'nicht fertig',
      launched: 'gestartet',
      failed: 'fehlgeschlagen',
      terminated: 'beendet',
      absent: 'in keinem Job',
    },
    held: (job, server) => `Der noch aktive Job ${job} belegt ${server}.`,
    tooMany: (most, region, wanted) =>
      `DRS nimmt${inRegion(region)} ${most} Server in einen Job, hier sollen es ${wanted} sein. Lassen Sie das Kontingent erhöhen.`,
    jobsTaken: (most, region) =>
      `DRS führt${inRegion(region)} ${most} Jobs zugleich aus, und alle sind belegt.`,
    serversTaken: (most, region, wanted) =>
      `DRS arbeitet${inRegion(region)} an ${most} Servern zugleich; die in aktiven Jobs lassen keinen Platz für ${wanted} weitere.`,
    log: {
      JOB_START: 'der Job hat begonnen',
      JOB_END: 'der Job ist zu Ende',
      JOB_CANCEL: 'der Job wurde abgebrochen',
      SERVER_SKIPPED: 'AUSGELASSEN, nicht gestartet',
      CLEANUP_START: 'die Instanz eines früheren Starts wird entfernt',
      CLEANUP_END: 'Instanz eines früheren Starts entfernt',
      CLEANUP_FAIL: 'die Instanz eines früheren Starts ließ sich nicht entfernen',
      SNAPSHOT_START: 'ein Snapshot wird gemacht',
      SNAPSHOT_END: 'Snapshot gemacht',
      SNAPSHOT_FAIL: 'der Snapshot ist FEHLGESCHLAGEN',
      USING_PREVIOUS_SNAPSHOT: 'ein ÄLTERER Snapshot wird benutzt, die neuesten Daten werden fehlen',
      USING_PREVIOUS_SNAPSHOT_FAILED: 'auch der ältere Snapshot ist FEHLGESCHLAGEN',
      CONVERSION_START: 'die Platten werden umgewandelt',
      CONVERSION_END: 'Platten umgewandelt',
      CONVERSION_FAIL: 'die Umwandlung der Platten ist FEHLGESCHLAGEN',
      LAUNCH_START: 'startet',
      LAUNCH_FAILED: 'der Start ist FEHLGESCHLAGEN',
    },
  },
  ssm: {
    ended: (document, status, id) => `${document} endete mit ${status} (${id}).`,
    failed: (document, status, why, id) =>
      `${document} endete mit ${status}${why ? `: ${why}` : '.'} Ausführung ${id}.`,
    failedStep: (step, status, why) => `Schritt ${step} ${status}: ${why}`,
    stopping: (document, id) =>
      `${document} (${id}) soll anhalten; was gerade läuft, kommt vielleicht noch zu Ende.`,
    allBefore: (document, number) =>
      `${document} war schon in einem früheren Versuch überall erfolgreich (${instances(number)}).`,
    succeeded: (document, number, command) =>
      `${document} war erfolgreich: ${instances(number)} (Befehl ${command}).`,
    notReached: (status) => `nicht erreicht, der Befehl steht auf ${status}`,
    notEverywhere: (document, missing, of, list, more, command) =>
      `${document} war auf ${missing} von ${instances(of)} nicht erfolgreich: ${list}${andMore(more)}. Eine Wiederholung geht nur an diese. Befehl ${command}.`,
    cancelling: (document, id) =>
      `${document} (${id}) soll anhalten; auf manchen Instanzen läuft er vielleicht noch zu Ende.`,
  },
  database: {
    moved: (cluster, writer) => `Der Writer von ${cluster} ist ${writer}.`,
    notMoved: (cluster, writer, target, status) =>
      `Der Writer von ${cluster} ist noch immer ${writer}, der Wechsel zu ${target} fand nicht statt. Der Cluster steht auf ${status}. Sehen Sie in RDS seine Ereignisse an, und wiederholen Sie dann.`,
    moving: (cluster, status, target) => `${cluster}: ${status}, Ziel ${target}`,
    nothingMoved: 'Nichts wurde verlagert.',
    cannotStop: (cluster) => `RDS kann keinen Wechsel anhalten: ${cluster} führt aus, was beauftragt ist.`,
    standing: (cluster, status, writer) => `${cluster} steht auf ${status}, sein Writer ist ${writer}`,
    notNow: (standing) => `Übung: Der Auftrag ließe sich jetzt nicht erteilen: ${standing}.`,
    checked: (standing, target) =>
      `Übung: nur geprüft; ${standing}, ${target} gehört dazu. Nichts wurde verlagert.`,
    noCluster: (cluster) => `Es gibt keinen globalen Cluster ${cluster}. Prüfen Sie Namen, Region und Konto.`,
    noMember: (target, cluster, members) =>
      `${target} gehört nicht zu ${cluster}. Dazu gehören: ${members}. Berichtigen Sie target_cluster.`,
    noWriter: (cluster) =>
      `RDS sagt nicht, welcher Cluster von ${cluster} der Writer ist. Es wird noch einmal versucht.`,
  },
  dns: {
    outside: (names, zone, apex) =>
      `Übung: ${names} nicht in der Zone ${zone} (${apex || 'kein SOA-Eintrag'}). Berichtigen Sie den Plan.`,
    checked: (zone) => `Übung: nur geprüft; die Namen gehören zur Zone ${zone}. Kein Eintrag wurde geändert.`,
    set: (records, before) => `Gesetzt: ${records}. Vorher: ${before}.`,
    nothingChanged: 'Kein Eintrag wurde geändert.',
    stays: (change, before) => `Die Änderung ${change} ist gemacht und bleibt. Vorher: ${before}.`,
    didNotExist: (name, type) => `${name} ${type} gab es nicht`,
  },
  waited: counted({ one: '1 Minute gewartet.', other: '# Minuten gewartet.' }),
  waitOver: 'Das Warten ist vorbei; nichts läuft.',
  aws: {
    on: (about) => ` (${about})`,
    zone: (zone) => `Zone ${zone}`,
    secret: (name) => `Secret „${name}“`,
    advice: {
      denied: 'Geben Sie der Rolle von Lifeboat diese Berechtigung, und wiederholen Sie dann.',
      unknown: 'Prüfen Sie Namen, Region und Konto, und wiederholen Sie dann.',
      unmanaged:
        'Systems Manager verwaltet sie nicht: Prüfen Sie, ob sie läuft, ihren Agenten, ihre Rolle und die Region, und wiederholen Sie dann.',
      invalid: 'Berichtigen Sie die Eingaben der Aufgabe im Plan.',
      busy: 'Der Dienst ist ausgelastet; es wird noch einmal versucht.',
      quota: 'Es wartet, bis andere Arbeit zu Ende ist oder das Kontingent erhöht wird.',
      stale: 'Prüfen Sie Uhr und Schlüssel dieser Maschine; es wird noch einmal versucht.',
      unreached: 'Es wurde nichts gesendet. Prüfen Sie Netz und Region; es wird noch einmal versucht.',
      look: 'Vielleicht ist es trotzdem geschehen; es wird danach gesucht, bevor es noch einmal getan wird.',
      noKeys: 'Es wurden keine AWS-Schlüssel gefunden. Geben Sie dem Prozess eine Rolle oder Schlüssel.',
      noDrs: 'Richten Sie in dieser Region zuerst Elastic Disaster Recovery ein.',
      otherParameters: 'Dieser Versuch wurde mit anderen Parametern gestartet. Wiederholen Sie die Aufgabe.',
      conflict: 'Vielleicht belegt es ein anderer Job; zuerst wird gesucht, was läuft.',
      again: 'Es wird noch einmal versucht.',
    },
    roleWithoutKeys: (role) =>
      `STS AssumeRole von ${role} gab keine Schlüssel. Versuchen Sie es noch einmal.`,
    roleNotNow: (role) => `STS hat die Rolle ${role} nicht gegeben. Versuchen Sie es noch einmal.`,
    roleRefused: (role, account, secret) =>
      `STS hat die Rolle ${role} im Konto ${account} verweigert. Prüfen Sie, ob es die Rolle gibt, ob sie diesem Konto vertraut und ${
        secret === undefined
          ? 'ob sie eine External ID verlangt („external_id_secret“ in den Eingaben der Aufgabe)'
          : `ob sie die External ID aus dem Secret „${secret}“ verlangt`
      }.`,
    secretWithoutText: (name) =>
      `Das Secret „${name}“ enthält keinen Text. Speichern Sie den Wert als einfache Zeichenkette.`,
    otherRecord: (name, type, types) => `Der Eintrag ${name} hat den Typ ${type}; Lifeboat setzt ${types}.`,
    endlessPages: (what) =>
      `${what} kommt zu keinem Ende: Die Seiten wiederholen sich, oder es sind zu viele.`,
  },
}
