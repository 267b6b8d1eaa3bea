import { z } from 'zod'
import { say, type Words } from '../../conversation/words/index.ts'
import { withoutSecrets } from '../../domain/secret-in.ts'
import { AmbiguousFailure, FinalFailure, QuotaFailure, TransientFailure } from '../../ports/failure.ts'

export interface AwsCall {
  readonly service: string
  readonly operation: string
  /** What it was about, for people: 'the zone Z0SAMPLE'. */
  readonly about?: string
  /** It only looks: whatever becomes of it, nothing was started. */
  readonly reads?: boolean
}

export type AwsFailure = TransientFailure | FinalFailure | AmbiguousFailure

type Advice = keyof Words['outcome']['aws']['advice']

/** What an error code of AWS, or of the connection to it, says about the call. A code that is not here is ambiguous. */
const CODES: {
  readonly [code: string]: readonly ['transient' | 'quota' | 'final' | 'ambiguous', advice: Advice]
} = {
  Throttling: ['transient', 'busy'],
  ThrottlingException: ['transient', 'busy'],
  ThrottledException: ['transient', 'busy'],
  TooManyRequestsException: ['transient', 'busy'],
  RequestLimitExceeded: ['transient', 'busy'],
  PriorRequestNotComplete: ['transient', 'busy'],
  InvalidGlobalClusterStateFault: ['transient', 'busy'],
  InvalidDBClusterStateFault: ['transient', 'busy'],
  AutomationExecutionLimitExceededException: ['quota', 'quota'],
  ServiceQuotaExceededException: ['quota', 'quota'],
  InvalidSignatureException: ['transient', 'stale'],
  SignatureDoesNotMatch: ['transient', 'stale'],
  RequestExpired: ['transient', 'stale'],
  RequestTimeTooSkewed: ['transient', 'stale'],
  ExpiredToken: ['transient', 'stale'],
  ExpiredTokenException: ['transient', 'stale'],
  CredentialsProviderError: ['transient', 'noKeys'],
  ENOTFOUND: ['transient', 'unreached'],
  EAI_AGAIN: ['transient', 'unreached'],
  ECONNREFUSED: ['transient', 'unreached'],
  ENETUNREACH: ['transient', 'unreached'],
  EHOSTUNREACH: ['transient', 'unreached'],
  CERT_HAS_EXPIRED: ['transient', 'unreached'],
  SELF_SIGNED_CERT_IN_CHAIN: ['transient', 'unreached'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['transient', 'unreached'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['transient', 'unreached'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['transient', 'unreached'],
  AccessDenied: ['final', 'denied'],
  AccessDeniedException: ['final', 'denied'],
  UnauthorizedOperation: ['final', 'denied'],
  UnrecognizedClientException: ['final', 'denied'],
  InvalidClientTokenId: ['final', 'denied'],
  MissingAuthenticationToken: ['final', 'denied'],
  MissingAuthenticationTokenException: ['final', 'denied'],
  UninitializedAccountException: ['final', 'noDrs'],
  ResourceNotFoundException: ['final', 'unknown'],
  GlobalClusterNotFoundFault: ['final', 'unknown'],
  DBClusterNotFoundFault: ['final', 'unknown'],
  NoSuchHostedZone: ['final', 'unknown'],
  NoSuchChange: ['final', 'unknown'],
  AutomationDefinitionNotFoundException: ['final', 'unknown'],
  AutomationDefinitionVersionNotFoundException: ['final', 'unknown'],
  AutomationExecutionNotFoundException: ['final', 'unknown'],
  InvalidInstanceId: ['final', 'unmanaged'],
  InvalidCommandId: ['final', 'unknown'],
  InvalidDocument: ['final', 'unknown'],
  InvalidDocumentVersion: ['final', 'unknown'],
  InvalidParameters: ['final', 'invalid'],
  DuplicateInstanceId: ['final', 'invalid'],
  UnsupportedPlatformType: ['final', 'invalid'],
  ValidationException: ['final', 'invalid'],
  ValidationError: ['final', 'invalid'],
  InvalidInput: ['final', 'invalid'],
  InvalidChangeBatch: ['final', 'invalid'],
  InvalidParameterException: ['final', 'invalid'],
  InvalidParameterValue: ['final', 'invalid'],
  InvalidParameterCombination: ['final', 'invalid'],
  InvalidAutomationExecutionParametersException: ['final', 'invalid'],
  IdempotentParameterMismatch: ['final', 'otherParameters'],
  // May be our own earlier start: found out by looking.
  ConflictException: ['ambiguous', 'conflict'],
}

const MESSAGE_LENGTH = 300
const LONGEST_WAIT_SECONDS = 3_600

const seen = z.object({
  name: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  message: z.string().catch(''),
  retryAfterSeconds: z.coerce.number().optional().catch(undefined),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional().catch(undefined),
  $response: z
    .object({ headers: z.record(z.string(), z.string()) })
    .optional()
    .catch(undefined),
})

/** The error code: AWS's, or that of the connection. */
export function codeOf(error: unknown): string {
  const parsed = seen.safeParse(error)
  if (!parsed.success) return 'unknown'
  const { name, code } = parsed.data
  return (name in CODES || !code ? name : code) || 'unknown'
}

/** What an error that came out of an SDK client means. Failures of ours pass as they are. */
export function failureOf(error: unknown, call: AwsCall): AwsFailure {
  if (error instanceof TransientFailure || error instanceof FinalFailure || error instanceof AmbiguousFailure)
    return error
  const { data } = seen.safeParse(error)
  const code = codeOf(error)
  const [listed, advice] = (Object.hasOwn(CODES, code) && CODES[code]) || (['ambiguous', 'look'] as const)
  // A server that broke may have done its work before; only "come back later" is believed of it.
  const broken = (data?.$metadata?.httpStatusCode ?? 0) >= 500 && listed === 'final'
  const kind = broken ? 'ambiguous' : listed
  const { on, advice: advices } = say().outcome.aws
  const about = call.about ? on(call.about) : ''
  const said = plain(data?.message ?? '')
  const next = kind !== 'ambiguous' || !call.reads ? (broken ? 'look' : advice) : 'again'
  const message =
    `${call.service} ${call.operation}${about}: ${[plain(code), said].filter(Boolean).join(' – ')}. ${advices[next]}`.replaceAll(
      /\.\.( |$)/g,
      '.$1',
    )
  if (kind === 'final') return new FinalFailure(message)
  if (kind === 'quota') return new QuotaFailure(message, waitOf(data))
  if (kind === 'transient' || call.reads) return new TransientFailure(message, waitOf(data))
  return new AmbiguousFailure(message)
}

/** Awaits the call and tells its errors apart. */
export async function asking<Reply>(call: AwsCall, send: () => Promise<Reply>): Promise<Reply> {
  try {
    return await send()
  } catch (error) {
    throw failureOf(error, call)
  }
}

function waitOf(error: z.output<typeof seen> | undefined): number | undefined {
  const seconds = error?.retryAfterSeconds ?? Number(error?.$response?.headers['retry-after'] ?? Number.NaN)
  return seconds >= 0 ? Math.min(seconds, LONGEST_WAIT_SECONDS) : undefined
}

/** One line without markup, colours, control characters and secrets, for what somebody else wrote. */
export function plain(text: string): string {
  const bare = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is taken out.
    .replaceAll(/\u001b\[[0-9;]*[A-Za-z]/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\p{C}+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const safe = withoutSecrets(bare)
  return safe.length > MESSAGE_LENGTH ? `${safe.slice(0, MESSAGE_LENGTH)}…` : safe
}
