import type { SayRequest } from '../page-api.ts'
import type { Site } from '../site.ts'
import { acting, DONE, type Done, no, within } from './acting.ts'
import { runCommand } from './command.ts'
import { tellOfMessage } from './events.ts'
import { asSent } from './mentions.ts'

/** The longest message that Slack's client sends. */
const TEXT_CHARACTERS = 12_000

/** Somebody writes something: a message, a reply, or a command. */
export async function say(site: Site, { as, channel: where, threadTs, text }: SayRequest): Promise<Done> {
  const person = acting(site, as)
  if ('ok' in person) return person
  const channel = within(site, person, where)
  if ('ok' in channel) return channel
  if (channel.archived) return no(`#${channel.name} is archived.`)
  if (channel.kind === 'direct' && !site.manifest.takesDirectMessages)
    return no('Sending messages to this app has been turned off.')
  if (text.trim() === '') return no('There is nothing to send.')
  if (text.length > TEXT_CHARACTERS) return no(`A message has at most ${TEXT_CHARACTERS} characters.`)
  if (text.startsWith('/')) return runCommand(site, person, channel, threadTs, text)

  const root = threadTs === undefined ? undefined : site.state.message(where, threadTs)
  if (threadTs !== undefined && root === undefined) return no('The message that you reply to is gone.')
  const message = site.state.post({
    channel: where,
    user: person.id,
    fromApp: false,
    text: asSent(text, 'message', site.state),
    alsoInChannel: false,
    ...(root && { threadTs: root.threadTs ?? root.ts }),
  })
  tellOfMessage(site, channel, message)
  return DONE
}
