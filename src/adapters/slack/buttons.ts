import type { ActionsBlock, Button as SlackButton } from '@slack/types'
import { z } from 'zod'
import type { Button, Click, CommandClick } from '../../conversation/card.ts'
import { fromJson } from '../../conversation/click.ts'
import { shortened } from '../common/shortened.ts'
import { LIMITS } from './limits.ts'

type ActionElement = ActionsBlock['elements'][number]

/** What begins so carries a click of ours. */
export const DECIDE = 'decide:'
const MORE = `${DECIDE}more:`

/** First-rank buttons stand alone; the others share an overflow menu per task. */
export function buttonElements(buttons: readonly Button[]): ActionElement[] {
  const alone: Button[] = []
  const menus = new Map<string, Button[]>()
  for (const button of buttons) {
    const { click, rank } = button
    const menu = 'command' in click || rank === 'first' ? undefined : menuId(click)
    const inMenu = menus.get(menu ?? '') ?? []
    const hasRoom = menu && menu.length <= LIMITS.actionId && inMenu.length < LIMITS.overflowOptions
    if (hasRoom) menus.set(menu, [...inMenu, button])
    else alone.push(button)
  }
  const seen = new Map<string, number>()
  return [...alone.map((button) => buttonOf(button, seen)), ...[...menus].map(overflowOf)].slice(
    0,
    LIMITS.actionsElements,
  )
}

const pressedSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('button'), value: z.string() }),
  z.object({
    type: z.literal('overflow'),
    action_id: z.string().startsWith(MORE),
    selected_option: z.object({ value: z.string(), text: z.object({ text: z.string() }) }),
  }),
])

/** The click that a pressed element carries, as it came back; undefined where it is none of ours. The desk checks it. */
export function carriedBy(action: unknown): unknown {
  const pressed = pressedSchema.safeParse(action).data
  if (!pressed) return undefined
  if (pressed.type === 'button') return fromJson(pressed.value)
  const about = z
    .record(z.string(), z.unknown())
    .safeParse(fromJson(pressed.action_id.slice(MORE.length))).data
  return about && { ...about, asks: pressed.selected_option.value }
}

function buttonOf({ label, spoken, style, click }: Button, seen: Map<string, number>): SlackButton {
  const asks = asksOf(click)
  const times = (seen.get(asks) ?? 0) + 1
  seen.set(asks, times)
  return {
    type: 'button',
    // Ids are unique within their block, also where two tasks offer the same.
    action_id: times === 1 ? `${DECIDE}${asks}` : `${DECIDE}${asks}:${times}`,
    text: { type: 'plain_text', text: shortened(label, LIMITS.buttonText) },
    accessibility_label: shortened(spoken, LIMITS.spoken),
    value: JSON.stringify(click),
    ...(style !== 'plain' && { style }),
  }
}

const asksOf = (click: Button['click']): string => ('command' in click ? 'command' : click.asks)

/** An option holds 75 characters, too few for a click: the menu's id says what it is about, the option only what is asked. */
const menuId = ({ asks: _, ...about }: Exclude<Click, CommandClick>): string => MORE + JSON.stringify(about)

function overflowOf([action_id, buttons]: [string, Button[]]): ActionElement {
  const options = buttons.map(({ label, click }) => ({
    text: { type: 'plain_text' as const, text: shortened(label, LIMITS.buttonText) },
    value: asksOf(click),
  }))
  return { type: 'overflow', action_id, options }
}
