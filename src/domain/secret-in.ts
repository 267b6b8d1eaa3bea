const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, 'an AWS access key id'],
  [/\bxox[abeoprs]-[A-Za-z0-9-]{8,}/, 'a Slack token'],
  [/\bxapp-[A-Za-z0-9-]{8,}/, 'a Slack app token'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}/, 'a GitHub token'],
  [/\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,}/, 'a signed token (JWT)'],
]

/** What kind of secret the text shows, if any: such a text is neither stored nor repeated. */
export const secretIn = (text: string): string | undefined =>
  SECRETS.find(([pattern]) => pattern.test(text))?.[1]

/** The text with every secret blotted out, for what comes from outside and must be shown all the same. */
export const withoutSecrets = (text: string): string =>
  SECRETS.reduce(
    (rest, [pattern, kind]) => rest.replaceAll(new RegExp(pattern, 'g'), `[${kind} removed]`),
    text,
  )
