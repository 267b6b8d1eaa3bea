import { randomBytes } from 'node:crypto'
import type { HomeView, InputBlock, KnownBlock, ModalView, RichTextBlock } from '@slack/types'
import type { Block, Card, Field, Form, Step } from '../../conversation/card.ts'
import { say } from '../../conversation/words/index.ts'
import { shortened } from '../common/shortened.ts'
import { buttonElements } from './buttons.ts'
import { LIMITS } from './limits.ts'
import { type RichElement, richElements, smallPrint } from './rich.ts'

/** A card as Slack shows it. What does not fit is left out, and says so. Plan blocks only where the workspace takes them. */
export function renderCard(card: Card, takesPlans = false): { text: string; blocks: KnownBlock[] } {
  const blocks = takesPlans ? card.blocks : withoutSteps(card)
  return {
    text: shortened(card.text, LIMITS.messageText),
    blocks: fitted(blocks, LIMITS.blocksInMessage),
  }
}

/** Whether a workspace without plan blocks would refuse it. */
export const hasSteps = ({ blocks }: Card): boolean => blocks.some(({ kind }) => kind === 'steps')

const withoutSteps = ({ blocks }: Pick<Card, 'blocks'>): Block[] =>
  blocks.filter(({ kind }) => kind !== 'steps')

/** Every form of ours has this one callback id: what it is about is in its memory. */
export const FORM = 'lifeboat-form'
export const FIELD = 'value'

export function renderForm(form: Form): ModalView {
  const fields = form.fields.map(inputOf)
  return {
    type: 'modal',
    callback_id: FORM,
    title: short(form.title, LIMITS.viewTitle),
    submit: short(form.submit, LIMITS.viewButton),
    close: short(say().answers.slack.cancel, LIMITS.viewButton),
    private_metadata: form.memory,
    blocks: [...fitted(withoutSteps(form), LIMITS.blocksInView - fields.length), ...fields],
  }
}

/** A dialog that only says something. */
export function renderNotice(card: Pick<Card, 'blocks'>): ModalView {
  return {
    type: 'modal',
    title: short('Lifeboat', LIMITS.viewTitle),
    close: short(say().answers.slack.close, LIMITS.viewButton),
    blocks: fitted(withoutSteps(card), LIMITS.blocksInView),
  }
}

export const renderWords = (text: string): ModalView =>
  renderNotice({ blocks: [{ kind: 'text', text: [text] }] })

/** What one person sees on the app's Home. */
export const renderHome = (card: Card): HomeView => ({
  type: 'home',
  blocks: fitted(card.blocks, LIMITS.blocksInView, LIMITS.viewBytes),
})

/** Block ids are new each time: Slack's clients keep what stands under an old one. */
function fitted(
  blocks: readonly Block[],
  most: number,
  mostBytes: number = LIMITS.blocksBytes,
): KnownBlock[] {
  const all = blocks.flatMap(blockOf).map((block) => ({ ...block, block_id: freshId() }))
  const kept: KnownBlock[] = []
  let bytes = 0
  for (const block of all) {
    bytes += Buffer.byteLength(JSON.stringify(block))
    if (bytes > mostBytes) break
    kept.push(block)
  }
  if (kept.length === all.length && all.length <= most) return kept
  const shown = kept.slice(0, most - 1)
  return [...shown, ...blockOf({ kind: 'note', text: [say().answers.left.parts(all.length - shown.length)] })]
}

const freshId = () => randomBytes(9).toString('base64url')

function blockOf(block: Block): KnownBlock[] {
  switch (block.kind) {
    case 'heading':
      return block.text === '' ? [] : [{ type: 'header', text: short(block.text, LIMITS.headerText) }]
    case 'text':
      return paragraph(richElements(block.text))
    case 'facts':
      return paragraph(
        richElements(
          block.rows.flatMap(([label, value], row) => [
            ...(row === 0 ? [] : ['\n']),
            { kind: 'strong' as const, text: label },
            ': ',
            ...value,
          ]),
        ),
      )
    case 'list':
      return block.items.length === 0 ? [] : [bullets(block.items.map(richElements))]
    case 'note': {
      const elements = smallPrint(block.text)
      return elements.length === 0 ? [] : [{ type: 'context', elements }]
    }
    case 'steps':
      return [{ type: 'plan', title: block.title, tasks: block.steps.map(taskCardOf) }]
    case 'log': {
      const text = shortened(block.lines.join('\n'), LIMITS.blockText)
      if (text === '') return []
      const lines = { type: 'rich_text_preformatted' as const, elements: [{ type: 'text' as const, text }] }
      return [{ type: 'rich_text', elements: [lines] }]
    }
    case 'divider':
      return [{ type: 'divider' }]
    case 'buttons': {
      const elements = buttonElements(block.buttons)
      return elements.length === 0 ? [] : [{ type: 'actions', elements }]
    }
  }
}

const taskCardOf = ({ id, title, state }: Step) => ({
  type: 'task_card' as const,
  task_id: id,
  title,
  status: TASK_CARD_STATUS[state],
})

const TASK_CARD_STATUS = {
  waiting: 'pending',
  running: 'in_progress',
  done: 'complete',
  failed: 'error',
} as const satisfies Record<Step['state'], string>

function paragraph(elements: RichElement[]): RichTextBlock[] {
  if (elements.length === 0) return []
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]
}

function bullets(items: RichElement[][]): RichTextBlock {
  const elements = items.map((item) => ({ type: 'rich_text_section' as const, elements: item }))
  return { type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements }] }
}

/** The block's id is the field's name: errors are shown there, and answers come back under it. */
function inputOf(field: Field): KnownBlock {
  const { name, label, hint, required } = field
  return {
    type: 'input',
    block_id: name,
    label: short(label, LIMITS.inputLabel),
    optional: !required,
    ...(hint && { hint: short(hint, LIMITS.inputLabel) }),
    element: elementOf(field),
  }
}

/** Few choices are all in sight; more of them are a menu. */
function elementOf({ multiline, placeholder, choices }: Field): InputBlock['element'] {
  const said = placeholder && { placeholder: short(placeholder, LIMITS.placeholder) }
  if (!choices) {
    return { type: 'plain_text_input', action_id: FIELD, multiline, max_length: LIMITS.inputText, ...said }
  }
  const options = choices
    .slice(0, LIMITS.selectOptions)
    .map(({ value, label }) => ({ text: short(label, LIMITS.optionText), value }))
  return options.length <= LIMITS.radioOptions
    ? { type: 'radio_buttons', action_id: FIELD, options }
    : { type: 'static_select', action_id: FIELD, options, ...said }
}

const short = (text: string, most: number) => ({ type: 'plain_text' as const, text: shortened(text, most) })
