/** What AWS answers instead of an output: the error code that the client turns into its typed exception. */
export interface AwsRefusal {
  readonly refused: true
  readonly code: string
  readonly message: string
  readonly status: number
  /** Further members of the error's shape, such as `quotaCode`. */
  readonly fields?: Readonly<Record<string, string>>
  /** Sent as the Retry-After header. */
  readonly retryAfterSeconds?: number | undefined
}

export const refuse = (
  code: string,
  message: string,
  extra: { status?: number; fields?: Record<string, string>; retryAfterSeconds?: number | undefined } = {},
): AwsRefusal => ({ refused: true, code, message, status: 400, ...extra })

export const isRefusal = (answer: object): answer is AwsRefusal =>
  'refused' in answer && answer.refused === true
