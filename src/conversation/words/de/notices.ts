import type { Words } from '../index.ts'
import { toDo } from './refusals.ts'

export const notices: Words['notices'] = {
  subject: {
    started: (plan) => `Lauf gestartet: ${plan}`,
    approval: (task, plan) => `Freigabe offen: ${task} (${plan})`,
    failed: (task, plan) => `fehlgeschlagen: ${task} (${plan})`,
    ended: (plan) => `Lauf beendet: ${plan}`,
  },
  means: {
    drill: 'Das ist ein DRILL, eine Übung: Die Produktion bleibt, wo sie ist.',
    recovery: 'Das ist REAL, der Ernstfall: Die Produktion zieht um.',
  },
  started: (by, plan) => `${by} hat ${plan} gestartet.`,
  startedBecause: (by, plan, reason) => `${by} hat ${plan} gestartet: ${reason}`,
  nothingAsked: 'Sie müssen jetzt nichts tun.',
  waits: (plan, task) => `${plan} wartet auf eine Freigabe: ${task}.`,
  approveOrReject: 'Freigeben oder ablehnen können Sie im Thread des Laufs oder über die API.',
  decideBy: (at) => `Entscheiden Sie bis ${at}.`,
  failed: (task, plan, how, message) => `${task} (${plan}) ${how}. ${message}`,
  rejected: (task, plan, by, message) => `${task} (${plan}) abgelehnt von ${by}. ${message}`,
  retrySkipOrAbandon:
    'Was danach kommt, wartet. Wiederholen, überspringen oder aufgeben können Sie die Aufgabe im Thread des Laufs oder über die API.',
  ended: (plan, outcome) => `${plan} ist beendet. ${outcome}`,
  about: (plan, run, at) => `Plan ${plan}, Lauf ${run}, ${at}`,
  aboutTask: (plan, task, attempt, run, at) =>
    `Plan ${plan}, Aufgabe ${task}, Versuch ${attempt}, Lauf ${run}, ${at}`,
  link: {
    heading: 'Wem gehört dieses Konto?',
    button: 'Anmelden und das Konto verknüpfen',
    says: (account) => [
      'Lifeboat weiß noch nicht, wer ',
      account,
      ' ist. Melden Sie sich mit der Adresse an, unter der Ihre Firma Sie kennt. Von da an entscheidet dieses Konto in Ihrem Namen.',
    ],
    label: { account: 'Konto', wants: 'Will' },
    wants: {
      task: (asks, task, plan) => `„${task}“ in ${plan} ${toDo(asks)}`,
      run: (asks, plan) => `${plan} ${toDo(asks)}`,
      start: (mode, plan) => `${plan} starten · ${mode}`,
    },
    onlyYours:
      'Ist das nicht Ihr eigenes Konto, oder hat Ihnen jemand diesen Link geschickt? Dann melden Sie sich nicht an: Es würde in Ihrem Namen entschieden. Sagen Sie es der Einsatzleitung.',
    linked: (human) => `Dieses Konto gehört von nun an zu ${human}.`,
    askAgain: 'Gehen Sie zurück in den Chat, und fragen Sie noch einmal: Dort sind Sie jetzt bekannt.',
    headingDone: '✅ Verknüpft und festgehalten',
    headingOnly: '✅ Verknüpft',
    notDone: 'Was Sie wollten, wurde nicht festgehalten:',
  },
  signIn: {
    verb: { approve: 'Freigeben', reject: 'Ablehnen', skip: 'Überspringen', abandon: 'Aufgeben' },
    button: {
      approve: 'Anmelden, um freizugeben',
      reject: 'Anmelden, um abzulehnen',
      skip: 'Anmelden, um zu überspringen',
      abandon: 'Anmelden, um aufzugeben',
    },
    breakGlass: () => [
      { kind: 'strong', text: '🚨 Break Glass: ' },
      'Es zählt zusammen mit einer zweiten dafür benannten Person, und alle erfahren es.',
    ],
    label: {
      signInAs: 'Anmelden als',
      askedBy: 'Angefragt von',
      reason: 'Grund',
      plan: 'Plan',
      run: 'Lauf',
      goodUntil: 'Gültig bis',
    },
    quoted: (reason) => `„${reason}“`,
    once: (until) => [until, ', einmal'],
    notYou:
      'Sie haben das nicht angefragt? Dann melden Sie sich nicht an, und sagen Sie der Einsatzleitung Bescheid.',
    counted: '🗳️ Ihre Stimme ist gezählt',
    recorded: 'Festgehalten.',
    recordedWith: (receipt) => ['Festgehalten · Beleg ', receipt, '.'],
    takesMore: 'Es braucht weitere Personen; die Karte im Chat sagt, wen.',
    closePage: 'Sie können diese Seite schließen; die Karten im Chat zeigen es auch.',
    usedUp:
      'Ihr Link ist verbraucht. Drücken Sie den Knopf im Chat noch einmal, wenn Sie weiterhin entscheiden möchten.',
    ends: {
      unknown: [
        'Dieser Link ist nicht bekannt',
        'Vielleicht ist er abgeschnitten oder älter als einen Tag. Drücken Sie den Knopf im Chat noch einmal für einen neuen.',
      ],
      used: [
        'Dieser Link ist verbraucht',
        'Er gilt einmal. Die Karte im Chat zeigt, was festgehalten wurde; wenn nichts, drücken Sie ihren Knopf noch einmal für einen neuen Link.',
      ],
      expired: [
        'Dieser Link ist abgelaufen',
        'Nichts wurde festgehalten. Drücken Sie den Knopf im Chat noch einmal für einen neuen.',
      ],
      elsewhere: [
        'Diese Anmeldung wurde nicht hier begonnen',
        'Die Karte im Chat zeigt, was festgehalten ist. Wenn sie noch fragt, öffnen Sie Ihren Link noch einmal in diesem Browser, und beginnen Sie dort.',
      ],
      declined: ['Sie haben sich nicht angemeldet', 'Nichts wurde festgehalten, und Ihr Link gilt weiter.'],
      unproven: [
        'Die Anmeldung konnte nicht geprüft werden',
        'Nichts wurde festgehalten, und Ihr Link gilt weiter. Wenn es wieder geschieht, sagen Sie einem Admin Bescheid: Im Log steht, warum.',
      ],
      'not-fresh': [
        'Die Anmeldung war nicht frisch',
        'Sie muss jetzt geschehen, mit Passwort oder Schlüssel. Nichts wurde festgehalten, und Ihr Link gilt weiter.',
      ],
      'no-address': [
        'Die Anmeldung ergab keine bestätigte Adresse',
        'Nichts wurde festgehalten. Bestätigen Sie Ihre Adresse beim Identitätsanbieter, oder fragen Sie einen Admin.',
      ],
      'somebody-else': [
        'Jemand anderes hat sich angemeldet',
        'Diese Entscheidung braucht die Person, die sie angefragt hat. Nichts wurde festgehalten, und der Link gilt für sie weiter.',
      ],
      taken: [
        'Zu dieser Adresse gibt es schon ein Konto',
        'Sie gehört zu einem anderen Konto auf derselben Plattform, deshalb wurde dieses nicht verknüpft und nichts festgehalten. Entscheiden Sie mit jenem Konto, oder bitten Sie einen Admin, beide unter humans in der Policy zu verknüpfen.',
      ],
      away: [
        'Die Anmeldung ist nicht verfügbar',
        'Etwas, das sie braucht, antwortet nicht. Nichts wurde festgehalten, und Ihr Link gilt weiter: Versuchen Sie es gleich noch einmal. Ablehnen im Chat geht ohne Anmeldung. Wo für Notfälle jemand benannt ist, können zwei davon inzwischen freigeben: /dr break-glass.',
      ],
      'not-recorded': [
        'Ihre Entscheidung ist vielleicht nicht festgehalten',
        'Der Speicher antwortet nicht. Sehen Sie auf die Karte im Chat: Wenn sie noch fragt, drücken Sie ihren Knopf noch einmal für einen neuen Link.',
      ],
      'too-many': [
        'Zu viele unbekannte Links',
        'Warten Sie eine Minute, und öffnen Sie Ihren Link noch einmal.',
      ],
    },
  },
}
