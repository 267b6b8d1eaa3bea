import type { Identity } from '../domain/permission.ts'
import type { Actor } from '../domain/task.ts'

/** Who somebody is, asked at the moment of saving. Throws TransientFailure when it cannot be known: nothing is allowed then. */
export interface Directory {
  identify(actor: Actor): Promise<Identity>
}
