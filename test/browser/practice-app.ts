import { App, HTTPReceiver } from '@slack/bolt'
import type { KnownBlock, ModalView } from '@slack/types'
import { systemClock } from '../../src/adapters/system/clock.ts'
import { pageFiles } from '../../src/sandbox/slack/page-files.ts'
import { sampleWorkspace } from '../../src/sandbox/slack/sample-workspace.ts'
import { type Slack, startSlack } from '../../src/sandbox/slack/start.ts'

export interface Practice {
  slack: Slack
  close(): Promise<void>
}

const SECRETS = { signingSecret: 'practice-signing-secret', botToken: 'xoxb-practice' }
const MANIFEST = {
  display_information: { name: 'Rehearser' },
  features: {
    bot_user: { display_name: 'Rehearser' },
    slash_commands: [
      { command: '/dr', description: 'Rehearse', usage_hint: 'help | gate | drill', should_escape: true },
    ],
  },
  oauth_config: { scopes: { bot: ['commands', 'chat:write'] } },
}

/** A local workspace with its page, and a real Bolt app in it that does one of each thing a person may meet. */
export async function startPractice(where: { port?: number; stateFile?: string } = {}): Promise<Practice> {
  const slack = await startSlack({
    ...where,
    ...SECRETS,
    clock: systemClock,
    manifest: MANIFEST,
    workspace: sampleWorkspace,
    pageFiles,
  })
  const receiver = new HTTPReceiver({ signingSecret: SECRETS.signingSecret })
  const app = new App({
    receiver,
    token: SECRETS.botToken,
    clientOptions: { slackApiUrl: `${slack.url}/api/` },
  })
  answer(app)
  const server = await receiver.start({ port: 0, host: '127.0.0.1' })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The practice app has no port.')
  slack.setRequestUrl(`http://127.0.0.1:${address.port}/slack/events`)
  return {
    slack,
    close: async () => {
      await app.stop()
      await slack.close()
    },
  }
}

function answer(app: App): void {
  app.command('/dr', async ({ command, ack, respond, client }) => {
    await ack()
    if (command.text === 'gate') {
      await client.chat.postMessage({
        channel: command.channel_id,
        text: 'Gate',
        blocks: gate(command.user_id),
      })
    } else if (command.text === 'drill') {
      await client.views.open({ trigger_id: command.trigger_id, view: drill(command.channel_id) })
    } else await respond({ text: `Ask me for a *gate* or a *drill*, <@${command.user_id}>.` })
  })
  app.action('approve', async ({ ack, body, client }) => {
    await ack()
    if (body.type !== 'block_actions' || body.container.type !== 'message') return
    const { channel_id: channel, message_ts: ts } = body.container
    const decided = `Approved by <@${body.user.id}>`
    await client.chat.update({ channel, ts, text: decided, blocks: [section(decided, 'decided')] })
  })
  app.action('more', async ({ ack, body, action, client }) => {
    await ack()
    if (action.type !== 'overflow' || body.type !== 'block_actions' || body.channel === undefined) return
    const text = `<@${body.user.id}> asks for ${action.selected_option.value}`
    await client.chat.postMessage({ channel: body.channel.id, text })
  })
  app.view('drill', async ({ ack, view, body, client }) => {
    const reason = view.state.values.reason?.text?.value ?? ''
    if (reason === 'because')
      return ack({ response_action: 'errors', errors: { reason: 'Say a little more.' } })
    await ack()
    await client.chat.postMessage({
      channel: view.private_metadata,
      text: `<@${body.user.id}> drills: ${reason}`,
    })
  })
}

function gate(person: string): KnownBlock[] {
  return [
    section(
      `*DNS cutover* waits, as <@${person}> asked, since <!date^1795000000^{date_short} {time}|then>`,
      'gate',
    ),
    {
      type: 'actions',
      block_id: 'decide',
      elements: [
        {
          type: 'button',
          action_id: 'approve',
          style: 'primary',
          text: { type: 'plain_text', text: 'Approve' },
          accessibility_label: 'Approve the DNS cutover',
          confirm: {
            title: { type: 'plain_text', text: 'Approve the cutover?' },
            text: { type: 'mrkdwn', text: 'Traffic *moves*.' },
            confirm: { type: 'plain_text', text: 'Yes, approve' },
            deny: { type: 'plain_text', text: 'Not yet' },
          },
        },
        {
          type: 'overflow',
          action_id: 'more',
          options: [{ value: 'time', text: { type: 'plain_text', text: 'Ask for time' } }],
        },
      ],
    },
  ]
}

function section(text: string, block_id: string): KnownBlock {
  return { type: 'section', block_id, text: { type: 'mrkdwn', text } }
}

function drill(channel: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'drill',
    private_metadata: channel,
    title: { type: 'plain_text', text: 'Start a drill' },
    submit: { type: 'plain_text', text: 'Start drill' },
    blocks: [
      {
        type: 'input',
        block_id: 'plan',
        label: { type: 'plain_text', text: 'Plan' },
        element: {
          type: 'static_select',
          action_id: 'plan',
          options: ['payments', 'orders'].map((value) => ({
            value,
            text: { type: 'plain_text', text: value },
          })),
        },
      },
      {
        type: 'input',
        block_id: 'reason',
        label: { type: 'plain_text', text: 'Reason' },
        element: { type: 'plain_text_input', action_id: 'text', max_length: 80 },
      },
    ],
  }
}
