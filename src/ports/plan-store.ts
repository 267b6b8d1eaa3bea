import type { Json } from '../domain/json.ts'

/** A version of a plan's document, as it was given. */
export interface StoredPlan {
  readonly id: string
  readonly version: number
  /** The digest of the document. */
  readonly hash: string
  readonly document: Json
  readonly savedAt: string
  readonly savedBy: string
}

/** Plans, every version of each; a version is never changed. */
export interface PlanStore {
  /** Saves the document as the next version; the same hash as the latest version saves nothing and gives that version. */
  put(plan: Omit<StoredPlan, 'version'>): Promise<StoredPlan>
  /** The latest version, or the given one. */
  get(id: string, version?: number): Promise<StoredPlan | undefined>
  /** The latest version of each plan, by id. */
  list(): Promise<readonly StoredPlan[]>
}
