import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'

type Key = Awaited<ReturnType<typeof importJWK>>

export const ALGORITHM = 'RS256'
/** The key that Teams signs with, and one that the same cloud signs other channels with. */
export const KEY_IDS = { own: 'practice-teams', unendorsed: 'practice-web-chat' } as const

export interface Keys {
  readonly own: Key
  readonly unendorsed: Key
  /** In nobody's metadata. */
  readonly foreign: Key
  /** The own one with its private half, for the next start. */
  readonly kept: JWK & { kty: 'RSA'; n: string; e: string }
  /** What the bot reads. */
  readonly published: { readonly keys: readonly object[] }
}

// Making keys takes long, and these two may be the same for every Teams of a process.
let spare: Promise<[Keys['kept'], Keys['kept']]> | undefined

export async function createKeys(kept: Keys['kept'] | undefined): Promise<Keys> {
  spare ??= Promise.all([newKey(), newKey()])
  const [own, [unendorsed, foreign]] = await Promise.all([kept ?? newKey(), spare])
  return {
    own: await importJWK(own, ALGORITHM),
    unendorsed: await importJWK(unendorsed, ALGORITHM),
    foreign: await importJWK(foreign, ALGORITHM),
    kept: own,
    published: {
      keys: [
        { ...publicHalf(own), kid: KEY_IDS.own, endorsements: ['msteams'] },
        { ...publicHalf(unendorsed), kid: KEY_IDS.unendorsed, endorsements: ['webchat'] },
      ],
    },
  }
}

async function newKey(): Promise<Keys['kept']> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const { n = '', e = '', ...rest } = await exportJWK(privateKey)
  return { ...rest, kty: 'RSA', n, e }
}

const publicHalf = ({ kty, n, e }: Keys['kept']) => ({ kty, n, e, use: 'sig', alg: ALGORITHM })
