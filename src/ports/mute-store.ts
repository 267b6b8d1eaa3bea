import type { ExecutionId } from '../domain/execution.ts'

/** Who wants no direct messages about a run for a time. Everything may fail with a TransientFailure. */
export interface MuteStore {
  /** By human being; those whose time is over too. */
  mutedIn(run: ExecutionId): Promise<ReadonlyMap<string, Date>>
  /** The newest counts; a moment that is over mutes nobody. */
  mute(run: ExecutionId, human: string, until: Date): Promise<void>
}
