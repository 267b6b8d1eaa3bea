import { hash } from 'node:crypto'
import { canonical } from './json.ts'

/** SHA-256 of the value's canonical JSON, in hex: equal values have equal digests, whatever the order of their keys. */
export const digest = (value: unknown): string => hash('sha256', canonical(value))
