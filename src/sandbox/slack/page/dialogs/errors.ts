import { createContext } from 'react'

/** What a modal was refused for, by block id. */
export const ErrorsContext = createContext<Readonly<Record<string, string>>>({})
