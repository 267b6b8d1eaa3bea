import type { Button } from '../../conversation/card.ts'
import { clip } from '../../conversation/in-words.ts'
import { LIMITS } from './limits.ts'

/** What our cards send back. */
export const VERBS = { click: 'click', form: 'form', back: 'back' } as const
export type Verb = (typeof VERBS)[keyof typeof VERBS]

export interface Execute {
  readonly type: 'Action.Execute'
  readonly title: string
  readonly verb: Verb
  readonly data: Sent
  readonly tooltip?: string
  readonly style?: 'positive' | 'destructive'
  readonly mode?: 'secondary'
  readonly associatedInputs?: 'none'
  readonly fallback: {
    readonly type: 'Action.Submit'
    readonly title: string
    readonly data: Sent
    readonly associatedInputs?: 'none'
  }
}

/** The verb goes along in the data: an older client sends only those. Inputs come beside `lifeboat`, under their own names. */
export interface Sent {
  readonly lifeboat: { readonly verb: Verb; readonly [carried: string]: unknown }
}

/** The same for clients that know Action.Execute and for those that do not. */
export function execute(
  title: string,
  verb: Verb,
  carried: { readonly [name: string]: unknown },
  look: Pick<Execute, 'tooltip' | 'style' | 'mode' | 'associatedInputs'> = {},
): Execute {
  const said = clip(title, LIMITS.buttonTitle)
  const data: Sent = { lifeboat: { ...carried, verb } }
  const { associatedInputs } = look
  return {
    ...{ type: 'Action.Execute', title: said, verb, data, ...look },
    fallback: { type: 'Action.Submit', title: said, data, ...(associatedInputs && { associatedInputs }) },
  }
}

const STYLES = { primary: 'positive', danger: 'destructive', plain: undefined } as const

/** First-rank buttons are in sight as far as they fit; the others are in the overflow menu. */
export function buttonActions(buttons: readonly Button[]): Execute[] {
  let inSight = 0
  return buttons.map(({ label, spoken, style, rank, click }) => {
    if (rank === 'first') inSight += 1
    const isInMenu = rank === 'secondary' || inSight > LIMITS.buttons
    return execute(
      label,
      VERBS.click,
      { click },
      {
        tooltip: clip(spoken, LIMITS.tooltip),
        ...(STYLES[style] && { style: STYLES[style] }),
        ...(isInMenu && { mode: 'secondary' }),
      },
    )
  })
}
