import { randomUUID } from 'node:crypto'
import type { Shelf } from '../../slack/files.ts'
import type { Upload } from '../state-file.ts'

/** A file that a bot uploaded. */
export interface UploadedFile extends Omit<Upload, 'ticket'> {
  readonly bytes: Buffer
}

/** The OneDrives of all people, as far as bots put something there. */
export interface Drive {
  /** A place for one file, that nothing is at yet. */
  begin(accepted: Pick<Upload, 'name' | 'acceptedBy' | 'messageId'>): Upload
  /** By what is secret in its address. */
  upload(ticket: string): Upload | undefined
  isFilled(upload: Upload): boolean
  fill(upload: Upload, bytes: Buffer): void
  /** In the order in which they were accepted. */
  files(): readonly UploadedFile[]
  saved(): Upload[]
}

export function createDrive(begin: readonly Upload[], shelf: Shelf, changed: () => void): Drive {
  const uploads = new Map(begin.map((upload) => [upload.ticket, upload]))
  return {
    begin: (accepted) => {
      const upload = {
        ...accepted,
        fileType: /\.([^.]+)$/.exec(accepted.name)?.[1] ?? '',
        uniqueId: randomUUID().toUpperCase(),
        ticket: randomUUID(),
      }
      uploads.set(upload.ticket, upload)
      changed()
      return upload
    },
    upload: (ticket) => uploads.get(ticket),
    isFilled: ({ uniqueId }) => shelf.take(uniqueId) !== undefined,
    fill: ({ uniqueId }, bytes) => {
      shelf.put(uniqueId, bytes)
      changed()
    },
    files: () =>
      [...uploads.values()].flatMap(({ ticket: _, ...file }) => {
        const bytes = shelf.take(file.uniqueId)
        return bytes ? [{ ...file, bytes }] : []
      }),
    saved: () => [...uploads.values()],
  }
}
