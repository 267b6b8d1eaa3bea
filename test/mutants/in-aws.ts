import type { Mutant } from './mutant.ts'

const DRS = ['test/adapters/aws/drs.test.ts']
const ADOPTION = ['test/adapters/aws/adoption.test.ts']
const FAILURES = ['test/adapters/aws/failure.test.ts']
const TYPES = ['test/engine/task-types/task-types.test.ts']
const COMMANDS = ['test/engine/task-types/ssm-command.test.ts']

/** How AWS is called, and what its answers are taken for. */
export const IN_AWS: readonly Mutant[] = [
  {
    name: 'the SDK itself repeats what starts something',
    file: 'src/adapters/aws/clients.ts',
    from: 'maxAttempts: 1,',
    to: 'maxAttempts: 3,',
    caughtBy: DRS,
  },
  {
    name: 'a request is signed with the time at which it leaves',
    file: 'src/adapters/aws/clients.ts',
    from: 'signedAt: intendedAt === undefined ? now : () => intendedAt,',
    to: 'signedAt: now,',
    caughtBy: DRS,
  },
  {
    name: 'a request may hang for ever: its time-out only warns',
    file: 'src/adapters/aws/clients.ts',
    from: 'throwOnRequestTimeout: true }',
    to: 'throwOnRequestTimeout: false }',
    caughtBy: ['test/adapters/aws/silence.test.ts'],
  },
  {
    name: 'an error code that nobody knows means that nothing was started',
    file: 'src/adapters/aws/failure.ts',
    from: "(['ambiguous', 'look'] as const)",
    to: "(['transient', 'look'] as const)",
    caughtBy: FAILURES,
  },
  {
    name: 'an unclear answer is told as a passing refusal',
    file: 'src/adapters/aws/failure.ts',
    from: 'return new AmbiguousFailure(message)',
    to: 'return new TransientFailure(message)',
    caughtBy: FAILURES,
  },
  {
    name: 'a server that broke is believed when it refuses',
    file: 'src/adapters/aws/failure.ts',
    from: ">= 500 && listed === 'final'",
    to: ">= 600 && listed === 'final'",
    caughtBy: FAILURES,
  },
  {
    name: 'a conflict is taken for a failed start, though it may be our own job',
    file: 'src/adapters/aws/failure.ts',
    from: "ConflictException: ['ambiguous',",
    to: "ConflictException: ['final',",
    caughtBy: DRS,
  },
  {
    name: 'the wait that AWS asks for is not kept',
    file: 'src/adapters/aws/failure.ts',
    from: 'return new TransientFailure(message, waitOf(data))',
    to: 'return new TransientFailure(message, waitOf(undefined))',
    caughtBy: FAILURES,
  },
  {
    name: 'a secret in an answer of AWS is shown',
    file: 'src/adapters/aws/failure.ts',
    from: 'const safe = withoutSecrets(bare)',
    to: 'const safe = bare',
    caughtBy: FAILURES,
  },
  {
    name: 'a job that another attempt started is adopted',
    file: 'src/adapters/aws/drs.ts',
    from: "          !('lifeboat:execution' in job.tags) &&\n",
    to: '',
    caughtBy: DRS,
  },
  {
    name: 'a job of a drill is adopted by a real failover',
    file: 'src/adapters/aws/drs.ts',
    from: '          job.mode === mode &&\n',
    to: '',
    caughtBy: ADOPTION,
  },
  {
    name: 'a job whose tags were lost is not found',
    file: 'src/adapters/aws/drs.ts',
    from: '      const untagged = since.filter(\n        (job) =>',
    to: '      const untagged = since.filter(\n        (job) => isTaggedBy(origin, job.tags) &&',
    caughtBy: ADOPTION,
  },
  {
    name: 'a part whose tags were lost is not found beside one that kept them',
    file: 'src/adapters/aws/drs.ts',
    from: 'if (part.length > 0) return part',
    to: 'if (tagged.length > 0) return part',
    caughtBy: ADOPTION,
  },
  {
    name: 'of a large launch, a part that runs is taken for the next one',
    file: 'src/adapters/aws/drs.ts',
    from: 'const part = tagged.filter((job) => job.servers.some(',
    to: 'const part = tagged.filter((job) => job.servers.length > 0 || job.servers.some(',
    caughtBy: ['test/adapters/aws/limits.test.ts'],
  },
  {
    name: 'a start beyond a quota fails for good',
    file: 'src/adapters/aws/failure.ts',
    from: "ServiceQuotaExceededException: ['quota', 'quota']",
    to: "ServiceQuotaExceededException: ['final', 'quota']",
    caughtBy: ['test/adapters/aws/limits.test.ts'],
  },
  {
    name: 'half a list of AWS is taken for all of it',
    file: 'src/adapters/aws/drs.ts',
    from: 'return { items: (reply.items ?? []).flatMap(jobOf), next: reply.nextToken }',
    to: 'return { items: (reply.items ?? []).flatMap(jobOf), next: undefined }',
    caughtBy: ADOPTION,
  },
  {
    name: 'a drill is started as the real thing',
    file: 'src/adapters/aws/drs.ts',
    from: "isDrill: mode === 'drill',",
    to: 'isDrill: false,',
    caughtBy: DRS,
  },
  {
    name: 'each try to start an automation has a token of its own (b.1 row 25)',
    file: 'src/adapters/aws/ssm.ts',
    from: 'ClientToken: tokenOf(origin),',
    to: 'ClientToken: crypto.randomUUID(),',
    caughtBy: TYPES,
  },
  {
    name: 'a DNS record is created, not set: a second try is refused',
    file: 'src/adapters/aws/route53.ts',
    from: "Action: 'UPSERT',",
    to: "Action: 'CREATE',",
    caughtBy: TYPES,
  },
  {
    name: 'a command is judged by its own status, not instance by instance',
    file: 'src/engine/task-types/ssm-command.ts',
    from: 'const missing = wanted.filter((instance) => !succeeded.includes(instance))',
    to: "const missing = command.state === 'succeeded' ? [] : wanted.filter((instance) => !succeeded.includes(instance))",
    caughtBy: { worlds: 150 },
  },
  {
    name: 'a retry runs a command again where it has succeeded already',
    file: 'src/engine/task-types/ssm-command.ts',
    from: 'carry: { succeeded: [...succeededBefore(attempt), ...succeeded] },',
    to: '',
    caughtBy: COMMANDS,
  },
  {
    name: 'a command that another attempt sent is adopted',
    file: 'src/adapters/aws/ssm-commands.ts',
    from: 'found.filter(({ Comment }) => Comment === commentOf(order.origin))',
    to: 'found',
    caughtBy: COMMANDS,
  },
  {
    name: 'a command is over although the lists leave out some of its instances',
    file: 'src/adapters/aws/ssm-commands.ts',
    from: 'ended === instances.length && ended >= own.CompletedCount',
    to: 'ended === instances.length',
    caughtBy: COMMANDS,
  },
]
