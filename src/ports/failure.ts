/** The world failed, and certainly did nothing: later it may work. */
export class TransientFailure extends Error {
  override readonly name: string = 'TransientFailure'
  readonly retryAfterSeconds: number | undefined
  constructor(message: string, retryAfterSeconds?: number, options?: ErrorOptions) {
    super(message, options)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** There is no room for it now, because others use all there is: it waits for as long as it must, which is no fault of its own. */
export class QuotaFailure extends TransientFailure {
  override readonly name = 'QuotaFailure'
}

/** The world said no, and will say no again. */
export class FinalFailure extends Error {
  override readonly name: string = 'FinalFailure'
}

/** The world said no, because what it was asked to change or to answer stands no more. */
export class GoneFailure extends FinalFailure {
  override readonly name = 'GoneFailure'
}

/** Nothing is taken in this place, or in none, until people change something: whatever is said there fails alike. */
export class UnreachableFailure extends FinalFailure {
  override readonly name = 'UnreachableFailure'
  readonly where: 'here' | 'everywhere'
  constructor(message: string, where: 'here' | 'everywhere', options?: ErrorOptions) {
    super(message, options)
    this.where = where
  }
}

/** Nobody knows whether it was done: look before doing it again. */
export class AmbiguousFailure extends Error {
  override readonly name = 'AmbiguousFailure'
}
