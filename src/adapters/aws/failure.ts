import { z } from 'zod'
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

const DENIED = "Give Lifeboat's role this permission, then retry."
const UNKNOWN = 'Check the name, the Region and the account, then retry.'
const UNMANAGED =
  'Systems Manager does not manage it: check that it runs, its agent, its role and the Region, then retry.'
const INVALID = 'Correct the inputs of the task in the plan.'
const BUSY = 'It is busy; another try follows.'
const QUOTA = 'It waits until other work has ended, or the quota is raised.'
const STALE = 'Check the clock and the keys of this machine; another try follows.'
const UNREACHED = 'Nothing was sent. Check the network and the Region; another try follows.'
const LOOK = 'It may have been done all the same; it is looked for before it is done again.'

/** What an error code of AWS, or of the connection to it, says about the call. A code that is not here is ambiguous. */
const CODES: {
  readonly [code: string]: readonly ['transient' | 'quota' | 'final' | 'ambiguous', advice: string]
} = {
  Throttling: ['transient', BUSY],
  ThrottlingException: ['transient', BUSY],
  ThrottledException: ['transient', BUSY],
  TooManyRequestsException: ['transient', BUSY],
  RequestLimitExceeded: ['transient', BUSY],
  PriorRequestNotComplete: ['transient', BUSY],
  InvalidGlobalClusterStateFault: ['transient', BUSY],
  InvalidDBClusterStateFault: ['transient', BUSY],
  AutomationExecutionLimitExceededException: ['quota', QUOTA],
  ServiceQuotaExceededException: ['quota', QUOTA],
  InvalidSignatureException: ['transient', STALE],
  SignatureDoesNotMatch: ['transient', STALE],
  RequestExpired: ['transient', STALE],
  RequestTimeTooSkewed: ['transient', STALE],
  ExpiredToken: ['transient', STALE],
  ExpiredTokenException: ['transient', STALE],
  CredentialsProviderError: ['transient', 'No AWS keys were found. Give the process a role or keys.'],
  ENOTFOUND: ['transient', UNREACHED],
  EAI_AGAIN: ['transient', UNREACHED],
  ECONNREFUSED: ['transient', UNREACHED],
  ENETUNREACH: ['transient', UNREACHED],
  EHOSTUNREACH: ['transient', UNREACHED],
  CERT_HAS_EXPIRED: ['transient', UNREACHED],
  SELF_SIGNED_CERT_IN_CHAIN: ['transient', UNREACHED],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['transient', UNREACHED],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['transient', UNREACHED],
  ERR_TLS_CERT_ALTNAME_INVALID: ['transient', UNREACHED],
  AccessDenied: ['final', DENIED],
  AccessDeniedException: ['final', DENIED],
  UnauthorizedOperation: ['final', DENIED],
  UnrecognizedClientException: ['final', DENIED],
  InvalidClientTokenId: ['final', DENIED],
  MissingAuthenticationToken: ['final', DENIED],
  MissingAuthenticationTokenException: ['final', DENIED],
  UninitializedAccountException: ['final', 'Set up Elastic Disaster Recovery in this Region first.'],
  ResourceNotFoundException: ['final', UNKNOWN],
  GlobalClusterNotFoundFault: ['final', UNKNOWN],
  DBClusterNotFoundFault: ['final', UNKNOWN],
  NoSuchHostedZone: ['final', UNKNOWN],
  NoSuchChange: ['final', UNKNOWN],
  AutomationDefinitionNotFoundException: ['final', UNKNOWN],
  AutomationDefinitionVersionNotFoundException: ['final', UNKNOWN],
  AutomationExecutionNotFoundException: ['final', UNKNOWN],
  InvalidInstanceId: ['final', UNMANAGED],
  InvalidCommandId: ['final', UNKNOWN],
  InvalidDocument: ['final', UNKNOWN],
  InvalidDocumentVersion: ['final', UNKNOWN],
  InvalidParameters: ['final', INVALID],
  DuplicateInstanceId: ['final', INVALID],
  UnsupportedPlatformType: ['final', INVALID],
  ValidationException: ['final', INVALID],
  ValidationError: ['final', INVALID],
  InvalidInput: ['final', INVALID],
  InvalidChangeBatch: ['final', INVALID],
  InvalidParameterException: ['final', INVALID],
  InvalidParameterValue: ['final', INVALID],
  InvalidParameterCombination: ['final', INVALID],
  InvalidAutomationExecutionParametersException: ['final', INVALID],
  IdempotentParameterMismatch: ['final', 'This attempt was started with other parameters. Retry the task.'],
  // May be our own earlier start: found out by looking.
  ConflictException: ['ambiguous', 'Another job may hold it; what is running is looked for first.'],
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
  const [listed, advice] = (Object.hasOwn(CODES, code) && CODES[code]) || (['ambiguous', LOOK] as const)
  // A server that broke may have done its work before; only "come back later" is believed of it.
  const broken = (data?.$metadata?.httpStatusCode ?? 0) >= 500 && listed === 'final'
  const kind = broken ? 'ambiguous' : listed
  const about = call.about ? ` for ${call.about}` : ''
  const said = plain(data?.message ?? '')
  const next = kind !== 'ambiguous' || !call.reads ? (broken ? LOOK : advice) : 'Another try follows.'
  const message =
    `${call.service} ${call.operation}${about}: ${[plain(code), said].filter(Boolean).join(' – ')}. ${next}`.replaceAll(
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
