import type { Mutant } from './mutant.ts'

const SLACK = ['test/adapters/slack/platform.test.ts']
const API = ['test/scenarios/api.test.ts']
const CALLS = ['test/adapters/http/api.test.ts']

/** What comes in from Slack and over HTTP. */
export const IN_THE_DOORS: readonly Mutant[] = [
  {
    name: 'what Slack has not signed is done',
    file: 'src/adapters/slack/guard.ts',
    from: 'return isValidSlackRequest({ signingSecret, body, headers, nowMilliseconds: now })',
    to: "return isValidSlackRequest({ signingSecret, body, headers, nowMilliseconds: now }) || signature !== ''",
    caughtBy: SLACK,
  },
  {
    name: 'what Slack signed an hour ago is done',
    file: 'src/adapters/slack/guard.ts',
    from: 'const WINDOW_SECONDS = 300',
    to: 'const WINDOW_SECONDS = 3_600',
    caughtBy: SLACK,
  },
  {
    name: 'the same signed request is done twice',
    file: 'src/adapters/slack/guard.ts',
    from: '2 * WINDOW_SECONDS))) {',
    to: "2 * WINDOW_SECONDS)) && signature === '') {",
    caughtBy: SLACK,
  },
  {
    name: 'a request that is repeated with its key is done again',
    file: 'src/adapters/http/api.ts',
    from: 'send(response, key ? await onlyOnce(key, route, call, parts) : await route.run(call), route.type)',
    to: "send(response, key === '' ? await onlyOnce(key, route, call, parts) : await route.run(call), route.type)",
    caughtBy: CALLS,
  },
  {
    name: 'another request under a used key gets the answer of the first',
    file: 'src/adapters/http/api.ts',
    from: 'if (claimed.requestHash !== hash) {',
    to: "if (claimed.requestHash === '') {",
    caughtBy: CALLS,
  },
  {
    name: 'a token that nobody knows is let in',
    file: 'src/adapters/http/auth.ts',
    from: "timingSafeEqual(Buffer.from(entry.sha256, 'hex'), hash))",
    to: "timingSafeEqual(Buffer.from(entry.sha256, 'hex'), hash) || hash.length === 32)",
    caughtBy: API,
  },
  {
    name: 'the API forgets which attempt was meant',
    file: 'src/adapters/http/routes.ts',
    from: "const seen = attempt === undefined ? undefined : { attempt, ...optional('status', status) }",
    to: 'const seen = attempt === 0 ? { attempt } : undefined',
    caughtBy: CALLS,
  },
  {
    name: 'all clicks are worked on at once: a flurry of them holds up its own acknowledgements',
    file: 'src/adapters/slack/receiver.ts',
    from: 'const CLICKS_AT_ONCE = 4',
    to: 'const CLICKS_AT_ONCE = 400',
    caughtBy: ['test/adapters/slack/flurry.test.ts'],
  },
  {
    name: 'Slack is asked who we are before anything is acknowledged',
    file: 'src/adapters/slack/receiver.ts',
    from: 'authorize: async () => ({ botToken }),',
    to: 'token: botToken,\n    tokenVerificationEnabled: false,',
    caughtBy: ['test/adapters/slack/flurry.test.ts'],
  },
  {
    name: 'a click that breaks takes its place with it',
    file: 'src/adapters/slack/turns.ts',
    from: '    } finally {\n',
    to: '    } catch (error) {\n      free--\n      throw error\n    } finally {\n',
    caughtBy: ['test/adapters/slack/flurry.test.ts'],
  },
  {
    name: 'what goes out to Slack is sent in the order in which it came',
    file: 'src/adapters/outbox/outbox.ts',
    from: '    line.waiting.sort((one, other) => rank(one) - rank(other))\n',
    to: '',
    caughtBy: ['test/adapters/outbox/outbox.test.ts'],
  },
  {
    name: 'after a 429 Slack is asked again at once',
    file: 'src/adapters/outbox/outbox.ts',
    from: 'if (error instanceof QuotaFailure) shut(line, error.retryAfterSeconds ?? 1)',
    to: '',
    caughtBy: ['test/adapters/outbox/outbox.test.ts'],
  },
  {
    name: 'a message is painted twice at the same time',
    file: 'src/adapters/outbox/outbox.ts',
    from: 'message === undefined || !painted.has(message)',
    to: "message === undefined || !painted.has('another')",
    caughtBy: ['test/adapters/outbox/outbox.test.ts'],
  },
]
