import type { Clock } from '../../ports/clock.ts'
import type { FaultBoard } from './faults.ts'
import type { Shelf } from './files.ts'
import type { Manifest } from './manifest.ts'
import type { Notices } from './notices.ts'
import type { RateLimits } from './rate-limits.ts'
import type { ResponseUrls } from './response-urls.ts'
import type { State } from './state.ts'
import type { Deliver } from './transport/delivery.ts'
import type { Sockets } from './transport/sockets.ts'
import type { Triggers } from './triggers.ts'
import type { Uploads } from './uploads.ts'
import type { Views } from './views.ts'
import type { Workspace } from './workspace.ts'

/** The parts of a running workspace, as they know each other. */
export interface Site {
  readonly clock: Clock
  readonly url: string
  readonly workspace: Workspace
  readonly elsewhere: () => readonly { readonly name: string; readonly url: string }[]
  readonly manifest: Manifest
  readonly state: State
  readonly views: Views
  readonly uploads: Uploads
  readonly shelf: Shelf
  readonly notices: Notices
  readonly triggers: Triggers
  readonly responseUrls: ResponseUrls
  readonly faults: FaultBoard
  readonly rates: RateLimits
  readonly sockets: Sockets
  readonly deliver: Deliver
}
