import type { AwsRefusal } from '../refusal.ts'

export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What was asked for, still unchecked; `unreadable` says why there is no input. */
export interface Asked {
  readonly operation: string
  readonly input: unknown
  readonly unreadable?: string
}

/** How one family of AWS services writes on the wire. */
export interface Protocol {
  read(request: WireRequest): Asked
  answer(operation: string, output: object, requestId: string): WireAnswer
  refuse(refusal: AwsRefusal, requestId: string): WireAnswer
  /** The codes that this family uses for what every service refuses. */
  readonly codes: {
    readonly missingToken: string
    readonly badSignature: string
    readonly expiredToken: string
    readonly unknownToken: string
    readonly unknownOperation: string
    /** The status of the first four. */
    readonly deniedStatus: number
  }
}
