import type { Estate } from './estate.ts'
import type { Protocol, WireRequest } from './protocols/protocol.ts'
import { type AwsRefusal, refuse } from './refusal.ts'
import type { World } from './world.ts'

export interface Caller {
  readonly accessKey: string
  readonly account: string
  readonly arn: string
  readonly userId: string
  /** Assumed a role already; one more on top is chaining. */
  readonly isRole: boolean
}

/** What the Authorization header claims. The signature itself is not recomputed: nobody here holds the secret key. */
export interface Signed {
  readonly accessKey: string
  readonly region: string
  readonly service: string
}

export function readAuthorization(header: string | undefined): Signed | undefined {
  const scope = /Credential=([^/,]+)\/\d{8}\/([^/,]+)\/([^/,]+)\/aws4_request/.exec(header ?? '')
  const [, accessKey, region, service] = scope ?? []
  return accessKey && region && service ? { accessKey, region, service } : undefined
}

/** AWS takes a signature for five minutes, in both directions. */
const SIGNATURE_LIFE_MINUTES = 5

/** Who calls, or why nobody is let in. The order is AWS's own: the signature's age first, then the keys. */
export function callerOf(
  request: WireRequest,
  signed: Signed | undefined,
  { codes }: Protocol,
  { world, estate, now }: { world: World; estate: Estate; now: Date },
): Caller | AwsRefusal {
  const status = codes.deniedStatus
  if (!signed) return refuse(codes.missingToken, 'Missing Authentication Token', { status })
  const stale = signatureProblem(request.headers['x-amz-date'] ?? '', now)
  if (stale) return refuse(codes.badSignature, stale, { status })

  const { accessKey } = signed
  if (!accessKey.startsWith('ASIA')) return homeUser(accessKey, estate)

  const session = world.sessions.find((held) => held.accessKey === accessKey)
  if (!session || session.token !== request.headers['x-amz-security-token'])
    return refuse(codes.unknownToken, 'The security token included in the request is invalid.', { status })
  if (Date.parse(session.expiresAt) <= now.getTime())
    return refuse(codes.expiredToken, 'The security token included in the request is expired', { status })
  const { account, arn, roleId } = session
  return { accessKey, account, arn, userId: roleId, isRole: true }
}

const homeUser = (accessKey: string, { homeAccount }: Estate): Caller => ({
  accessKey,
  account: homeAccount,
  arn: `arn:aws:iam::${homeAccount}:user/lifeboat-practice`,
  userId: 'AIDASAMPLELIFEBOAT000',
  isRole: false,
})

function signatureProblem(signedAt: string, now: Date): string | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signedAt) ?? []
  if (second === undefined) return 'The X-Amz-Date header is missing or is not written as YYYYMMDDTHHMMSSZ.'
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  const life = SIGNATURE_LIFE_MINUTES * 60_000
  const earliest = now.getTime() - life
  const latest = now.getTime() + life
  const window = `(${basic(now.getTime())} ${at < earliest ? '-' : '+'} ${SIGNATURE_LIFE_MINUTES} min.)`
  if (at < earliest) return `Signature expired: ${signedAt} is now earlier than ${basic(earliest)} ${window}`
  if (at > latest)
    return `Signature not yet current: ${signedAt} is still later than ${basic(latest)} ${window}`
  return undefined
}

/** A moment as signatures write it: 20260108T120000Z. */
const basic = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '')
