import { executionId } from '../../src/domain/execution.ts'
import { becomesTrue } from '../../src/sandbox/embedded/becomes-true.ts'
import type { Message } from '../../src/sandbox/slack/workspace.ts'
import type { Chance } from '../simulation/chance.ts'
import { CALLERS, CHANNEL, type Ground, PRESSERS } from './ground.ts'
import { caller, type Decision, type Hand, type Pressed, presser, TASK, type Winner } from './hand.ts'

export interface Round {
  readonly hands: number
  /** More than hands, where Slack had to be asked again. */
  readonly requests: number
  /** Hands that Slack itself told, each time, that it did not get through to us in time. */
  readonly missed: number
  /** One, or a promise is broken. */
  readonly winners: readonly Winner[]
  /** From the first request to the last answer. */
  readonly milliseconds: number
  readonly broken: readonly string[]
}

/** Dialogs stand open before the round; Slack takes the trigger of one for three seconds only. */
const OPENED_AT_ONCE = 5
const CARD_MILLISECONDS = 60_000
const TOLD_MILLISECONDS = 30_000

/** Fifty people, half of them in Slack, decide differently about one attempt of one gate, all at once. */
export async function play(
  ground: Ground,
  { run, attempt }: { run: string; attempt: number },
  decisions: readonly Decision[],
  chance: Chance,
): Promise<Round> {
  const { slack, store } = ground
  const id = executionId.parse(run)
  const card = await cardOf(ground, run, attempt)
  const draw = () => chance.one(decisions) ?? 'approve'
  const ready: Hand[] = []
  for (let at = 0; at < PRESSERS.length; at += OPENED_AT_ONCE) {
    const some = PRESSERS.slice(at, at + OPENED_AT_ONCE)
    ready.push(...(await Promise.all(some.map((one) => presser(ground, one, draw(), card)))))
  }
  const hands = inAnyOrder(chance, [
    ...ready,
    ...CALLERS.map((one) => caller(ground, one, draw(), run, attempt)),
  ])
  const before = (await store.load(id))?.version ?? 0
  const decided = async (): Promise<Winner[]> =>
    (await store.changesSince(id, before)).flatMap(({ by, source, at, changes }) =>
      changes.flatMap((change) => {
        const event = change.what === 'moved' && by.kind !== 'engine' && change.task === TASK && change.event
        const known = decisions.find((one) => one === event)
        return known ? [{ by, source, at, event: known }] : []
      }),
    )

  const began = performance.now()
  const pressed = await pressAll(hands, chance.happens(0.5))
  await becomesTrue(async () => {
    const winners = await decided()
    return (
      winners.length > 0 &&
      hands.every((hand) => isAmong(winners, hand) || hand.told() !== undefined || pressed.get(hand)?.missed)
    )
  }, TOLD_MILLISECONDS)
  const milliseconds = performance.now() - began

  const winners = await decided()
  const broken = [
    ...brokenRecord(winners),
    ...hands.flatMap((hand) => brokenAnswer(hand, winners, pressed.get(hand))),
  ]
  await Promise.all(
    PRESSERS.map(async (one) => {
      const person = slack.person(one)
      for (const view of person.views()) await person.close(view)
    }),
  )
  const requests = [...pressed.values()].reduce((sum, { times }) => sum + times, 0)
  const missed = hands.filter((hand) => pressed.get(hand)?.missed && hand.told() === undefined).length
  return { hands: hands.length, requests, missed, winners, milliseconds, broken }
}

/**
 * All at once. What comes over Slack has the longer way and would hardly ever win, so in every other round the callers of the
 * API begin when the first of Slack's requests has been acknowledged; all the others are under way by then.
 */
async function pressAll(hands: readonly Hand[], slackFirst: boolean): Promise<Map<Hand, Pressed>> {
  const pressed = new Map<Hand, Pressed>()
  const press = async (hand: Hand) => void pressed.set(hand, await hand.press())
  const over = (way: Hand['way']) => hands.filter((hand) => hand.way === way).map(press)
  const inSlack = over('slack')
  if (slackFirst) await Promise.race(inSlack)
  await Promise.all([...inSlack, ...over('api')])
  return pressed
}

const isAmong = (winners: readonly Winner[], { who }: Hand): boolean =>
  winners.some(({ by }) => by.id === who)

const brokenRecord = (winners: readonly Winner[]): string[] =>
  winners.length === 1 ? [] : [`on record: ${winners.map(({ event }) => event).join(', ') || 'nothing'}`]

function brokenAnswer(hand: Hand, winners: readonly Winner[], pressed: Pressed | undefined): string[] {
  const { who, way, asks } = hand
  const said = hand.told()
  const about = `${who} (${way}) asked to ${asks} and`
  if (isAmong(winners, hand)) {
    const right = said === undefined || ((pressed?.times ?? 0) > 1 && said.includes('You already'))
    return right ? [] : [`${about} won, but was told ${said}`]
  }
  if (said === undefined) return pressed?.missed ? [] : [`${about} was told nothing`]
  return winners.some((winner) => hand.names(winner)) ? [] : [`${about} was told ${said}`]
}

/** The card that asks for this attempt, as soon as it stands in the channel. */
async function cardOf({ slack }: Ground, run: string, attempt: number): Promise<Message> {
  const shows = `"execution":"${run}","task":"${TASK}","attempt":${attempt},"asks":"approve"`
  const found = () =>
    slack.state.messages(CHANNEL).findLast(({ blocks }) =>
      JSON.stringify(blocks ?? [])
        .replaceAll('\\"', '"')
        .includes(shows),
    )
  await becomesTrue(() => found() !== undefined, CARD_MILLISECONDS)
  const card = found()
  if (!card) throw new Error(`No card asks for attempt ${attempt} of the gate of ${run}.`)
  return card
}

function inAnyOrder<Item>(chance: Chance, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: chance.number() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
