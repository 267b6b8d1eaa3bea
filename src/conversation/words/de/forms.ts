import type { Words } from '../index.ts'
import { plurals } from '../plural.ts'

const more = plurals('de')({ one: 'Einen weiteren Plan', other: '# weitere Pläne' })

export const forms: Words['forms'] = {
  button: {
    drill: '🟡 Übung starten…',
    spokenDrill: (plan) => `Eine Übung starten: ${plan}`,
    failover: '🔴 REAL-Failover starten…',
    spokenFailover: (plan) => `Ein REAL-Failover starten: ${plan}`,
    either: 'Failover oder Übung starten…',
    spokenEither: 'Ein Failover oder eine Übung starten',
    open: 'Formular öffnen…',
    spokenOpen: (submit) => `Formular öffnen: ${submit}`,
  },
  takesForm: (title) => `${title}: Dafür gibt es ein Formular.`,
  start: {
    label: { drill: 'Übung starten', recovery: 'REAL-Failover starten' },
    means: {
      drill: 'Eine Übung: Die Produktion bleibt, wo sie ist.',
      recovery: 'Diesmal ist es ernst: Die Produktion wird verlagert.',
    },
    typeName: 'Schreiben Sie den Namen des Plans, um ein REAL-Failover zu starten',
    typeRegion: 'Zur Bestätigung: die Region, in die verlagert wird',
  },
  reason: {
    label: 'Grund',
    hint: 'Bleibt im Prüfprotokoll. Keine Passwörter oder Schlüssel.',
    breakGlass: 'Notfallfreigabe',
    breakGlassMeans: (consequence) =>
      `Ein Notfall: Es zählt, sobald ein Zweiter der dafür Benannten es auch tut, und alle erfahren davon. ${consequence}`,
    run: {
      pause: {
        label: 'Lauf pausieren',
        means: 'Was läuft, läuft weiter; Neues startet erst, wenn jemand den Lauf fortsetzt.',
      },
      resume: { label: 'Lauf fortsetzen', means: 'Die Aufgaben, die an der Reihe sind, starten sofort.' },
      cancel: {
        label: 'Lauf abbrechen',
        means:
          'Keine weitere Aufgabe startet, und AWS soll anhalten, was läuft. Ein abgebrochener Lauf lässt sich nicht wieder aufnehmen.',
      },
    },
  },
  choose: {
    title: 'Failover oder Übung',
    nothingStarts: 'Noch startet nichts: Der nächste Schritt zeigt, was geschehen wird.',
    byName: (plans, command) => [`${more(plans)} über den Namen starten: `, command],
    plan: 'Plan',
    mode: 'Modus',
    means: { drill: 'eine Übung, die Produktion bleibt, wo sie ist', recovery: 'verlagert die Produktion' },
    inputsMissing: ' – ⚠️ Eingaben fehlen',
    submit: 'Zeigen, was geschieht',
  },
}
