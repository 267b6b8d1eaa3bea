import type { RouteName } from '../faults.ts'
import type { Site } from '../site.ts'
import type { Pace } from '../throttle.ts'
import type { Answer } from './answer.ts'

/** A call that was let in. */
export interface Request {
  readonly site: Site
  /** The parts of the path that the route names with a colon. */
  readonly parts: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The JSON that came with it, and its length. */
  readonly body: unknown
  readonly bytes: number
}

export interface Endpoint {
  readonly name: RouteName
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly pace?: Pace
  run(request: Request): Answer
}
