import { type Logger, pino } from 'pino'
import { withoutSecrets } from '../domain/secret-in.ts'

/** Structured lines on stdout. What looks like a secret is blotted out, wherever in the line it stands. */
export function logger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        '*.authorization',
        '*.token',
        '*.secret',
        '*.password',
        'token',
        'secret',
        'password',
        'authorization',
      ],
      censor: '[redacted]',
    },
    serializers: { error: pino.stdSerializers.err },
    hooks: { streamWrite: withoutSecrets },
  })
}
