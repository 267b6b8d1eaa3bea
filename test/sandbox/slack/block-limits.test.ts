import { expect, it } from 'vitest'
import { practice, refusal } from './practice.ts'
import { actions, button, input, long, marked, option, options, plain, task, words } from './samples.ts'

it.each<[string, object[], string]>([
  [
    'header text',
    [{ type: 'header', text: plain(long(151)) }],
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'header markup',
    [{ type: 'header', text: marked('x') }],
    'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
  ],
  [
    'section text',
    [{ type: 'section', text: marked(long(3_001)) }],
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'no text',
    [{ type: 'section', text: marked('') }],
    'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'empty section',
    [{ type: 'section' }],
    'must define either `text` or `fields` [json-pointer:/blocks/0/type]',
  ],
  [
    '11 fields',
    [{ type: 'section', fields: Array(11).fill(marked('x')) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
  ],
  [
    'field text',
    [{ type: 'section', fields: [marked(long(2_001))] }],
    'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
  ],
  [
    '11 in context',
    [{ type: 'context', elements: Array(11).fill(marked('x')) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  ],
  ['no actions', [actions()], 'must provide at least 1 items [json-pointer:/blocks/0/elements]'],
  [
    '26 actions',
    [actions(...Array(26).fill(button()))],
    'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'button text',
    [actions(button({ text: plain(long(76)) }))],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'button value',
    [actions(button({ value: long(2_001) }))],
    'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'button url',
    [actions(button({ url: long(3_001) }))],
    'must be less than 3001 characters [json-pointer:/blocks/0/elements/0/url]',
  ],
  [
    'button style',
    [actions(button({ style: 'warning' }))],
    'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
  ],
  [
    'button label',
    [actions(button({ accessibility_label: long(76) }))],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/accessibility_label]',
  ],
  [
    'confirm title',
    [actions(button({ confirm: { title: plain(long(101)), text: plain('x') } }))],
    'must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
  ],
  [
    'confirm text',
    [actions(button({ confirm: { text: plain(long(301)) } }))],
    'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
  ],
  [
    'confirm button',
    [actions(button({ confirm: { text: plain('x'), confirm: plain(long(31)) } }))],
    'must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/confirm/text]',
  ],
  [
    '6 in overflow',
    [actions({ type: 'overflow', options: options(6) })],
    'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    '101 options',
    [actions({ type: 'static_select', options: options(101) })],
    'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    '11 choices',
    [actions({ type: 'radio_buttons', options: options(11) })],
    'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'option value',
    [actions({ type: 'checkboxes', options: [{ text: plain('x'), value: long(76) }] })],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
  ],
  [
    'select without options',
    [actions({ type: 'static_select' })],
    'must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]',
  ],
  [
    'initial option',
    [actions({ type: 'static_select', options: options(1), initial_option: option('9') })],
    'initial option must match an option [json-pointer:/blocks/0/elements/0/initial_option]',
  ],
  [
    'date',
    [actions({ type: 'datepicker', initial_date: 'tomorrow' })],
    'input must be a valid: date [json-pointer:/blocks/0/elements/0/initial_date]',
  ],
  [
    'input in actions',
    [actions({ type: 'plain_text_input' })],
    'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    'image without address',
    [{ type: 'image', alt_text: 'x' }],
    'must define either `image_url` or `slack_file` [json-pointer:/blocks/0/type]',
  ],
  [
    'image without words',
    [{ type: 'image', image_url: 'https://x' }],
    'missing required field: alt_text [json-pointer:/blocks/0]',
  ],
  [
    'number input',
    [input({ type: 'number_input' })],
    'missing required field: is_decimal_allowed [json-pointer:/blocks/0/element]',
  ],
  [
    'rich element',
    [words({ type: 'blink', text: 'x' })],
    'unsupported type: blink [json-pointer:/blocks/0/elements/0/elements/0/type]',
  ],
  [
    'markdown',
    [{ type: 'markdown', text: long(12_001) }],
    'must be less than 12001 characters [json-pointer:/blocks/0/text]',
  ],
  [
    'markdown together',
    [
      { type: 'markdown', text: long(6_001) },
      { type: 'markdown', text: long(6_000) },
    ],
    'must be less than 12001 characters [json-pointer:/blocks]',
  ],
  [
    'plan title',
    [{ type: 'plan', title: plain('x') }],
    'must provide a string [json-pointer:/blocks/0/title]',
  ],
  ['task status', [task({ status: 'paused' })], 'must be a valid enum value [json-pointer:/blocks/0/status]'],
  [
    'alert outside a modal',
    [{ type: 'alert', text: marked('x') }],
    'unsupported type: alert [json-pointer:/blocks/0/type]',
  ],
  [
    '21 cells',
    [{ type: 'table', rows: [Array(21).fill({ type: 'raw_text', text: 'x' })] }],
    'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
  ],
  [
    'table text',
    [{ type: 'table', rows: [[{ type: 'raw_text', text: long(10_001) }]] }],
    'must be less than 10001 characters [json-pointer:/blocks/0/rows]',
  ],
  ['unknown block', [{ type: 'marquee' }], 'unsupported type: marquee [json-pointer:/blocks/0/type]'],
  ['no type', [{}], 'missing required field: type [json-pointer:/blocks/0]'],
  [
    'unknown property',
    [{ type: 'divider', colour: 'red' }],
    'invalid additional property: colour [json-pointer:/blocks/0]',
  ],
  [
    'block id',
    [{ type: 'divider', block_id: long(256) }],
    'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
  ],
  [
    'same block id',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]',
  ],
  [
    'same action id',
    [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
    '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
  ],
  ['51 blocks', Array(51).fill({ type: 'divider' }), 'no more than 50 items allowed [json-pointer:/blocks]'],
])('blocks are refused with Slack’s words: %s', async (_name, blocks, problem) => {
  const { client } = await practice()
  const call = client.apiCall('chat.postMessage', { channel: 'C0INCIDENTS', text: 'x', blocks })
  expect(await refusal(call)).toMatchObject({
    error: 'invalid_blocks',
    errors: [problem],
    response_metadata: { messages: [`[ERROR] ${problem}`] },
  })
})
