import type { Clock } from '../../ports/clock.ts'
import type { Waiting } from '../waiting.ts'
import type { FaultBoard } from './faults.ts'
import type { Drive } from './files/drive.ts'
import type { State } from './state.ts'
import type { TeamsTenant } from './tenant.ts'
import type { Deliver } from './transport/deliver.ts'

/** What every part of this Teams shares. */
export interface Site {
  readonly clock: Clock
  readonly serviceUrl: string
  readonly tenantId: string
  readonly tenant: TeamsTenant
  /** As people and conversations know it. */
  readonly bot: { readonly id: string; readonly name: string }
  readonly state: State
  readonly drive: Drive
  readonly notices: Waiting
  readonly faults: FaultBoard
  readonly deliver: Deliver
}
