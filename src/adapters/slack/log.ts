import { type Logger, LogLevel } from '@slack/bolt'
import type { Logger as Pino } from 'pino'

export type SlackLog = Pick<Pino, 'info' | 'warn' | 'error'>

/** Bolt's own log, in ours. Its lower levels print whole requests, which have people's words in them: they stay silent. */
export function slackLogger(log: SlackLog): Logger {
  return {
    debug: () => {},
    info: () => {},
    warn: (...said) => log.warn({ said: words(said) }, 'slack library warned'),
    error: (...said) => log.error({ said: words(said) }, 'slack library failed'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  }
}

const words = (said: unknown[]): string =>
  said.map((one) => (one instanceof Error ? one.message : String(one))).join(' ')
