import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { begunSchema } from './identity.ts'

/** A sign-in under way, kept in the browser that began it: any replica can finish it, and no other browser. */
const signInSchema = z.object({ ticket: z.string(), begun: begunSchema })
export type SignInUnderWay = z.infer<typeof signInSchema>

/** Longer than any ticket is good. It stays after the decision, so that a page that is loaded again is not taken for a stranger's. */
const KEPT_SECONDS = 600

/** Cookies that only who knows the secret can make. */
export function signInCookies(secret: string, isSecure: boolean) {
  const key = createHmac('sha256', secret).update('lifeboat sign-in cookie').digest()
  const attributes = `Path=/decide; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
  const signature = (text: string) => createHmac('sha256', key).update(text).digest()

  return {
    /** One for each sign-in: two tabs do not disturb each other. */
    write(underWay: SignInUnderWay): string {
      const text = Buffer.from(JSON.stringify(underWay)).toString('base64url')
      const value = `${text}.${signature(text).toString('base64url')}`
      return `${nameOf(underWay.begun.state)}=${value}; Max-Age=${KEPT_SECONDS}; ${attributes}`
    },
    /** The sign-in of that state, from the Cookie header; undefined where this browser began none, or the cookie is not ours. */
    read(header: string | undefined, state: string): SignInUnderWay | undefined {
      const start = `${nameOf(state)}=`
      const value = (header ?? '').split(/; */).find((one) => one.startsWith(start))
      const [text = '', signed = ''] = value?.slice(start.length).split('.') ?? []
      const [found, expected] = [Buffer.from(signed, 'base64url'), signature(text)]
      if (found.length !== expected.length || !timingSafeEqual(found, expected)) return undefined
      const underWay = signInSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
      return underWay.begun.state === state ? underWay : undefined
    },
  }
}

const nameOf = (state: string): string =>
  `lifeboat-sign-in-${createHash('sha256').update(state).digest('hex').slice(0, 16)}`
