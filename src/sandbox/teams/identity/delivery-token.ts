import { SignJWT } from 'jose'
import type { DeliveryFault } from '../faults.ts'
import { ALGORITHM, KEY_IDS, type Keys } from './keys.ts'

export const ISSUER = 'https://api.botframework.com'
const LIFE_SECONDS = 3600
/** Longer than the five minutes by which bots let clocks differ. */
const EXPIRED_SINCE_SECONDS = 600

interface Addressed {
  readonly appId: string
  readonly serviceUrl: string
  readonly now: Date
}

/** What a delivery to the bot bears, rightly or as the fault says; undefined when it bears nothing. */
export async function deliveryToken(
  keys: Keys,
  { appId, serviceUrl, now }: Addressed,
  fault?: DeliveryFault['kind'],
): Promise<string | undefined> {
  if (fault === 'unsigned') return undefined
  const begun = Math.floor(now.getTime() / 1000)
  const issued = fault === 'expired' ? begun - EXPIRED_SINCE_SECONDS - LIFE_SECONDS : begun
  return new SignJWT({ serviceurl: serviceUrl })
    .setProtectedHeader({
      alg: ALGORITHM,
      typ: 'JWT',
      kid: fault === 'unendorsed' ? KEY_IDS.unendorsed : KEY_IDS.own,
    })
    .setIssuer(fault === 'other-issuer' ? 'https://issuer.example.com' : ISSUER)
    .setAudience(fault === 'other-audience' ? 'another-bot' : appId)
    .setNotBefore(issued)
    .setExpirationTime(issued + LIFE_SECONDS)
    .sign(keyFor(keys, fault))
}

function keyFor(keys: Keys, fault?: DeliveryFault['kind']) {
  if (fault === 'forged') return keys.foreign
  return fault === 'unendorsed' ? keys.unendorsed : keys.own
}
