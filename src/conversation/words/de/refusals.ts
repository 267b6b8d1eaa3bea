import type { RunState } from '../../../domain/refusal.ts'
import type { Words } from '../index.ts'
import { core } from './core.ts'

export const refusals: Words['refusals'] = {
  'no-such-plan': (plan, nearest, plans) => [
    `Es gibt keinen Plan „${plan}“, den Sie sehen dürfen.${meant(nearest)} `,
    plans,
    ' zeigt alle.',
  ],
  'no-such-execution': (run, status) => [
    `Es gibt keinen Lauf „${run}“, den Sie sehen dürfen. `,
    status,
    ' zeigt, was gerade läuft.',
  ],
  'no-such-task': (task, nearest, status) => [
    `Dieser Lauf hat keine Aufgabe „${task}“.${meant(nearest)} `,
    status,
    ' zeigt seine Aufgaben.',
  ],
  'no-permission': (asked, needs, has) =>
    `Das dürfen Sie hier nicht (${toDo(asked)}): Nötig ist die Rolle ${needs.join(' oder ')}, und Sie haben ${has.length > 0 ? has.join(', ') : 'keine Rolle für diesen Plan'}. Bitten Sie jemanden, der sie hat, oder lassen Sie sie sich von einem Admin geben. Nichts wurde geändert.`,
  'not-asked': (asked, task, needs) => [
    `Ihre Stimme zu „${task}“ (${toDo(asked)}) zählt nicht. Nötig ist: `,
    ...needs,
    '. Wenden Sie sich dorthin. Nichts wurde geändert.',
  ],
  whoMay: (names) => `Das dürfen: ${names}.`,
  whoIsOnCall: (name) => `${name} (in Bereitschaft)`,
  'own-work': {
    started: (asked, task) =>
      `Sie haben diesen Lauf gestartet, deshalb muss jemand anderes „${task}“ ${toDo(asked)} (Vier-Augen-Prinzip). Nichts wurde geändert.`,
    edited: (asked, task) =>
      `Sie haben diesen Plan zuletzt bearbeitet, deshalb muss jemand anderes „${task}“ ${toDo(asked)} (Vier-Augen-Prinzip). Nichts wurde geändert.`,
  },
  'already-voted': (asked, task, at) => [
    `Ihre Stimme zu „${task}“ (${toDo(asked)}) ist festgehalten, seit `,
    at,
    '. Es braucht noch andere; wen, sagt die Karte.',
  ],
  nobody: (asked, task) =>
    `Über „${task}“ entscheiden Menschen, und dieses Token gehört niemandem, deshalb zählt seine Stimme (${toDo(asked)}) nicht. Tragen Sie in der Policy einen owner für das Token ein, oder entscheiden Sie im Chat.`,
  'step-up-needed': (asked, task, until, signIn) => [
    `Noch nicht festgehalten: Wer „${task}“ ${toDo(asked)} will, muss sich neu anmelden. Öffnen Sie diesen Link vor `,
    until,
    '; er gilt einmal und nur für Sie. ',
    signIn,
  ],
  signInTo: (asked) => `Anmelden (${toDo(asked)})`,
  linkAccount: 'Anmelden und Konto verknüpfen',
  'link-needed': (because, until, after, signIn) => [
    ...because,
    ' Wem dieses Konto gehört, ist noch nicht bekannt. Dürfen Sie es doch? Dann öffnen Sie vor ',
    until,
    ` diesen Link, und melden Sie sich mit der Adresse an, unter der Ihre Firma Sie kennt. ${after} Der Link gilt einmal. `,
    signIn,
  ],
  doneThen: (asked) => `Was Sie wollten (${toDo(asked)}), wird dann sofort festgehalten.`,
  askedAgain: 'Fragen Sie danach hier noch einmal.',
  'step-up-impossible': {
    'set-up': (asked, task) =>
      `Nichts wurde festgehalten: Wer „${task}“ ${toDo(asked)} will, muss sich neu anmelden, und dafür ist nichts eingerichtet. Ein Admin muss PUBLIC_URL und OIDC_ISSUER setzen oder step_up aus der Policy nehmen.`,
    address: (asked, task) =>
      `Nichts wurde festgehalten: Wer „${task}“ ${toDo(asked)} will, muss sich neu anmelden, und von Ihnen ist keine Adresse bekannt, mit der sich das vergleichen ließe. Ein Admin muss eine unter humans in die Policy eintragen.`,
  },
  'directory-unavailable': (asked) =>
    `Das Verzeichnis antwortet nicht, deshalb ließ sich Ihre Berechtigung (${toDo(asked)}) nicht prüfen. Nichts wurde geändert; versuchen Sie es in einer Minute noch einmal.`,
  'not-allowed': (asked, task, status, possible) =>
    `„${task}“ lässt sich nicht ${toDo(asked)} (Stand: ${status}). ${possible.length > 0 ? `Was jetzt möglich ist: ${possible.join(', ')}.` : 'Warten Sie, bis die Aufgabe abgeschlossen ist, fehlschlägt oder nach Ihnen fragt.'}`,
  'already-decided': {
    byYou: (event, task, at) => [`Sie haben „${task}“ bereits ${core.done[event]}, um `, at],
    by: (who, event, task, at) => [who, ` hat „${task}“ bereits ${core.done[event]}, um `, at],
    onNewestCard: (asked, status) =>
      ` (Stand: ${status}). Wenn Sie trotzdem ${toDo(asked)} wollen, nehmen Sie die neueste Karte.`,
    nothingLeft: (asked, status) =>
      ` (Stand: ${status}). Hier gibt es nichts mehr zu entscheiden (${toDo(asked)}); wie es weitergeht, steht im Thread.`,
  },
  outdated: (asked, seen, task, attempt, status) =>
    `Sie wollten Versuch ${seen} von „${task}“ ${toDo(asked)}; inzwischen ist es Versuch ${attempt} (Stand: ${status}). Nichts wurde geändert; nehmen Sie die neueste Karte.`,
  'no-such-work': {
    none: (task) =>
      `Für „${task}“ lässt sich nichts übernehmen: In AWS ist nichts bekannt, was davon übrig ist.`,
    notThat: (work, task, candidates) =>
      `„${work}“ wurde nicht für „${task}“ gestartet, sondern: ${candidates}.`,
    which: (task, candidates) => `Sagen Sie, was für „${task}“ übernommen werden soll: ${candidates}.`,
  },
  'changed-since-shown': (subject) =>
    `„${subject}“ hat sich geändert, seit es Ihnen gezeigt wurde, deshalb ist nichts geschehen. Sehen Sie es sich noch einmal an und entscheiden Sie neu.`,
  'successor-begun': (task, successor, status) =>
    `„${task}“ lässt sich nicht wiederholen: „${successor}“ kommt danach und hat schon begonnen (Stand: ${status}). Muss der Plan wiederholt werden, starten Sie ihn neu.`,
  'predecessor-abandoned': (task, predecessor) =>
    `„${task}“ lässt sich nicht allein wiederholen: „${predecessor}“ kommt davor und wurde aufgegeben. Wiederholen Sie zuerst diese Aufgabe.`,
  'reason-missing': (asked, subject) =>
    asked === 'note'
      ? 'Eine Notiz braucht Worte. Schreiben Sie, was Sie festhalten wollen, für alle, die es später lesen.'
      : `Wer ${subject === 'the run' ? 'den Lauf' : `„${subject}“`} ${toDo(asked)} will, muss einen Grund in Worten nennen. Schreiben Sie, warum, für alle, die es später lesen.`,
  'reason-too-long': (length, limit) =>
    `Der Grund hat ${length} Zeichen; höchstens ${limit} werden gespeichert. Kürzen Sie ihn und versuchen Sie es noch einmal.`,
  'reason-holds-secret': (kind) =>
    `Der Grund enthält anscheinend ein Geheimnis (${SECRETS.get(kind) ?? kind}), deshalb wurde er nicht gespeichert. Schreiben Sie ihn ohne; ist das Geheimnis echt, ersetzen Sie es, denn Sie haben es in einen Chat getippt.`,
  'execution-ended': (asked, status) =>
    `Das geht nicht mehr (${toDo(asked)}): Der Lauf ist zu Ende (${status}). Um weiterzumachen, starten Sie den Plan neu.`,
  'already-so': (state, status) => [
    `${ALREADY[state]}; es gibt nichts zu tun. `,
    status,
    ' zeigt, wie es steht.',
  ],
  'plan-busy': (plan, run) => [
    `Der Plan „${plan}“ läuft bereits: `,
    run,
    '. Folgen Sie diesem Lauf, oder brechen Sie ihn zuerst ab.',
  ],
  'inputs-missing': (plan, missing) =>
    `Der Plan „${plan}“ kann nicht starten, es fehlen Eingaben: ${missing}. Ergänzen Sie sie im Plan und starten Sie ihn noch einmal.`,
  'plan-invalid': (number, problems) =>
    `Der Plan hat ${number}. Korrigieren Sie ihn und senden Sie ihn noch einmal. ${problems}`,
  'confirmation-differs': (found, expected) =>
    `Nichts wurde gestartet: Sie haben „${found}“ geschrieben, der Plan heißt „${expected}“. Schreiben Sie den Namen genau so, um ihn zu starten.`,
  busy: (asked) =>
    `Ihre Entscheidung (${toDo(asked)}) wurde nicht festgehalten, weil mehrere gleichzeitig entschieden haben. Sehen Sie auf die Karte und versuchen Sie es noch einmal.`,
}

/** What was asked, as a verb: "muss jemand anderes freigeben". */
export const toDo = (asked: string): string => VERBS.get(asked) ?? asked

const VERBS: ReadonlyMap<string, string> = new Map([
  ['approve', 'freigeben'],
  ['reject', 'ablehnen'],
  ['adopt', 'übernehmen'],
  ['retry', 'wiederholen'],
  ['release', 'fortsetzen'],
  ['hold', 'anhalten'],
  ['skip', 'überspringen'],
  ['abandon', 'aufgeben'],
  ['pause', 'pausieren'],
  ['resume', 'fortsetzen'],
  ['cancel', 'abbrechen'],
  ['note', 'notieren'],
  ['assign', 'Rollen vergeben'],
  ['open-room', 'Einsatzraum öffnen'],
  ['close-room', 'Einsatzraum schließen'],
  ['see', 'mitlesen'],
  ['start', 'starten'],
  ['edit-plan', 'Pläne bearbeiten'],
])

const ALREADY = {
  paused: 'Der Lauf ist schon pausiert',
  running: 'Der Lauf läuft schon',
  cancelled: 'Der Lauf ist schon abgebrochen',
  assigned: 'Diese Rolle ist schon so vergeben',
  unassigned: 'Diese Rolle hat schon jetzt niemand',
  open: 'Der Lauf hat schon einen Einsatzraum',
  closed: 'Der Lauf hat keinen offenen Einsatzraum',
  noted: 'Diese Nachricht ist schon eine Notiz des Laufs',
} as const satisfies Record<RunState, string>

/** As domain/secret-in.ts names them. */
const SECRETS: ReadonlyMap<string, string> = new Map([
  ['an AWS access key id', 'eine AWS Access Key ID'],
  ['a Slack token', 'ein Slack-Token'],
  ['a Slack app token', 'ein Slack-App-Token'],
  ['a private key', 'ein privater Schlüssel'],
  ['a GitHub token', 'ein GitHub-Token'],
  ['a signed token (JWT)', 'ein signiertes Token (JWT)'],
])

const meant = (names: readonly string[]): string =>
  names.length > 0 ? ` Meinten Sie ${names.map((name) => `„${name}“`).join(' oder ')}?` : ''
