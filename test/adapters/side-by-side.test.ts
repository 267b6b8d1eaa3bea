import { describe, expect, test } from 'vitest'
import { renderCard as renderSlack } from '../../src/adapters/slack/render.ts'
import { renderCard as renderTeams } from '../../src/adapters/teams/render.ts'
import { renderCard as renderTerminal, type Screen } from '../../src/adapters/terminal/render.ts'
import type { Block, Card } from '../../src/conversation/card.ts'
import { parseClick } from '../../src/conversation/click.ts'
import { inSlack, inTeams, inTerminal, meant } from './as-read.ts'
import { SEEN, withPeopleOf } from './seen-cards.ts'

/** So wide that nothing is wrapped; in colour, which has no marks of its own around what is code. */
const screen: Screen = { width: 10_000, isColoured: true, timeZone: 'UTC', program: 'lifeboat ' }

const onSlack = (card: Card, hasPlans = true) => inSlack(renderSlack(card, hasPlans).blocks, card)
const onTeams = (card: Card) => inTeams(renderTeams(card))
const onTerminal = (card: Card) => inTerminal(renderTerminal(card, screen))

describe.each(SEEN)('%s', (_, card) => {
  test('reads the same in Slack, in Teams and in a terminal, and as it was meant', () => {
    const { lines } = meant(card)
    expect(lines.length).toBeGreaterThan(0)
    expect({
      slack: onSlack(card).lines,
      teams: onTeams(card).lines,
      terminal: onTerminal(card).lines,
    }).toEqual({ slack: lines, teams: lines, terminal: lines })
  })

  test('reads the same where a platform mentions its own people', () => {
    const { lines } = meant(card)
    expect({
      slack: onSlack(withPeopleOf('slack', card)).lines,
      teams: onTeams(withPeopleOf('teams', card)).lines,
    }).toEqual({ slack: lines, teams: lines })
  })

  test('has the same buttons in the same order, and each carries the same click', () => {
    const { buttons, clicks } = meant(card)
    const [slack, teams, terminal] = [onSlack(card), onTeams(card), onTerminal(card)]
    expect({ slack: slack.buttons, teams: teams.buttons, terminal: terminal.buttons }).toEqual({
      slack: buttons,
      teams: buttons,
      terminal: buttons,
    })
    expect({ slack: slack.clicks.map(parseClick), teams: teams.clicks.map(parseClick) }).toEqual({
      slack: clicks,
      teams: clicks,
    })
  })

  test('loses nothing but its checklist where there is none', () => {
    expect(onSlack(card, false).lines).toEqual(meant(card, false).lines)
  })

  test('says the same in a notification', () => {
    expect({ slack: renderSlack(card).text, teams: renderTeams(card).fallbackText }).toEqual({
      slack: card.text,
      teams: card.text.replaceAll(/\s+/g, ' '),
    })
  })
})

test('the cards have every kind of block and of text that people ever see, but logs', () => {
  const kinds = new Set<string>()
  JSON.stringify(
    SEEN.map(([, { blocks }]) => blocks),
    (_, value) => {
      if (typeof value?.kind === 'string') kinds.add(value.kind)
      return value
    },
  )
  const blocks: Block['kind'][] = ['heading', 'text', 'facts', 'list', 'note', 'steps', 'divider', 'buttons']
  const inlines = ['strong', 'code', 'person', 'group', 'link', 'channel', 'time']
  expect([...kinds].sort()).toEqual([...blocks, ...inlines].sort())
  const asJson = JSON.stringify(SEEN)
  for (const part of ['"secondary"', '"day-and-clock"', '"clock"', '"bad"', '"good"', '"attention"'])
    expect(asJson).toContain(part)
})

test('a log reads the same everywhere, line by line', () => {
  const card: Card = {
    text: 'Log',
    tone: 'bad',
    blocks: [{ kind: 'log', lines: ['one  *two*', '{ "a": [1] }', '<at>'] }],
  }
  const { lines } = meant(card)
  expect([onSlack(card).lines, onTeams(card).lines, onTerminal(card).lines]).toEqual([lines, lines, lines])
})
