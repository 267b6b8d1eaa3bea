import type { Practice } from './practice.ts'
import { recordingApp } from './recording-app.ts'
import { input, plain } from './samples.ts'

const INCIDENTS = 'C0INCIDENTS'

/** With one field, unless other blocks are given. */
export function modal(title: string, ...blocks: object[]): Record<string, unknown> {
  const reason = input(
    { type: 'plain_text_input', action_id: 'text', min_length: 3, max_length: 9 },
    { block_id: 'reason' },
  )
  return {
    type: 'modal',
    title: plain(title),
    submit: plain('Send'),
    blocks: blocks.length > 0 ? blocks : [reason],
  }
}

/** Has somebody run a command, and gives the trigger that came with it. */
export async function triggerOf({ slack }: Practice): Promise<string> {
  const app = await recordingApp(slack)
  await slack.person('U0OPERATOR').say(INCIDENTS, '/dr')
  return String(new URLSearchParams(app.deliveries.at(-1)?.body).get('trigger_id'))
}

export const openModal = ({ client }: Practice, trigger_id: string, view = modal('One')) =>
  client.apiCall('views.open', { trigger_id, view })
