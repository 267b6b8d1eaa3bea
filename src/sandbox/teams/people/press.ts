import { z } from 'zod'
import { problemOfCard } from '../connector/read-activity.ts'
import { ADAPTIVE_CARD, cardSchema, type Message } from '../message.ts'
import type { Site } from '../site.ts'
import { mriOf, type TenantPerson } from '../tenant.ts'
import { clientInfo } from '../transport/activity.ts'
import { type CardAction, type Pressable, pressables, readAction } from './card-actions.ts'
import { filled } from './card-inputs.ts'
import { cardFor, messageOf, see, whereOf } from './see.ts'
import { type Reached, tell } from './tell.ts'

/** What the bot answered; of an invoke, its body is the invoke response. */
export type Pressed = Reached

export interface Pressing {
  readonly title: string
  readonly inputs: Readonly<Record<string, string>>
  /** `submit`: by a client too old for Action.Execute, which takes the action's fallback. */
  readonly as: 'execute' | 'submit'
}

export async function press(
  site: Site,
  person: TenantPerson,
  which: Message | string,
  { title, inputs, as }: Pressing,
): Promise<Pressed> {
  const message = messageOf(site, which)
  const all = pressables(cardFor(site, person, message))
  const found = all.map((one) => forClient(one, as)).find((one) => one?.action.title === title)
  if (!found) {
    const titles = all.map(({ action }) => `"${action.title}"`).join(', ')
    throw new Error(`${person.fullName} sees no action "${title}" there; there are: ${titles || 'none'}.`)
  }
  if (!found.action.isEnabled) throw new Error(`"${title}" is greyed out.`)
  const data = { ...object(found.action.data), ...filled(found.inputs, inputs) }
  return found.action.type === 'Action.Submit'
    ? submit(site, person, message, data)
    : invoke(site, person, message, found.action, data, 'manual')
}

/** A card that names this person in `refresh.userIds` asks the bot, when it is opened, for their own view of it. */
export async function open(
  site: Site,
  person: TenantPerson,
  which: Message | string,
): Promise<Pressed | undefined> {
  const message = messageOf(site, which)
  if (see(site, person, message).kind !== 'card') return undefined
  const refresh = refreshSchema.safeParse(message.card?.refresh).data
  const action = readAction(refresh?.action)
  if (!refresh?.userIds?.includes(mriOf(person)) || action?.type !== 'Action.Execute') return undefined
  return invoke(site, person, message, action, object(action.data), 'automatic')
}

const refreshSchema = z.object({ action: z.unknown().optional(), userIds: z.array(z.string()).optional() })

/** The action as this client knows it, and undefined when it shows none. */
function forClient({ action, inputs }: Pressable, as: Pressing['as']): Pressable | undefined {
  if (as === 'execute' || action.type === 'Action.Submit') return { action, inputs }
  const fallback = readAction(action.fallback)
  if (fallback?.type !== 'Action.Submit') return undefined
  return { action: { ...fallback, title: fallback.title || action.title }, inputs }
}

async function invoke(
  site: Site,
  person: TenantPerson,
  message: Message,
  { id, verb }: CardAction,
  data: object,
  trigger: 'manual' | 'automatic',
): Promise<Pressed> {
  const action = {
    type: 'Action.Execute',
    ...(id !== undefined && { id }),
    ...(verb !== undefined && { verb }),
    data,
  }
  const outcome = await tell(site, person, whereOf(site, message), 'invoke', {
    type: 'invoke',
    id: `f:${site.state.nextId()}`,
    name: 'adaptiveCard/action',
    value: { action, trigger },
    replyToId: message.id,
    entities: [clientInfo(person)],
    channelData: { source: { name: 'message' } },
  })
  if (outcome.kind === 'answered' && outcome.status === 200) heed(site, person, message, outcome.body)
  return outcome
}

function submit(site: Site, person: TenantPerson, message: Message, value: object): Promise<Pressed> {
  return tell(site, person, whereOf(site, message), 'message', {
    type: 'message',
    id: site.state.nextId(),
    value,
    replyToId: message.id,
    entities: [clientInfo(person)],
  })
}

const responseSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal(ADAPTIVE_CARD), value: z.unknown().optional() }),
  z.looseObject({ type: z.literal('application/vnd.microsoft.activity.message'), value: z.string() }),
])

/** Only who pressed sees what an invoke is answered with. */
function heed(site: Site, person: TenantPerson, message: Message, body: unknown): void {
  const response = responseSchema.safeParse(body).data
  if (response?.type === 'application/vnd.microsoft.activity.message')
    site.state.tell({ to: mriOf(person), messageId: message.id, text: response.value })
  if (response?.type !== ADAPTIVE_CARD) return
  const problem = problemOfCard(response.value)
  if (problem !== undefined) throw new Error(`Teams cannot show what the bot answered: ${problem}`)
  site.state.show(message, mriOf(person), cardSchema.parse(response.value))
}

const object = (value: unknown): Record<string, unknown> => cardSchema.safeParse(value).data ?? {}
