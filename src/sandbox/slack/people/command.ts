import { z } from 'zod'
import { postAsApp } from '../app-posts.ts'
import { groundOf } from '../files.ts'
import { isEmpty, isRefused, readContent } from '../message-content.ts'
import type { Site } from '../site.ts'
import type { Channel, Person } from '../workspace.ts'
import { channelName, common, DONE, type Done, no } from './acting.ts'
import { asSent } from './mentions.ts'

/** Somebody calls the app by a command. What becomes of it they read in its answer, or in a banner. */
export async function runCommand(
  site: Site,
  person: Person,
  channel: Channel,
  threadTs: string | undefined,
  typed: string,
): Promise<Done> {
  const [, command = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(typed) ?? []
  const known = site.manifest.commands.find((declared) => declared.command === command.toLowerCase())
  if (known === undefined) return no(`${command} is not a valid command.`)
  if (threadTs !== undefined) return no(`${command} is not supported in threads. Sorry!`)

  const { team, enterprise, is_enterprise_install, ...fields } = common(site)
  const text = asSent(rest.trim(), known.escapes ? 'escaped command' : 'typed', site.state)
  const outcome = await site.deliver({
    kind: 'command',
    content: {
      ...fields,
      is_enterprise_install,
      team_id: site.workspace.id,
      team_domain: site.workspace.domain,
      channel_id: channel.id,
      channel_name: channelName(channel),
      user_id: person.id,
      user_name: person.name,
      command: known.command,
      text,
      response_url: site.responseUrls.issue({ person: person.id, channel: channel.id }),
      trigger_id: site.triggers.issue(person.id),
    },
  })
  const error = outcome.kind === 'failed' ? outcome.error : answer(site, person, channel, outcome.body)
  if (error) trouble(site, person, `${known.command} failed with the error ${error}`)
  else site.notices.stir()
  return DONE
}

export function trouble({ notices }: Site, person: Person, text: string): void {
  notices.tell([person.id], { kind: 'trouble', text })
}

const answerSchema = z.object({
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
})

/** What an app may say in the same breath as it acknowledges. */
function answer(site: Site, person: Person, channel: Channel, body: unknown): string | undefined {
  if (body === undefined) return undefined
  const said = answerSchema.safeParse(typeof body === 'string' ? { text: body } : body)
  if (!said.success) return 'invalid_command_response'
  const content = readContent(said.data, groundOf(site))
  if (isRefused(content)) return 'invalid_command_response'
  if (isEmpty(content)) return undefined
  const onlyTo = said.data.response_type === 'ephemeral' ? { ephemeralTo: person.id } : {}
  postAsApp(site, content, { channel: channel.id, ...onlyTo })
  return undefined
}
