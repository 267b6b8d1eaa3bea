import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** How a provider, or somebody between it and us, may be wrong. */
export const FAULTS = [
  'forged',
  'expired',
  'stale',
  'other-nonce',
  'other-audience',
  'unverified',
  'no-address',
  'small-token',
  'away',
] as const
export type Fault = (typeof FAULTS)[number]

export interface SignedInPerson {
  readonly subject: string
  readonly email: string
  /** In seconds, as everything in a token. */
  readonly at: number
  readonly nonce: string
}

const KEY = { alg: 'RS256', kid: 'practice' } as const
const LIFE_SECONDS = 120
const AN_HOUR = 3600

/** Signs id tokens, well or as the fault says. */
export async function tokenMaker(audience: string) {
  const [own, foreign] = await Promise.all([generateKeyPair(KEY.alg), generateKeyPair(KEY.alg)])
  const jwk = { ...(await exportJWK(own.publicKey)), ...KEY, use: 'sig' }
  return {
    keys: { keys: [jwk] },
    sign(issuer: string, person: SignedInPerson, now: Date, fault?: Fault): Promise<string> {
      const issued = Math.floor(now.getTime() / 1000) - (fault === 'expired' ? AN_HOUR : 0)
      const claims: JWTPayload = {
        nonce: fault === 'other-nonce' ? 'another' : person.nonce,
        auth_time: person.at - (fault === 'stale' ? AN_HOUR : 0),
        ...(fault === 'small-token' ? {} : addressOf(person, fault)),
      }
      return new SignJWT(claims)
        .setProtectedHeader(KEY)
        .setIssuer(issuer)
        .setAudience(fault === 'other-audience' ? 'another-client' : audience)
        .setSubject(person.subject)
        .setIssuedAt(issued)
        .setExpirationTime(issued + LIFE_SECONDS)
        .sign(fault === 'forged' ? foreign.privateKey : own.privateKey)
    },
  }
}

/** What is told of somebody's address, in the token or at the userinfo endpoint. */
export const addressOf = ({ email }: SignedInPerson, fault?: Fault): JWTPayload =>
  fault === 'no-address' ? {} : { email, email_verified: fault !== 'unverified' }
