/** A file that waits to be fetched, e.g. a picture that a message shows by its address. */
export interface KeptFile {
  readonly name: string
  /** Media type, e.g. "image/png". */
  readonly type: string
  readonly bytes: Uint8Array
}

/** Whoever knows a file's id may fetch it: an id cannot be guessed. Everything may fail with a TransientFailure. */
export interface FileStore {
  /** Keeps it for FILE_KEPT_DAYS at least, and gives its id. At most 4 MB. */
  keep(file: KeptFile): Promise<string>
  get(id: string): Promise<KeptFile | undefined>
}

export const FILE_KEPT_DAYS = 30
