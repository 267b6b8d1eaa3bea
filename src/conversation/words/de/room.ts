import type { Words } from '../index.ts'

export const room: Words['room'] = {
  topic: {
    cancelling: 'wird abgebrochen',
    paused: 'pausiert',
    approvals: (approved, all) => `Freigaben ${approved}/${all}`,
    objective: (at) => `RTO ${at}`,
    forecast: (at) => `Prognose ${at}`,
  },
  panel: {
    heading: (plan) => `Einsatzraum von ${plan}`,
    nobody: 'noch niemand',
    closed: (by) => ['Geschlossen von ', by, '. Er wird archiviert, sobald hier alles gemeldet ist.'],
    howToNote: 'Markieren Sie eine Nachricht mit 📌 oder 📝, und sie wird zur Notiz des Laufs.',
    take: { commander: 'Einsatzleitung übernehmen', scribe: 'Protokoll übernehmen' },
    takeOver: { commander: 'Einsatzleitung ablösen', scribe: 'Protokoll ablösen' },
    giveBack: { commander: 'Einsatzleitung abgeben', scribe: 'Protokoll abgeben' },
    close: 'Raum schließen',
  },
  notice: {
    missing: '🚪 Der Einsatzraum ist noch nicht da.',
    missingSpoken: 'Der Einsatzraum ist noch nicht da.',
    open: (room) => ['🚪 Einsatzraum: ', room],
    archived: (room) => ['🚪 Der Einsatzraum ', room, ' ist geschlossen und archiviert.'],
    openSpoken: (room) => `Einsatzraum #${room}.`,
    archivedSpoken: (room) => `Einsatzraum #${room} ist geschlossen.`,
    trouble: (trouble) => `⚠️ ${trouble} Der Lauf geht trotzdem weiter.`,
  },
  holds: {
    commander: (plan, mode) => `Sie haben die Einsatzleitung von ${plan} (${mode}).`,
    scribe: (plan, mode) => `Sie führen das Protokoll von ${plan} (${mode}).`,
  },
  duties: {
    commander: [
      'Sie leiten; Sie reparieren nicht. Sprechen Sie Leute mit Namen an, und verlangen Sie eine Antwort.',
      'Achten Sie auf das, was wartet: Freigaben und Fehler stehen mit ihren Knöpfen im Raum.',
      'Vergleichen Sie in der Übersicht die Prognose mit dem Ziel; sagen Sie früh, wenn es verfehlt wird.',
      'Entscheidungen gehören in den Raum: „/dr note wir bleiben heute Nacht im Westen“ hält eine fest.',
      'Übergeben Sie hörbar: Wer folgt, drückt „Einsatzleitung ablösen“, und Sie erfahren es.',
    ],
    scribe: [
      'Sie führen das Protokoll, damit es sonst niemand muss.',
      'Schritte und Entscheidungen des Laufs sind schon festgehalten: Schreiben Sie auf, warum, und was man hier nicht sieht.',
      '„/dr note …“ schreibt eine Notiz; 📌 oder 📝 an einer Nachricht hält diese Nachricht fest.',
      'Notieren Sie, wer außerhalb informiert wurde, und wann.',
      'Übergeben Sie hörbar: Wer folgt, drückt „Protokoll ablösen“.',
    ],
  },
}
