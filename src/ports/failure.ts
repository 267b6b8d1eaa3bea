/** The world failed, and certainly did nothing: later it may work. */
export class TransientFailure extends Error {
  override readonly name = 'TransientFailure'
  readonly retryAfterSeconds: number | undefined
  constructor(message: string, retryAfterSeconds?: number, options?: ErrorOptions) {
    super(message, options)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The world said no, and will say no again. */
export class FinalFailure extends Error {
  override readonly name = 'FinalFailure'
}

/** Nobody knows whether it was done: look before doing it again. */
export class AmbiguousFailure extends Error {
  override readonly name = 'AmbiguousFailure'
}
