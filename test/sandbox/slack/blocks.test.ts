import { describe, expect, it } from 'vitest'
import { practice, refusal } from './practice.ts'
import { actions, button, input, long, marked, option, options, plain, task, words } from './samples.ts'

describe('the blocks of a message', () => {
  it.each<[string, object[]]>([
    ['header', [{ type: 'header', text: plain(long(150)) }]],
    ['section with text', [{ type: 'section', text: marked(long(3_000)) }]],
    ['section with fields', [{ type: 'section', fields: Array(10).fill(marked('field')) }]],
    ['section with an accessory', [{ type: 'section', text: plain('x'), accessory: button() }]],
    [
      'context',
      [
        {
          type: 'context',
          elements: [marked('a'), { type: 'image', alt_text: 'i', image_url: 'https://x' }],
        },
      ],
    ],
    ['25 buttons', [actions(...Array(25).fill(button()))]],
    [
      'button with everything',
      [
        actions(
          button({
            value: long(2_000),
            url: long(3_000),
            style: 'danger',
            confirm: {
              title: plain('Sure?'),
              text: marked('Really'),
              confirm: plain('Yes'),
              deny: plain('No'),
              style: 'danger',
            },
            accessibility_label: 'Press it',
          }),
        ),
      ],
    ],
    ['overflow', [actions({ type: 'overflow', options: options(5) })]],
    [
      'selects',
      [
        actions(
          { type: 'static_select', options: options(100), initial_option: option('7') },
          { type: 'users_select' },
          { type: 'datepicker', initial_date: '2026-02-28' },
        ),
      ],
    ],
    [
      'choices',
      [actions({ type: 'radio_buttons', options: options(10) }, { type: 'checkboxes', options: options(1) })],
    ],
    ['divider', [{ type: 'divider' }]],
    ['image', [{ type: 'image', image_url: 'https://example.com/i.png', alt_text: 'A picture' }]],
    ['input', [input({ type: 'plain_text_input' })]],
    [
      'rich text',
      [
        words(
          { type: 'text', text: 'a', style: { bold: true } },
          { type: 'user', user_id: 'U0VIEWER' },
          { type: 'link', url: 'https://x' },
          { type: 'emoji', name: 'wave' },
          { type: 'date', timestamp: 1, format: '{date}' },
          { type: 'usergroup', usergroup_id: 'S0' },
          { type: 'channel', channel_id: 'C0' },
          { type: 'broadcast', range: 'here' },
        ),
      ],
    ],
    [
      'rich lists, quotes and code',
      [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_list',
              style: 'bullet',
              elements: [{ type: 'rich_text_section', elements: [] }],
            },
            { type: 'rich_text_quote', elements: [] },
            { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x' }] },
          ],
        },
      ],
    ],
    ['markdown', [{ type: 'markdown', text: long(12_000) }]],
    [
      'plan',
      [
        {
          type: 'plan',
          title: 'Plan',
          tasks: [task({ status: 'complete', details: words({ type: 'text', text: 'd' }) })],
        },
      ],
    ],
    ['task card', [task({ sources: [{ type: 'url', url: 'https://x', text: 'x' }] })]],
    [
      'table',
      [
        {
          type: 'table',
          rows: [
            [
              { type: 'raw_text', text: 'a' },
              { type: 'raw_number', value: 1, text: '1' },
              words({ type: 'text', text: 'b' }),
            ],
          ],
        },
      ],
    ],
  ])('may be: %s', async (_name, blocks) => {
    const { client } = await practice()
    expect(await client.apiCall('blocks.validate', { blocks })).toMatchObject({ ok: true })
  })

  it('may have one table, wherever it stands', async () => {
    const { client } = await practice()
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }
    const call = { channel: 'C0INCIDENTS', text: 'x', blocks: [table], attachments: [{ blocks: [table] }] }
    expect(await refusal(client.apiCall('chat.postMessage', call))).toMatchObject({
      error: 'invalid_attachments',
      errors: ['only_one_table_allowed'],
    })
  })

  it('are checked in attachments as well', async () => {
    const { client } = await practice()
    const attachments = [{ color: '#000000', blocks: [{ type: 'section' }] }]
    const call = client.apiCall('chat.postMessage', { channel: 'C0INCIDENTS', text: 'x', attachments })
    expect(await refusal(call)).toMatchObject({
      error: 'invalid_attachments',
      errors: ['must define either `text` or `fields` [json-pointer:/attachments/0/blocks/0/type]'],
    })
  })
})

const modal = (fields: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Send'),
  blocks: [{ type: 'alert', text: marked('Careful'), level: 'warning' }, input({ type: 'plain_text_input' })],
  ...fields,
})

describe('a modal', () => {
  it.each<[string, object, string | undefined]>([
    [
      'complete',
      modal({ close: plain('Back'), private_metadata: long(3_000), notify_on_close: true }),
      undefined,
    ],
    ['title', modal({ title: plain(long(25)) }), '/title/text'],
    ['submit', modal({ submit: plain(long(25)) }), '/submit/text'],
    ['metadata', modal({ private_metadata: long(3_001) }), '/private_metadata'],
    ['no title', modal({ title: undefined }), ''],
    ['input without submit', modal({ submit: undefined }), '/blocks/1/input'],
    ['101 blocks', modal({ blocks: Array(101).fill({ type: 'divider' }) }), '/blocks'],
    ['plan', modal({ blocks: [{ type: 'plan', title: 'x' }] }), '/blocks/0/type'],
    ['alert text', modal({ blocks: [{ type: 'alert', text: marked(long(201)) }] }), '/blocks/0/text/text'],
    [
      'label',
      modal({ blocks: [input({ type: 'plain_text_input' }, { label: plain(long(2_001)) })] }),
      '/blocks/0/label/text',
    ],
    [
      'hint',
      modal({ blocks: [input({ type: 'plain_text_input' }, { hint: plain(long(2_001)) })] }),
      '/blocks/0/hint/text',
    ],
    [
      'placeholder',
      modal({ blocks: [input({ type: 'plain_text_input', placeholder: plain(long(151)) })] }),
      '/blocks/0/element/placeholder/text',
    ],
  ])('is judged by its limits: %s', async (_name, view, pointer) => {
    const { client } = await practice()
    const call = client.apiCall('blocks.validate', { view })
    if (pointer === undefined) expect(await call).toMatchObject({ ok: true })
    else {
      const { error, errors } = await refusal(call)
      expect(error).toBe('invalid_view')
      expect(errors).toContainEqual(expect.objectContaining({ pointer }))
    }
  })
})

describe('blocks.validate', () => {
  it('needs no token, and says what failed, where, and what was expected', async () => {
    const { slack } = await practice()
    const answer = await fetch(`${slack.url}/api/blocks.validate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ blocks: [{ type: 'section', text: { type: 'invalid', text: 'x' } }] }),
    })
    expect(await answer.json()).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: [
        {
          code: 'failed_constraint',
          message: 'unsupported type: invalid',
          pointer: '/0/text/type',
          constraint: { type: 'enum', expected: ['plain_text', 'mrkdwn'], got: 'invalid' },
        },
      ],
    })
  })

  it('wants exactly one thing to look at', async () => {
    const { client } = await practice()
    expect(await refusal(client.apiCall('blocks.validate', {}))).toMatchObject({ error: 'invalid_arguments' })
    expect(await refusal(client.apiCall('blocks.validate', { message: { blocks: {} } }))).toMatchObject({
      error: 'invalid_message',
    })
  })
})
