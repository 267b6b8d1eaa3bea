import { z } from 'zod'
import type { Attachment } from '../message.ts'

/** Asks a person whether the bot may put a file into their OneDrive. */
export const FILE_CONSENT = 'application/vnd.microsoft.teams.card.file.consent'
/** Shows a file that is there. */
export const FILE_INFO = 'application/vnd.microsoft.teams.card.file.info'

const consentSchema = z.looseObject({
  name: z.string().min(1),
  content: z.looseObject({
    description: z.string(),
    /** What the person is told; the file may turn out to be longer. */
    sizeInBytes: z.int().min(0),
    acceptContext: z.unknown().optional(),
    declineContext: z.unknown().optional(),
  }),
})
export type FileConsent = z.output<typeof consentSchema>

const infoSchema = z.looseObject({
  name: z.string().min(1),
  contentUrl: z.url(),
  content: z.looseObject({ uniqueId: z.string().min(1), fileType: z.string() }),
})

/** The first of these attachments that asks for consent. */
export function consentIn(attachments: readonly Attachment[]): FileConsent | undefined {
  return consentSchema.safeParse(attachments.find(({ contentType }) => contentType === FILE_CONSENT)).data
}

/** Why Teams would not take this attachment as a card of a file. Undefined for whatever is not one. */
export function problemOfFileCard(attachment: Attachment, isPersonal: boolean): string | undefined {
  const { contentType } = attachment
  if (contentType === FILE_CONSENT && !isPersonal)
    return 'A file can be offered in a personal chat only: bots have no files in channels.'
  if (contentType !== FILE_CONSENT && contentType !== FILE_INFO) return undefined
  const { error } = (contentType === FILE_CONSENT ? consentSchema : infoSchema).safeParse(attachment)
  return error && z.prettifyError(error)
}
