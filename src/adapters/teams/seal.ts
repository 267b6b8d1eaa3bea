import { createHmac, timingSafeEqual } from 'node:crypto'

/** Marks what our forms remember, so that what comes back from a client is what we gave it. */
export interface Seal {
  of(memory: string): string
  fits(memory: string, seal: string): boolean
}

/** With the same secret, every process of ours makes the same seal. */
export function sealing(secret: string): Seal {
  const bytes = (memory: string) => createHmac('sha256', secret).update(`lifeboat form\n${memory}`).digest()
  return {
    of: (memory) => bytes(memory).toString('base64url'),
    fits: (memory, seal) => {
      const [ours, theirs] = [bytes(memory), Buffer.from(seal, 'base64url')]
      return ours.length === theirs.length && timingSafeEqual(ours, theirs)
    },
  }
}
