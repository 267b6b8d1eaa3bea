import { createHash, randomBytes } from 'node:crypto'
import type { Kept, StepUp, TicketStore } from '../../../ports/step-up.ts'
import type { Identity } from './identity.ts'

/** Far more than can be guessed. */
const ID_BYTES = 24
const ID = /^[\w-]{32}$/

/** Makes the links. The id is in the link alone: the store is given its digest. */
export const stepUpLinks = (
  publicUrl: string,
  store: Pick<TicketStore, 'keep'>,
  { answers }: Pick<Identity, 'answers'>,
): StepUp => ({
  answers,
  async offer(ticket) {
    const id = randomBytes(ID_BYTES).toString('base64url')
    await store.keep(keyOf(id), ticket)
    return `${publicUrl}${pathTo(id)}`
  },
})

/** The ticket of that id; what has not even the shape of one asks nobody. */
export const findTicket = async (store: Pick<TicketStore, 'find'>, id: string): Promise<Kept | undefined> =>
  ID.test(id) ? store.find(keyOf(id)) : undefined

export const keyOf = (id: string): string => createHash('sha256').update(id).digest('hex')

export const pathTo = (id: string): string => `/decide/${id}`
