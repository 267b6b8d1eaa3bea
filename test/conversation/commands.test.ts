import { expect, test } from 'vitest'
import { COMMANDS, opensForm, parseCommand, VERBS } from '../../src/conversation/commands.ts'

const UNDERSTOOD = [
  ['', { kind: 'here' }],
  [' \u00a0 \u200b', { kind: 'here' }],
  ['<@U123>', { kind: 'here' }],
  ['start', { kind: 'choose' }],
  ['HELP', { kind: 'help' }],
  ['<@U123> plans', { kind: 'plans' }],
  ['<at>Lifeboat</at> plans', { kind: 'plans' }],
  ['*plan* `payments`', { kind: 'plan', plan: 'payments' }],
  ['plan “Card Payments”', { kind: 'plan', plan: 'Card Payments' }],
  ['drill pay\u202ements', { kind: 'start', mode: 'drill', plan: 'payments' }],
  ['failover pay\u200bments', { kind: 'start', mode: 'recovery', plan: 'payments' }],
  ['drill Payments', { kind: 'start', mode: 'drill', plan: 'Payments' }],
  ['plan __proto__', { kind: 'plan', plan: 'proto' }],
  ['status 01RUN', { kind: 'status', run: '01RUN' }],
  ['run:01RUN', { kind: 'status', run: '01RUN' }],
  ['approve dns_cutover', { kind: 'task', asks: 'approve', task: 'dns_cutover' }],
  [
    'skip run:01RUN dns done by\nhand',
    { kind: 'task', asks: 'skip', task: 'dns', reason: 'done by hand', run: '01RUN' },
  ],
  ['skip dns asked by <@U9|bob>', { kind: 'task', asks: 'skip', task: 'dns', reason: 'asked by @bob' }],
  ['skip "DNS cutover" it’s done', { kind: 'task', asks: 'skip', task: 'DNS cutover', reason: "it's done" }],
  ['skip dns "done by hand"', { kind: 'task', asks: 'skip', task: 'dns', reason: 'done by hand' }],
  ['re\u0000try dns', { kind: 'unclear' }],
  [
    'break-glass gate all are on the plane',
    { kind: 'task', asks: 'approve', breakGlass: true, task: 'gate', reason: 'all are on the plane' },
  ],
  ['report run:01RUN', { kind: 'report', run: '01RUN' }],
  ['export', { kind: 'report', form: 'json' }],
  ['export PDF run:01RUN', { kind: 'report', form: 'pdf', run: '01RUN' }],
  ['export docx', { kind: 'unclear' }],
  ['export md please', { kind: 'unclear' }],
  ['mute', { kind: 'mute', minutes: 60 }],
  ['mute 30m run:01RUN', { kind: 'mute', minutes: 30, run: '01RUN' }],
  ['mute 2h', { kind: 'mute', minutes: 120 }],
  ['mute off', { kind: 'mute', minutes: 0 }],
  ['mute 13h', { kind: 'unclear' }],
  ['mute for a while', { kind: 'unclear' }],
  ['pause', { kind: 'run', asks: 'pause' }],
  ['cancel the site is back', { kind: 'run', asks: 'cancel', reason: 'the site is back' }],
  ['note “the old site” answers', { kind: 'talk', asks: 'note', text: '"the old site" answers' }],
  ['note run:01RUN told', { kind: 'talk', asks: 'note', text: 'told', run: '01RUN' }],
  ['room', { kind: 'talk', asks: 'open-room' }],
  ['room Close', { kind: 'talk', asks: 'close-room' }],
  ['role commander', { kind: 'talk', asks: 'assign', role: 'commander', to: 'me' }],
  ['role scribe none', { kind: 'talk', asks: 'assign', role: 'scribe', to: 'nobody' }],
  [
    '<@U1> role scribe <@U9|bob> run:01RUN',
    { kind: 'talk', asks: 'assign', role: 'scribe', to: { id: 'U9', name: 'bob' }, run: '01RUN' },
  ],
  ['role commander <@U9>', { kind: 'talk', asks: 'assign', role: 'commander', to: { id: 'U9', name: 'U9' } }],
] as const

test.each(UNDERSTOOD)('%j is understood', (text, command) => {
  const parsed = parseCommand(text)
  expect(parsed.kind === 'unclear' ? { kind: 'unclear' } : parsed).toEqual(command)
})

const REFUSED = [
  ['aprove dns', 'aprove', 'approve'],
  ['start billing', 'rehearsal or the real thing', 'failover billing'],
  ['start billing --drill --recovery', 'rehearsal or the real thing', 'drill billing'],
  ['drill billing --recovery', '--recovery', 'drill payments'],
  ['failover —drill billing', '—drill', 'failover payments'],
  ['drill', 'Usage: drill <plan>', 'drill payments'],
  ['skip', 'Usage: skip <task> <reason>', 'skip dns-cutover done by hand'],
  ['constructor', 'constructor', 'help'],
  ['note', 'needs some words. Usage: note <text>', 'note customers were told at 15:00'],
  ['room burn', 'cannot burn a room', 'room'],
  ['role', 'commander and scribe. Usage: role', 'role commander'],
  ['<@U1> role scribe bob', 'do not know “bob”', 'role commander'],
  ['warroom', 'warroom', 'room'],
  ['<@U1> ok', 'ok', 'approve dns-cutover'],
  [`plan ${'x'.repeat(256)}`, 'at most 255', 'plan payments'],
  ['x'.repeat(4001), '4001 characters', 'help'],
  ['status run:A run:B', 'two runs', 'status'],
] as const

test.each(REFUSED)('%j does nothing, and says why and what would work', (text, why, instead) => {
  const parsed = parseCommand(text)
  if (parsed.kind !== 'unclear') throw new Error(`understood as ${parsed.kind}`)
  expect(parsed.say).toContain(why)
  expect(parsed.try).toContain(instead)
})

test('every example is a command that is understood as its own verb', () => {
  for (const verb of VERBS) expect(parseCommand(COMMANDS[verb].example).kind).not.toBe('unclear')
})

test('no alias is carried out', () => {
  for (const alias of VERBS.flatMap((verb) => COMMANDS[verb].aliases))
    expect(parseCommand(`${alias} dns`).kind).toBe('unclear')
})

test('a form opens for a start, and for a decision that lacks its reason', () => {
  const opening = [
    'drill p',
    'failover p',
    'skip t',
    'cancel',
    'skip t why',
    'approve t',
    'pause',
    'start p',
    'start',
  ].map((text) => opensForm(parseCommand(text)))
  expect(opening).toEqual([true, true, true, true, false, false, false, false, true])
})
