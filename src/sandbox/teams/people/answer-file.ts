import { consentIn } from '../files/file-cards.ts'
import { UPLOAD_PATH } from '../files/serve-upload.ts'
import type { Message } from '../message.ts'
import type { Site } from '../site.ts'
import { mriOf, type TenantPerson } from '../tenant.ts'
import { clientInfo } from '../transport/activity.ts'
import { messageOf, see, whereOf } from './see.ts'
import { type Reached, tell } from './tell.ts'

export type FileAnswer = 'accept' | 'decline'

/** The card stays as it is, and may be answered again, until the bot takes it away. */
export async function answerFile(
  site: Site,
  person: TenantPerson,
  which: Message | string,
  action: FileAnswer,
): Promise<Reached> {
  const message = messageOf(site, which)
  const seen = see(site, person, message)
  const isThere = seen.kind !== 'nothing' && seen.kind !== 'deleted'
  const consent = isThere ? consentIn(message.attachments) : undefined
  if (!consent)
    throw new Error(`${person.fullName} is offered no file there, but sees ${JSON.stringify(seen)}.`)
  const { acceptContext, declineContext } = consent.content
  return tell(site, person, whereOf(site, message), 'invoke', {
    type: 'invoke',
    id: `f:${site.state.nextId()}`,
    name: 'fileConsent/invoke',
    value: {
      type: 'fileUpload',
      action,
      context: action === 'accept' ? acceptContext : declineContext,
      ...(action === 'accept' && { uploadInfo: placeFor(site, person, message, consent.name) }),
    },
    replyToId: message.id,
    entities: [clientInfo(person)],
  })
}

/** What a bot needs to know to put the file there, and to show it afterwards. */
function placeFor(site: Site, person: TenantPerson, { id: messageId }: Message, name: string) {
  const { uniqueId, fileType, ticket } = site.drive.begin({ name, acceptedBy: mriOf(person), messageId })
  const drive = `/personal/${person.email.replace(/\W/g, '_')}`
  const path = `${drive}/Documents/Applications/${encodeURIComponent(site.bot.name)}/${encodeURIComponent(name)}`
  const { href: contentUrl } = new URL(path, site.serviceUrl)
  const { href: uploadUrl } = new URL(`${UPLOAD_PATH}${ticket}`, site.serviceUrl)
  return { contentUrl, name, uploadUrl, uniqueId, fileType }
}
