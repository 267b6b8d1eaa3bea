import { say } from '../../conversation/words/index.ts'
import { FinalFailure, TransientFailure } from '../../ports/failure.ts'
import type { FileStore } from '../../ports/file-store.ts'
import type { Activity } from './activity.ts'
import type { Answer } from './adapter.ts'
import { type Hall, pressedMessage, sentence } from './asked.ts'
import { cardMessage } from './chat.ts'
import { type Consent, consentSchema, upload } from './files.ts'
import { renderCard } from './render.ts'

export interface Handing extends Hall {
  readonly files: FileStore
  readonly serviceUrl: string
}

/** Somebody wants the file that was offered, or does not. Teams waits a few seconds for an answer, and a file may take longer. */
export function answerConsent(hall: Handing, activity: Activity): Answer {
  const consent = consentSchema.safeParse(activity.value).data
  if (!consent) return { status: 400 }
  hall.later(handOver(hall, activity, consent))
  return { status: 200 }
}

/** Either way the offer has had its time; where the file could not be handed over it stays, to be accepted again. */
async function handOver(hall: Handing, activity: Activity, consent: Consent): Promise<void> {
  try {
    if (consent.action === 'accept') {
      const shown = await upload(consent, hall.files, isTeamsOwn(hall.serviceUrl))
      const gone = cardMessage(renderCard(sentence(say().answers.teams.fileGone)))
      await hall.connector.send(activity.conversation.id, shown ?? gone)
    }
    const offer = pressedMessage(activity)
    if (offer) await hall.connector.remove(offer.channel, offer.message)
  } catch (error) {
    if (!(error instanceof TransientFailure || error instanceof FinalFailure)) throw error
    hall.log.warn({ err: error }, 'teams file not handed over')
    if (consent.action === 'accept') await sayNotHanded(hall, activity)
  }
}

/** Whoever accepted it waits for it. */
async function sayNotHanded(hall: Handing, { conversation }: Activity): Promise<void> {
  try {
    await hall.connector.send(
      conversation.id,
      cardMessage(renderCard(sentence(say().answers.teams.fileNotHanded))),
    )
  } catch (error) {
    if (!(error instanceof TransientFailure || error instanceof FinalFailure)) throw error
    hall.log.warn({ err: error }, 'nor could that be said')
  }
}

/** People's files are in OneDrive, which is SharePoint; the practice ground keeps them beside its connector. */
const isTeamsOwn =
  (serviceUrl: string) =>
  ({ protocol, hostname, origin }: URL): boolean =>
    origin === new URL(serviceUrl).origin ||
    (protocol === 'https:' && /\.sharepoint\.(com|us|cn)$/.test(hostname))
