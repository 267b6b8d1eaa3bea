import { createContext, useContext } from 'react'
import type { PageChannel, PagePerson, PageState } from '../../page-api.ts'
import type { Place } from './place.ts'

/** Who reads, and what they know: what names and times need, wherever they stand. */
export interface Reader {
  state: PageState
  me: PagePerson
  go(place: Place): void
  /** Shows a banner where the reader writes. */
  report(trouble: string): void
}

export const ReaderContext = createContext<Reader | undefined>(undefined)

export function useReader(): Reader {
  const reader = useContext(ReaderContext)
  if (reader === undefined) throw new Error('This part of the page stands outside <ReaderContext>.')
  return reader
}

export function personWith(state: PageState, id: string): PagePerson | undefined {
  return state.people.find((person) => person.id === id)
}

/** "#payments", or the other person's name in a direct message. */
export function titleOf(state: PageState, channel: PageChannel): string {
  if (channel.kind === 'channel') return channel.name
  const other = channel.members.find((member) => member !== state.me.id) ?? state.me.id
  return personWith(state, other)?.realName ?? channel.name
}
