import type { AfterAction } from '../domain/after-action.ts'

/** Reports as documents to keep and to pass on. */
export interface Documents {
  /** Times in the IANA zone of that name; the picture is a PNG for its first page. The same report gives the same bytes. */
  pdf(report: AfterAction, zone: string, picture?: Uint8Array): Promise<Uint8Array>
}
