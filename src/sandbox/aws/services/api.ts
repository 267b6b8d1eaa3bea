import type { Operation } from '../operation.ts'
import type { Protocol } from '../protocols/protocol.ts'

/** One AWS service: how it is spoken to, and what it can do. */
export interface AwsApi {
  /** As it stands in the credential scope of a signature. */
  readonly name: string
  readonly protocol: Protocol
  readonly operations: Readonly<Record<string, Operation>>
  readonly codes: {
    readonly invalidInput: string
    readonly throttled: string
    readonly throttledStatus: number
  }
}
