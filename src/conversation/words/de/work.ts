import type { Words } from '../index.ts'
import { plurals } from '../plural.ts'

const counted = plurals('de')
const servers = counted({ one: '1 Server', other: '# Server' })
const instances = counted({ one: '1 Instanz', other: '# Instanzen' })
const inRegion = (region: string | undefined): string => (region ? ` in ${region}` : '')
const asWell = (isDrill: boolean): string => (isDrill ? ', auch in einer Übung' : '')

export const work: Words['work'] = {
  title: {
    approval: 'Freigabe',
    database_failover: 'Datenbank verlagern (RDS)',
    drs_recovery: 'Server wiederherstellen (DRS)',
    route53_failover: 'Datenverkehr umleiten (Route 53)',
    ssm_automation: 'Automation ausführen (SSM)',
    ssm_command: 'Befehl ausführen (SSM)',
    wait: 'Warten',
  },
  approval: 'Wartet, bis jemand freigibt oder ablehnt, der das darf.',
  launch: (number, region, jobs) =>
    `Startet ${servers(number)}${inRegion(region)} mit ${jobs > 1 ? `DRS in ${jobs} Jobs` : 'DRS'}.`,
  launchAsDrill: (number, region, jobs) =>
    `Startet zur Übung ${servers(number)}${inRegion(region)} mit ${jobs > 1 ? `DRS in ${jobs} Jobs` : 'DRS'}; die Produktion bleibt unberührt.`,
  automation: (document, region, isDrill) =>
    `Führt die Automation ${document}${inRegion(region)} aus${asWell(isDrill)}.`,
  command: (document, number, region, isDrill) =>
    `Führt den Befehl ${document}${inRegion(region)} aus, Ziel: ${instances(number)}${asWell(isDrill)}.`,
  database: {
    drill: (cluster, target) =>
      `Übung: prüft nur, ob der Writer von ${cluster} zu ${target} wechseln könnte; nichts wird verlagert.`,
    withLoss: (cluster, target) =>
      `Verlagert den Writer von ${cluster} zu ${target}; die neuesten Daten KÖNNEN VERLOREN GEHEN.`,
    withoutLoss: (cluster, target) => `Verlagert den Writer von ${cluster} zu ${target}, ohne Datenverlust.`,
  },
  dns: {
    drill: (names, zone) =>
      `Übung: prüft nur, ob sich in ${zone} ändern ließe: ${names}; nichts wird geändert.`,
    sets: (records, zone) => `Setzt ${records} in ${zone}.`,
  },
  wait: counted({ one: 'Wartet 1 Minute.', other: 'Wartet # Minuten.' }),
}
