import type { Notice } from '../conversation/notices.ts'

/** Carries notices out of the house: to an event bus, to a topic with subscribers. */
export interface Notifier {
  /**
   * At least once: may be repeated, and the ids tell repeats apart.
   * TransientFailure: some may not have gone, send all of them again. FinalFailure: some never will, all others have gone.
   */
  send(notices: readonly Notice[]): Promise<void>
}
