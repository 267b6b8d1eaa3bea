import { z } from 'zod'
import { say } from '../../src/conversation/words/index.ts'

import type { Actor } from '../../src/domain/task.ts'
import { becomesTrue } from '../../src/sandbox/embedded/becomes-true.ts'
import { allBlocks, elementsOf } from '../../src/sandbox/slack/blocks/parts.ts'
import type { Message } from '../../src/sandbox/slack/workspace.ts'
import { CHANNEL, type Ground } from './ground.ts'

export type Decision = 'approve' | 'reject' | 'skip' | 'abandon'
export const TASK = 'gate'

/** One decision that is on record. */
export interface Winner {
  readonly by: Actor
  readonly source: string
  readonly event: Decision
  readonly at: string
}

export interface Pressed {
  /** How often it had to press before Slack took it. */
  readonly times: number
  /** Slack never took it. What we made of it, if it came after all, is told all the same. */
  readonly missed: boolean
}

/** Somebody with a finger on a button. */
export interface Hand {
  /** The actor's id. */
  readonly who: string
  readonly way: 'slack' | 'api'
  readonly asks: Decision
  press(): Promise<Pressed>
  /** What it was told instead of yes, so far. */
  told(): string | undefined
  /** Whether those words say who, what and when of this decision. */
  names(winner: Winner): boolean
}

const DIALOG_MILLISECONDS = 5_000
/** Slack waits three seconds for us, which a busy machine may miss: then a person presses again, and so do we. */
const TRIES = 10
/** What Slack says then; a button that somebody else's click has taken away is no reason to press again. */
const MISSED = /operation_timeout|Try again/

/** Over the API: the answer is the answer. */
export function caller(ground: Ground, name: string, asks: Decision, run: string, attempt: number): Hand {
  let answer: z.output<typeof refusedBody> | undefined
  return {
    who: `token:${name}`,
    way: 'api',
    asks,
    async press() {
      const body = { task_id: TASK, attempt, status: 'PENDING_APPROVAL', reason: `Pressed by ${name}` }
      const { status, body: said } = await ground.call(name, 'POST', `/executions/${run}/${asks}`, body)
      if (status !== 200) answer = refusedBody.parse(said)
      return { times: 1, missed: false }
    },
    told: () => answer && JSON.stringify(answer),
    names: ({ by, event, at }) => {
      const decision = answer?.refusal?.decision
      const inFields = decision?.by.id === by.id && decision.event === event && decision.at === at
      const title = answer?.title ?? ''
      // The words have the time to the minute, the fields to the millisecond.
      const inWords = [by.name, `already ${say().core.done[event]}`, at.slice(11, 16)].every((part) =>
        title.includes(part),
      )
      return answer?.status === 409 && inFields && inWords
    },
  }
}

const refusedBody = z.object({
  title: z.string(),
  status: z.number(),
  refusal: z
    .object({
      decision: z.object({ by: z.object({ id: z.string() }), event: z.string(), at: z.string() }).optional(),
    })
    .optional(),
})

/** In Slack: a button, or a dialog that is open already and is sent in the round. */
export async function presser(ground: Ground, id: string, asks: Decision, card: Message): Promise<Hand> {
  const { slack } = ground
  const person = slack.person(id)
  const dialog = asks === 'approve' ? undefined : await open(ground, id, asks, card)
  const before = slack.state.nextTs()
  const told = () => {
    const view = dialog && person.views().find((one) => one.id === dialog)?.view
    if (view) return 'submit' in view ? undefined : final(JSON.stringify(view.blocks))
    const whisper = slack.state
      .messages(CHANNEL)
      .findLast(({ ts, ephemeralTo }) => ephemeralTo === id && ts > before)
    return whisper && JSON.stringify(whisper.blocks)
  }
  return {
    who: `slack:${id}`,
    way: 'slack',
    asks,
    async press() {
      for (let times = 1; ; times++) {
        const done = await (dialog
          ? person.submit({ id: dialog }, { reason: { value: `Pressed by ${id}` } })
          : person.click(card, 'decide:approve'))
        if (done.ok) return { times, missed: false }
        const missed = MISSED.test(done.error)
        if (!missed || told() !== undefined || times === TRIES) return { times, missed: missed || times > 1 }
      }
    },
    told,
    names: ({ by, event, at }) => {
      const [platform, user] = by.id.split(':')
      const name = platform === 'slack' ? `"user_id":"${user}"` : `"text":"${by.name}"`
      const time = `"timestamp":${Math.floor(Date.parse(at) / 1000)}`
      return [name, `already ${say().core.done[event]}`, time].every((part) => told()?.includes(part))
    },
  }
}

/** "Working …" stands until the answer does. */
const final = (words: string): string | undefined => (words.includes('Working …') ? undefined : words)

/** The id of the dialog that asks why. */
async function open(ground: Ground, id: string, asks: Decision, card: Message, tries = 1): Promise<string> {
  const person = ground.slack.person(id)
  const elements = elementsOf(allBlocks(card)).map(({ element }) => element.action_id)
  const menu = elements.find((action) => action.startsWith('decide:more:'))
  const isAlone = elements.includes(`decide:${asks}`)
  if (!isAlone && menu === undefined)
    throw new Error(`The card has no way to ${asks}: ${elements.join(', ')}`)
  if (isAlone) await person.click(card, `decide:${asks}`)
  else await person.click(card, menu ?? '', { selected: asks })
  const found = () => person.views().findLast(({ view }) => 'submit' in view)?.id
  await becomesTrue(() => found() !== undefined, DIALOG_MILLISECONDS)
  const dialog = found()
  if (dialog !== undefined) return dialog
  if (tries < TRIES) return open(ground, id, asks, card, tries + 1)
  throw new Error(`${id} got no dialog to ${asks}.`)
}
